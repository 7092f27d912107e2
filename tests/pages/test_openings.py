"""Each page opens, at its defaults and as the first of a new server."""

import os
import subprocess
import sys

import pytest

from tests import ROOT
from tests.page import charts, opened
from ui.jobs.workers import WORKERS
from ui.shell.page import LEADERS, PAGES

EACH_IN_A_PROCESS = """
import os
import sys

import altair, scipy.stats, sklearn.model_selection, sqlalchemy, streamlit.testing.v1  # what is not ours: once for all

for path in sys.argv[1:]:
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, path
        continue
    from tests.page import messages, opened

    page = opened(path, nonsense="1")
    assert any("nonsense" in message for message in messages(page)), path
    os._exit(0)  # whatever its threads still do
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
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies of one")
def test_every_page_can_be_the_first_of_a_new_server():
    """Where nothing of the app is imported or kept yet, with something wrong in the address."""
    command = [sys.executable, "-c", EACH_IN_A_PROCESS, *(page.path for page in PAGES.values())]
    subprocess.run(command, cwd=ROOT, env=os.environ | {WORKERS: "0"}, check=True)
