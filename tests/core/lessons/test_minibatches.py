from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, load, train
from core.lessons.minibatches import spread

MOONS = DatasetSpec("moons", samples=100, seed=1)  # 60 to train on


def logistic_gradients(history, epoch_index: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Of softmax regression, by its formula x (p - t): of each minibatch, and of all samples."""
    data = load(MOONS)
    ((W, b),) = history.parameters(0, epoch_index)
    z = data.X_train @ W.astype(float) + b
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    slopes = p - np.eye(2)[data.y_train]
    inputs = np.column_stack([data.X_train, np.ones(60)])
    per_sample = np.einsum("ni,nk->nik", inputs, slopes).reshape(60, -1)
    return per_sample.reshape(60 // size, size, -1).mean(axis=1), per_sample.mean(axis=0)


@pytest.mark.parametrize("size", [1, 10, 20])
def test_the_gradients_are_those_of_softmax_regression_by_its_formula(size):
    history = train(Experiment(MOONS, (Run(),), hidden=(), epochs=20, batch_size=size))
    found = spread(history, 0)
    for at in (0, -1):
        each, of_all = logistic_gradients(history, at, size)
        length = np.linalg.norm(each, axis=1).mean() / np.linalg.norm(of_all)
        assert found.length[at] == pytest.approx(length, rel=1e-5)
        assert found.opposed[at] == (each @ of_all < 0).mean()


def test_all_samples_at_once_have_the_gradient_of_all():
    history = train(Experiment(MOONS, (Run("tanh"), Run("relu")), epochs=3, batch_size=None))
    found = spread(history, 1)
    np.testing.assert_allclose(found.length, 1)
    np.testing.assert_array_equal(found.opposed, 0)


def test_smaller_minibatches_differ_more():
    experiment = Experiment(MOONS, tuple(Run("tanh", seed=seed) for seed in range(5)), epochs=20)
    history = train(experiment)
    small, large = (
        np.mean(
            [spread(replace(history, experiment=replace(experiment, batch_size=size)), run).length for run in range(5)]
        )
        for size in (2, 30)
    )
    assert small > 1.2 * large
