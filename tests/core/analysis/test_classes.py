import numpy as np
import pytest
from sklearn.metrics import balanced_accuracy_score, recall_score

from core import DatasetSpec, Experiment, Run, Table, load, train
from core.analysis.classes import class_figures

X = np.random.default_rng(0).normal(size=(200, 2))
UNEVEN = Table(("a", "b"), ("rare", "usual"), X, (X[:, 0] + 0.5 * X[:, 1] > -1.3).astype(int))


def test_they_are_scikit_learns_recall_and_balanced_accuracy():
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in (0, 1))
    history = train(Experiment(DatasetSpec("own", table=UNEVEN), runs, (8,), epochs=15))
    data = load(history.experiment.dataset)
    says = history.predict(data.X_test).argmax(axis=2)
    recalls = np.array([recall_score(data.y_test, each, average=None) for each in says])
    found = class_figures(history)
    assert found.accuracy == pytest.approx(recalls.reshape(2, 2, 2).mean(axis=1))
    assert found.balanced[0] == pytest.approx(
        np.mean([balanced_accuracy_score(data.y_test, each) for each in says[:2]])
    )


def test_a_network_that_says_the_same_for_every_input_is_told_from_one_that_does_not():
    spec = DatasetSpec("own", table=UNEVEN)
    runs = (Run("tanh", learning_rate=1e-8, bias=0.0), Run("tanh", learning_rate=0.05))
    found = class_figures(train(Experiment(spec, runs, (8,), epochs=60)))
    assert not found.says_one[1]
    stuck = train(Experiment(spec, (Run("tanh", l2=100.0, optimizer="sgd", learning_rate=0.009),), (8,), epochs=60))
    assert class_figures(stuck).says_one.all()
    assert class_figures(stuck).accuracy.tolist() == [[0.0, 1.0]]
    assert class_figures(stuck).balanced.tolist() == [0.5]


def test_where_every_seed_draws_its_own_data_each_is_tested_on_its_own():
    runs = (Run("relu", seed=0), Run("relu", seed=1))
    history = train(Experiment(DatasetSpec("moons", samples=100), runs, (8,), epochs=20, redraw="everything"))
    assert class_figures(history).balanced[0] == pytest.approx(history.test_accuracy[:, -1].mean())


def test_a_network_that_was_never_finite_says_nothing():
    history = train(Experiment(DatasetSpec("moons", samples=100), (Run("=log(x)"),), (8,), epochs=1))
    assert history.diverged_at.tolist() == [0]
    found = class_figures(history)
    assert not found.says_one.any() and not found.accuracy.any() and not found.balanced.any()
