from dataclasses import replace

import numpy as np

from core import DatasetSpec, Experiment, Run, train
from ui.compare.words import reading_loss


def test_lines_without_diverged_seeds_are_told_from_the_tables_means():
    runs = tuple(Run("tanh", seed=seed) for seed in range(3))
    history = train(Experiment(DatasetSpec("moons", samples=50), runs, hidden=(4,), epochs=2))
    assert "diverged" not in reading_loss(history, log=True)
    said = reading_loss(replace(history, diverged_at=np.array([1, -1, -1])), log=True)
    assert "have not diverged" in said and "means of all seeds" in said
