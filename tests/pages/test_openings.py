"""Each page opens, at its defaults and as the first of a new server."""

import os
import subprocess
import sys

import pytest

from tests import ROOT
from tests.page import charts, opened
from ui.jobs.workers import WORKERS
from ui.shell.page import LEADERS, PAGES

ONE_AFTER_THE_OTHER = """
import sys
from tests.page import messages, opened

for path in sys.argv[1:]:
    for module in [name for name in sys.modules if name.split(".")[0] in ("core", "ui")]:
        del sys.modules[module]
    page = opened(path, nonsense="1")
    assert any("nonsense" in message for message in messages(page)), path
"""


@pytest.mark.fast
@pytest.mark.usefixtures("no_worker_processes")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_with_its_pictures_and_nothing_to_complain_of(name):
    page = opened(PAGES[name].path)
    assert page.title[0].value == PAGES[name].question
    assert charts(page) or name in ("mission", LEADERS), "which have nothing to draw yet"
    assert not [*page.warning, *page.error]


@pytest.mark.slow
def test_every_page_can_be_the_first_of_a_new_server():
    """Where nothing of the app is imported or kept yet, with something wrong in the address."""
    command = [sys.executable, "-c", ONE_AFTER_THE_OTHER, *(page.path for page in PAGES.values())]
    subprocess.run(command, cwd=ROOT, env=os.environ | {WORKERS: "0"}, check=True)
