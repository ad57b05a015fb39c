"""The order in which files of tests are handed to the workers, as a pytest plugin.

A file stays with one worker. One that takes long and is handed out last leaves the other worker idle, so those that
take longest go first. It needs `--no-loadscope-reorder`: by itself xdist begins with the files that hold most tests.
"""

import pytest

# More than ten seconds each, longest first, by `pytest --durations=0` of the whole run.
LONG = (
    "tests/crash/test_reminders.py",  # a minute and a half of waiting: its rate is Telegram's
    "tests/conversations/test_flow_paths.py",
    "tests/browser/test_staff.py",
    "tests/browser/test_memo_editor.py",
    "tests/search/test_garbage.py",
    "tests/browser/test_staff_publishing.py",
    "tests/editorial/test_taking_over.py",
    "tests/conversations/test_shelf.py",
    "tests/search/test_quality.py",
    "tests/browser/test_demo.py",
    "tests/browser/test_flow_screens.py",
    "tests/browser/test_flow_editor.py",
    "tests/editorial/forms/test_ledger.py",
    "tests/crash/test_privacy.py",
    "tests/editorial/publishing/test_killed.py",
    "tests/crash/test_killed.py",
    "tests/crash/test_publishing.py",
    "tests/conversations/test_content_changes.py",
    "tests/telegram/test_second_library.py",
    "tests/browser/test_places.py",
    "tests/crash/test_stopping.py",
    "tests/crash/test_database.py",
)

_PLACES = {file: place for place, file in enumerate(LONG)}


# Last of all plugins: within a file the order is theirs.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _PLACES.get(item.nodeid.partition("::")[0], len(LONG)))
