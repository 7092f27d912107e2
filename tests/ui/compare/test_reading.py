from dataclasses import replace

import numpy as np

from core import DatasetSpec, Experiment, History, Run, train
from ui.compare.reading import reading_loss, reading_units

SMALL = DatasetSpec("moons", samples=50)


def test_lines_without_diverged_seeds_are_told_from_the_tables_means():
    runs = tuple(Run("tanh", seed=seed) for seed in range(3))
    history = train(Experiment(SMALL, runs, hidden=(4,), epochs=2))
    assert "diverged" not in reading_loss(history, log=True)
    said = reading_loss(replace(history, diverged_at=np.array([1, -1, -1])), log=True)
    assert "have not diverged" in said and "means of all seeds" in said


def test_a_loss_that_still_falls_is_named_once():
    history = train(Experiment(SMALL, (Run("tanh"), Run("relu")), hidden=(4,), epochs=20))
    falling, flat = np.linspace(0.7, 0.3, len(history.epochs)), np.full(len(history.epochs), 0.5)

    def said(*losses):
        return reading_loss(replace(history, train_loss=np.array(losses)), log=True)

    assert said(falling, flat).count("still falls at the end: Tanh.") == 1
    assert "still falls at the end for every network" in said(falling, falling)
    assert "falls" not in said(flat, flat)


def test_dead_units_are_counted_by_network():
    history: History = train(Experiment(SMALL, (Run("leaky_relu"), Run("elu")), hidden=(4, 4), epochs=2))
    assert reading_units(history).startswith("**No unit is dead after 2 epochs.**")
    dead = history.dead_units.copy()
    dead[0, -1] = 1, 2
    said = reading_units(replace(history, dead_units=dead), seeds=2)
    assert said.startswith("These are the networks of seed 0. **Dead units after 2 epochs: Leaky ReLU: 3 of 8.**")


def test_dead_units_of_a_network_that_diverged_are_those_before_it_did():
    history: History = train(Experiment(SMALL, (Run("leaky_relu"), Run("elu")), hidden=(4, 4), epochs=2))
    dead, diverged_at = np.zeros_like(history.dead_units), np.array([1, -1])
    none = reading_units(replace(history, dead_units=dead, diverged_at=diverged_at))
    assert none.startswith("**No unit is dead after 2 epochs.** A network that diverged counts with its last finite")
    dead = np.broadcast_to([1, 2], dead.shape)
    said = reading_units(replace(history, dead_units=dead, diverged_at=diverged_at))
    expected = "Leaky ReLU: 3 of 8 (before it diverged in epoch 1); ELU: 3 of 8.**"
    assert said.startswith(f"**Dead units after 2 epochs: {expected}")
    never = reading_units(replace(history, dead_units=dead, diverged_at=np.array([0, -1])))
    assert never.startswith(
        "**Dead units after 2 epochs: ELU: 3 of 8.** **No finite state, so no units are counted: Leaky"
    )
    both = reading_units(replace(history, dead_units=dead, diverged_at=np.array([0, 0])))
    assert both.startswith("**No finite state, so no units are counted: Leaky ReLU; ELU.**")
    alive = replace(history, dead_units=np.zeros_like(history.dead_units), diverged_at=np.array([0, -1]))
    assert "last finite" not in reading_units(alive), "it has none"


def test_networks_of_different_seeds_are_named_with_theirs():
    runs = (Run("relu", seed=0), Run("tanh", seed=1))
    history: History = train(Experiment(SMALL, runs, hidden=(4,), epochs=1))
    assert reading_units(history, seeds=1).startswith(
        "The networks here have different seeds: ReLU: seed 0; Tanh: seed 1."
    )
    assert "seed" not in reading_units(history.select([0]), seeds=1)
