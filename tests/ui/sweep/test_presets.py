"""What the sentences of the presets promise holds for ten seeds of the page, the usual one first, with a margin.

A sweep from one seed on shares all but one of its seeds with the next one's, so all ten are cut from one sweep.
"""

from collections.abc import Iterator

import pytest

from core import Grid, sweep
from core.analysis.summary import chance_level
from core.sweeps.best import Ranking, each_at_its_best
from core.sweeps.scores import Scores, scores_of
from core.sweeps.shares import variance_shares
from ui.jobs.limits import OF_STRANGERS
from ui.sweep.drawings import default_rate
from ui.sweep.presets import PRESETS
from ui.sweep.settings import SETTINGS, grid_for

SEEDS = 10


def grid_of(preset: int, **others: object) -> Grid:
    """That of so many seeds that there is a sweep of the preset's own from each of the first ten."""
    settings = PRESETS[preset].settings
    return grid_for(settings | {"seeds": SEEDS + settings.get("seeds", SETTINGS["seeds"].default) - 1} | others)


def from_each_seed(grid: Grid) -> Iterator[Scores]:
    """What the page with each of the ten seeds has."""
    scores, seeds = scores_of(sweep(grid, workers=1)), grid.seeds - SEEDS + 1
    for first in range(SEEDS):
        yield scores.changed(scores.factors, lambda array, first=first: array[..., first : first + seeds])


def lead(ranking: Ranking) -> float:
    """Of ReLU over sigmoid."""
    means = dict(zip(ranking.levels, ranking.accuracy.mean(axis=1)))
    return means["relu"] - means["sigmoid"]


@pytest.mark.slow
def test_the_learning_rate_makes_the_ranking():
    grid = grid_of(0, activations=["sigmoid", "relu"])
    for scores in from_each_seed(grid):
        found = each_at_its_best(scores, "activation", common=default_rate(grid))
        assert lead(found.common) > 0.03
        assert lead(found.best) < lead(found.common) / 2
        own = found.best.settings[found.best.levels.index("sigmoid")]
        assert all(setting["rate_multiple"] > 1 for setting in own)


@pytest.mark.slow
def test_depth_is_a_matter_of_the_activation():
    grid = grid_of(1, layer_counts=[1, 8])
    sigmoid, *others = (dict(grid.factors)["activation"].index(name) for name in ("sigmoid", "tanh", "relu", "gelu"))
    for scores in from_each_seed(grid):
        mean = scores.in_order(["activation", "layers", "rate_multiple"]).values.mean(axis=-1)
        best = mean.max(axis=2)
        assert best[:, 0].min() > 0.8
        assert mean[sigmoid, 1].max() < chance_level(grid.base) + 0.05
        assert best[others, 1].min() > 0.85


@pytest.mark.slow
def test_the_optimizer_matters_more_than_the_activation_and_the_rate_more_than_both():
    for scores in from_each_seed(grid_of(2)):
        share = {effect.factors: effect.share for effect in variance_shares(scores).effects}
        optimizer, activation, rate = (share[name,] for name in ("optimizer", "activation", "rate_multiple"))
        assert optimizer > 2 * activation
        assert rate > 1.5 * (optimizer + activation)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.question)
def test_every_preset_starts_at_once_even_for_strangers(preset):
    assert grid_for(preset.settings).seconds() < OF_STRANGERS.sweep_at_once
