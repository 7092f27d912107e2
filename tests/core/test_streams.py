import numpy as np

from core import DatasetSpec, Experiment, Run, train


def test_in_a_training_no_two_seeds_draw_the_same(monkeypatch):
    """Seeds draw the same with zeros at their end and without them.  The number is one that no cache knows."""
    draw, drawn = np.random.default_rng, []
    monkeypatch.setattr(np.random, "default_rng", lambda seed=None: drawn.append(seed) or draw(seed))
    train(Experiment(DatasetSpec("moons", 40, seed=8765), (Run(dropout=0.5, seed=8765),), epochs=2, seed=8765))
    seeds = {seed for seed in drawn if isinstance(seed, tuple)}  # others are what libraries draw
    assert len(seeds) == 1 + 3 + 2 * (1 + 2), "of the data, of each layer's weights, and of each epoch"
    assert len({tuple(np.trim_zeros(seed, "b")) for seed in seeds}) == len(seeds)
