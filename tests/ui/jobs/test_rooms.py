"""Where the rooms of a server are kept, and that nobody else pays for them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT
from ui.jobs.rooms import DATABASE, rooms, source

IMPORT_EVERYTHING = """
import pkgutil, sys
from importlib import import_module
import classroom, ui
for module in pkgutil.walk_packages(ui.__path__, "ui."):
    import_module(module.name)
print([name for name in ("sqlalchemy", "alembic", "psycopg") if name in sys.modules])
"""


@pytest.fixture(autouse=True)
def made_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """No host says anything, and the app's folder is the test's."""
    monkeypatch.delenv(DATABASE)
    monkeypatch.setattr("ui.jobs.rooms.FILE", tmp_path / "rooms.sqlite")
    rooms.cache_clear()
    yield
    rooms().dispose()
    rooms.cache_clear()


def test_they_are_in_one_file_beside_the_app_if_nobody_says_otherwise(tmp_path):
    code = rooms().open(["first"]).code
    assert not rooms().temporary
    assert (tmp_path / "rooms.sqlite").stat().st_size
    rooms().dispose()
    rooms.cache_clear()
    assert rooms().room(code).questions == ("first",)


def test_they_are_where_the_host_says(monkeypatch, tmp_path):
    monkeypatch.setenv(DATABASE, f"sqlite:///{tmp_path / 'elsewhere.sqlite'}")
    assert rooms() is rooms()
    rooms().open(["first"])
    assert not rooms().temporary
    assert (tmp_path / "elsewhere.sqlite").exists() and not (tmp_path / "rooms.sqlite").exists()


def test_they_say_that_they_do_not_last_where_nothing_can_be_written_beside_the_app(monkeypatch, tmp_path):
    monkeypatch.setattr("ui.jobs.rooms.FILE", tmp_path / "not there" / "rooms.sqlite")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert rooms().temporary
    assert rooms().open(["first"])
    assert [file.name for file in tmp_path.glob("activation-lab-*/rooms.sqlite")] == ["rooms.sqlite"]


def test_a_folder_may_have_any_name(monkeypatch, tmp_path):
    folder = tmp_path / "a?b=c&d%20 é"
    folder.mkdir()
    monkeypatch.setattr("ui.jobs.rooms.FILE", folder / "rooms.sqlite")
    rooms().open(["first"])
    assert (folder / "rooms.sqlite").exists()


def test_a_page_without_a_browser_comes_from_nowhere():
    assert source() == ""


@pytest.mark.slow
def test_nothing_that_pages_import_brings_a_database_with_it():
    done = subprocess.run([sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
