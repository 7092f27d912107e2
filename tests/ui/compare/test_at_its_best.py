"""The way from a ranking to the sweep that gives each network its best learning rate."""

import pytest

from ui.compare.at_its_best import settings_of_sweep
from ui.compare.controls import Comparison
from ui.shell.conversion import experiment_for
from ui.shell.settings import factor_of
from ui.sweep.settings import grid_for


def link(**settings) -> dict[str, list[str]] | None:
    experiment = experiment_for(settings)
    return settings_of_sweep(Comparison(experiment, factor_of(experiment)))


def test_the_sweep_has_the_settings_of_the_comparison():
    assert link(units="7,3", dropout=0.2, seeds=3) == {"units": ["7,3"], "dropout": ["0.2"]}
    assert grid_for({"units": "7,3"}).base.hidden == (7, 3)


def test_no_learning_rate_changes_the_ranking_of_networks_that_are_not_trained():
    assert link(epochs=0) is None
    assert link(epochs=5) is not None


@pytest.mark.parametrize(
    "settings",
    [{"made_features": ["x1_squared"]}, {"standardised": False}, {"test_share": 0.0}, {"schedule_epochs": 30}],
    ids=str,
)
def test_no_sweep_is_offered_that_would_lack_one_of_them(settings):
    assert link(**settings | {"schedule": "cosine"}) is None
