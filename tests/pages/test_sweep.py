"""The page Sweep in AppTest, with all of its computing in this process."""

import pytest

from core import Grid
from tests.page import address, charts, choose, links, messages, opened, press, run
from tests.ui.jobs.test_sweeps import until
from ui.jobs import sweeps as module
from ui.jobs.limits import PUBLIC
from ui.shell.page import PAGES

SMALL = {"activations": ["relu", "tanh"], "rate_multiples": ["1.0", "3.0"], "seeds": "2", "epochs": "3"}
LARGE = SMALL | {"epochs": "2000", "samples": "5000"}

pytestmark = pytest.mark.usefixtures("own_sweeps")


@pytest.fixture
def own_sweeps(no_worker_processes):
    module.sweeps.cache_clear()
    yield
    module.sweeps.cache_clear()


def texts(page) -> str:
    return " ".join([*(text.value for text in (*page.markdown, *page.caption)), *messages(page)])


def done(page):
    """The page once its sweep is over."""
    (sweep,) = module.sweeps()._sweeps.values()
    until(lambda: module.sweeps().ask(sweep.grid).is_over)
    return run(page)


def test_a_small_sweep_starts_by_itself_and_says_what_it_takes():
    page = done(opened("pages/sweep.py", **SMALL))
    assert "4 combinations, 2 seeds each: **8 networks**" in texts(page)
    assert charts(page)
    assert address(page) == SMALL | {"seeds": ["2"], "epochs": ["3"]}


def test_a_rerun_neither_checks_its_grid_anew_nor_estimates_it(monkeypatch):
    page = done(opened("pages/sweep.py", **SMALL))
    for name in ("__post_init__", "seconds", "blocks"):
        monkeypatch.delattr(Grid, name)
    assert charts(run(page))
    assert messages(page) == []


def test_a_large_one_waits_for_a_click():
    page = opened("pages/sweep.py", **LARGE)
    assert "Limits of this server" in texts(page)
    assert not module.sweeps()._sweeps
    assert page.button(key="start").label == "Start the sweep"


def test_strangers_are_told_what_is_too_much(monkeypatch):
    monkeypatch.setenv(PUBLIC, "1")
    page = opened("pages/sweep.py", **LARGE | {"layers": "4", "units": "32", "seeds": "10"})
    assert "the limit of this server is 60 s" in texts(page)
    assert not module.sweeps()._sweeps


def test_no_result_stands_beside_other_controls():
    page = done(opened("pages/sweep.py", **SMALL))
    choose(page, "select_slider", "epochs", 2000)
    choose(page, "select_slider", "samples", 5000)
    assert not charts(page)
    assert page.button(key="start")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"vary": [""]}, "Choose at least one thing"),
        ({"activations": [""]}, "Choose at least one value in the sidebar for: Activation function"),
        ({"vary": ["noise"], "dataset": "iris"}, "cannot be trained"),
        ({"vary": ["rleu"], "seeds": "99"}, "unknown factor 'rleu'"),
    ],
)
def test_what_cannot_be_swept_is_said(asked, expected):
    assert expected in texts(opened("pages/sweep.py", **SMALL | asked))


def test_what_is_stopped_shows_what_there_is_and_goes_on():
    page = done(opened("pages/sweep.py", **SMALL))
    (sweep,) = module.sweeps()._sweeps.values()
    sweep._results.done[0], sweep._done, sweep.is_stopped = False, 4, True
    sweep.left.extend(block for block in sweep._results.missing())
    assert "Stopped: 4 of 8 networks" in texts(run(page))
    assert charts(page)
    press(page, "continue sweep")
    assert not sweep.is_stopped
    done(page)
    assert "Stopped" not in texts(page)


def test_a_ranking_on_compare_leads_to_its_sweep():
    page = opened(optimizers=["sgd", "adam"], compare="optimizer", epochs="3", dataset="moons", seeds="2")
    there = links(page)[PAGES["sweep"].question]
    assert there.startswith("sweep?vary=optimizer&vary=rate_multiple")
    assert "optimizers=sgd&optimizers=adam" in there
    assert "seeds" not in there


def test_layers_of_different_sizes_are_taken_from_a_link():
    page = done(opened("pages/sweep.py", **SMALL, units="7,3"))
    assert address(page)["units"] == ["7,3"]
    (sweep,) = module.sweeps()._sweeps.values()
    assert sweep.grid.base.hidden == (7, 3)
    assert messages(page) == []


def test_a_ranking_on_data_that_a_sweep_cannot_have_leads_to_none():
    page = opened(optimizers=["sgd", "adam"], compare="optimizer", epochs="3", test_share="0.2", seeds="2")
    assert PAGES["sweep"].question not in links(page)
