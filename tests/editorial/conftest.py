"""A content folder for each test to break: a copy of one that is made once."""

from pathlib import Path
from shutil import copytree

import pytest

from tests.support.content import ContentFolder, make_content


@pytest.fixture(scope="session")
def good_content(tmp_path_factory: pytest.TempPathFactory) -> ContentFolder:
    return make_content(tmp_path_factory.mktemp("good") / "content")


@pytest.fixture
def content(good_content: ContentFolder, tmp_path: Path) -> ContentFolder:
    copytree(good_content.root, tmp_path / "content")
    return ContentFolder(tmp_path / "content")
