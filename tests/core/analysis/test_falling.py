"""When a loss still falls at the end, on constructed histories."""

from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, train
from core.analysis.falling import FEW_EPOCHS, still_falling
from core.train.epochs import recorded_epochs

EPOCHS = np.array(recorded_epochs(60))
NOISE = np.random.default_rng(0).standard_normal(len(EPOCHS))
CURVES = {
    "a line down": (0.7 - 0.008 * EPOCHS, True),
    "a power of the epochs": (0.7 / np.sqrt(1 + EPOCHS), True),
    "down, with some noise": (0.7 - 0.008 * EPOCHS + 0.005 * NOISE, True),
    "a plateau": (0.2 + 0.5 * np.exp(-EPOCHS / 5.0), False),
    "nothing but noise": (0.6 + 0.05 * NOISE, False),
    "down, and level since": (0.3 + 0.4 * (EPOCHS < 38) + 0.001 * NOISE, False),
    "flat": (np.full(len(EPOCHS), 0.69), False),
    "up": (0.3 + 0.005 * EPOCHS, False),
    "next to no loss": (1e-3 * np.exp(-EPOCHS / 10.0), False),
    "down and up again": (0.3 + 0.0005 * (EPOCHS - 50.0) ** 2, False),
}


def history_of(*losses, diverged=None, runs=None):
    runs = runs or tuple(Run(learning_rate=0.001 * (1 + place)) for place in range(len(losses)))
    history = train(Experiment(DatasetSpec("moons", 40), runs, hidden=(), epochs=60))
    at = np.full(len(losses), -1) if diverged is None else np.array(diverged)
    return replace(history, train_loss=np.array(losses), diverged_at=at)


@pytest.mark.parametrize("name", CURVES)
def test_a_fall_with_a_margin(name):
    curve, falls = CURVES[name]
    assert still_falling(history_of(curve)).tolist() == [falls]


def test_noise_alone_is_seldom_called_a_fall():
    """Noise of 2 % of the loss is never, of 8 % or 20 % in one network of fifty."""
    for size, most in ((0.02, 0.01), (0.08, 0.04), (0.2, 0.05)):
        noise = np.random.default_rng(0).standard_normal((300, len(EPOCHS)))
        assert still_falling(history_of(*0.6 * (1 + size * noise))).mean() < most


def test_networks_that_diverged_are_left_out():
    down, flat = CURVES["a line down"][0], CURVES["flat"][0]
    assert still_falling(history_of(down, down, flat, diverged=[-1, 7, -1])).tolist() == [True, False, False]


def test_of_several_seeds_more_than_half_must_fall():
    down, flat = CURVES["a line down"][0], CURVES["flat"][0]
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(3))
    history = history_of(down, down, flat, down, flat, flat, runs=runs)
    assert still_falling(history).tolist() == [True, False]
    half = history_of(down, flat, runs=tuple(Run(seed=seed) for seed in range(2)))
    assert still_falling(half).tolist() == [False]
    history = history_of(down, flat, flat, flat, flat, flat, runs=runs, diverged=[-1, 3, 3, -1, -1, -1])
    assert still_falling(history).tolist() == [True, False]


def test_of_ten_epochs_or_less_nothing_is_said():
    for epochs in range(FEW_EPOCHS + 2):
        history = train(Experiment(DatasetSpec("moons", 40), hidden=(4,), epochs=epochs))
        falling = replace(history, train_loss=0.7 - 0.03 * history.epochs[None])
        assert still_falling(falling).tolist() == [epochs > FEW_EPOCHS]
