"""What the sentences of the presets promise holds for seeds that nobody chose, with a margin."""

import numpy as np
import pytest

from core import Grid, sweep
from core.analysis.summary import chance_level
from ui.jobs.limits import OF_STRANGERS
from ui.sweep.presets import PRESETS
from ui.sweep.settings import grid_for

pytestmark = pytest.mark.slow
SEEDS = (1000, 2000)


def means(settings: dict, seed: int) -> tuple[Grid, np.ndarray, np.ndarray]:
    grid = grid_for(settings | {"seed": seed})
    accuracy = sweep(grid, workers=1).test_accuracy
    return grid, accuracy, accuracy.mean(axis=-1)


def places(grid: Grid, name: str, *values: object) -> list[int]:
    return [dict(grid.factors)[name].index(value) for value in values]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_learning_rate_makes_the_ranking(seed):
    grid, _, mean = means(PRESETS[0].settings, seed)
    sigmoid, relu = places(grid, "activation", "sigmoid", "relu")
    (usual,) = places(grid, "rate_multiple", 1.0)
    lead, lead_at_best = mean[relu, usual] - mean[sigmoid, usual], mean[relu].max() - mean[sigmoid].max()
    assert lead > 0.03
    assert lead_at_best < lead / 2
    assert grid.factors[1][1][mean[sigmoid].argmax()] > 1


@pytest.mark.parametrize("seed", SEEDS)
def test_depth_is_a_matter_of_the_activation(seed):
    grid, _, mean = means(PRESETS[1].settings, seed)
    sigmoid, *others = places(grid, "activation", "sigmoid", "tanh", "relu", "gelu")
    best, chance = mean.max(axis=2), chance_level(grid.base)
    assert best[:, 0].min() > 0.8
    assert mean[sigmoid, -1].max() < chance + 0.05
    assert best[others, -1].min() > 0.85


@pytest.mark.parametrize("seed", SEEDS)
def test_the_optimizer_matters_more_than_the_activation_and_the_rate_more_than_both(seed):
    grid, accuracy, _ = means(PRESETS[2].settings, seed)
    share = {}
    for axis, name in enumerate(grid.names):
        others = tuple(each for each in range(accuracy.ndim) if each != axis)
        share[name] = accuracy.mean(axis=others).var() / accuracy.var()
    assert share["optimizer"] > 2 * share["activation"]
    assert share["rate_multiple"] > 1.5 * (share["optimizer"] + share["activation"])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.question)
def test_every_preset_starts_at_once_even_for_strangers(preset):
    assert grid_for(preset.settings).seconds() < OF_STRANGERS.sweep_at_once
