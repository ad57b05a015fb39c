""" "Insert or …", which both databases spell alike and which is no part of common SQL. It must not know a table."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from db.models import Base

_INSERTS: dict[str, Callable[[Table], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def inserting(dialect: str, table: Table) -> Any:
    """An insert that can be told what to do with a row that is there."""
    return _INSERTS[dialect](table)


def adding(dialect: str, table: Table) -> Any:
    """An insert that adds its `count` to that of the row with the same key."""
    insert = inserting(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={"count": table.c.count + insert.excluded.count},
    )
