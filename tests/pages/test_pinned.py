"""A comparison that is pinned on Compare, in AppTest."""

import pytest

from tests.page import charts, choose, drawn_by, messages, opened, press
from ui.jobs import results
from ui.jobs.job import Job

pytestmark = pytest.mark.usefixtures("no_worker_processes")


def losses_of(page) -> list[dict]:
    """The curves of the loss, of the comparison shown and of the one that is pinned."""
    return [*charts(page)[:2], *charts(page)[4:6]]


def test_a_comparison_that_is_pinned_is_shown_beneath_the_next_on_one_scale():
    page = opened(activations=["relu", "tanh"], epochs="10")
    (first,), losses = drawn_by(page, "pictures"), charts(page)[:2]
    press(page, "pin")
    assert any("This comparison is pinned" in message for message in messages(page))
    choose(page, "slider", "layers", 1)
    shown, pinned = drawn_by(page, "pictures")
    assert pinned == first != shown
    curves = [line["encoding"].get("y", {}) for chart in losses_of(page) for line in chart["layer"]]
    domains = [curve["scale"]["domain"] for curve in curves if "domain" in curve.get("scale", {})]
    assert len(domains) >= 4
    assert all(domain == domains[0] for domain in domains)
    press(page, "unpin")
    assert len(charts(page)) == 6
    choose(page, "slider", "layers", 2)
    assert charts(page)[:2] == losses


def test_a_pinned_comparison_that_is_trained_again_keeps_nobody_waiting(monkeypatch):
    page = opened(activations=["relu"], epochs="10")
    press(page, "pin")
    training = results.training
    has_left = lambda experiment: len(experiment.hidden) == 2  # noqa: E731
    monkeypatch.setattr(results, "training", lambda asked: Job(asked) if has_left(asked) else training(asked))
    monkeypatch.setattr("ui.jobs.waiting.AT_ONCE", 2.0)
    choose(page, "slider", "layers", 1)
    assert any("trained again" in message for message in messages(page))
    assert len(charts(page)) == 6
