"""The pages of facts, sources, contacts and the glossary: lists, one entry as a form, the member's draft of each file.

    list_page.py, rows.py      the list, and what is to be checked again     work.py     what a member has before them
    entry_page.py, attempt.py  one entry, and what came in of it             inputs.py   its fields as a page draws them
    phones.py                  a contact as a phone shows it                 drawn_fields.py   what such a field is
    looking.py, telling.py     what is known beside it, in words             writing.py  into the draft, with the audit
    draft_page.py              the draft, handed in or thrown away

Nothing here writes a file of the content.
"""

from collections.abc import Iterator

from bot.editorial.forms.entry_forms import FORMS, EntryForm
from bot.web.staff.frame import Page
from bot.web.staff.ledgers import draft_page, entry_page, list_page
from db.staff import Role


def _pages(form: EntryForm) -> Iterator[Page]:
    path, get, post = f"/{form.subject}", ("GET",), ("POST",)
    entry, author = f"{path}/{{entry}}", Role.AUTHOR
    menu = f"menu-{form.subject}"
    name = form.subject
    yield Page(
        path, list_page.list_endpoint(form), author, get, name, menu=menu, group="menu-facts"
    )
    # An id has no underscore: these are no entries.
    for tail, endpoint, methods in (
        ("checked", list_page.checked_endpoint(form), post),
        ("draft", draft_page.draft_endpoint(form), get),
        ("submit", draft_page.submit_endpoint(form), post),
        ("take-back", draft_page.take_back_endpoint(form), post),
        ("discard", draft_page.discard_endpoint(form), post),
    ):
        yield Page(f"{path}/_{tail}", endpoint, author, methods, f"{name}-{tail}")
    yield Page(entry, entry_page.entry_endpoint(form), author, get, f"{name}-entry")
    yield Page(entry, entry_page.save_endpoint(form), author, post, f"{name}-save")
    for tail, endpoint in (
        ("checked", entry_page.check_endpoint(form)),
        ("delete", entry_page.delete_endpoint(form)),
        ("restore", draft_page.restore_endpoint(form)),
    ):
        yield Page(f"{entry}/{tail}", endpoint, author, post, f"{name}-entry-{tail}")


pages: tuple[Page, ...] = tuple(page for form in FORMS.values() for page in _pages(form))
