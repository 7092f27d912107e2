"""What a page says of an experiment that this server does not train; the limits themselves: ui/jobs/test_limits.py."""

import pytest

from tests.page import charts, messages, opened
from ui.jobs import results
from ui.jobs.limits import PUBLIC


@pytest.mark.usefixtures("no_worker_processes")
def test_strangers_are_told_that_an_experiment_is_too_long_and_nothing_is_trained(monkeypatch):
    monkeypatch.setenv(PUBLIC, "1")
    monkeypatch.setattr(results, "training", None)
    page = opened(samples="5000", units="64", batch_size="32", epochs="1000", layers="2")
    assert "the limit of this server is 15 s" in " ".join(messages(page))
    assert not charts(page)
