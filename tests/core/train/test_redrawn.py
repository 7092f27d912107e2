import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, load, train
from core.analysis.failures import divergences
from core.analysis.repeats import one_of_each
from core.analysis.what_helps import remedies
from core.train.training import Training, training_of
from tests.core.train.comparing import assert_same

MOONS = DatasetSpec("moons", samples=100)
RUNS = (Run("relu", seed=3), Run("tanh", seed=5), Run("tanh", seed=3), Run("relu", seed=5))
REDRAWN = Experiment(MOONS, RUNS, hidden=(6,), epochs=12, redraw="everything")


def of_seed(seed: int) -> Experiment:
    """What one seed's part of it should be, written out."""
    runs = (Run("relu", seed=seed), Run("tanh", seed=seed))
    return Experiment(DatasetSpec("moons", samples=100, seed=seed), runs, hidden=(6,), epochs=12, seed=seed)


def test_each_seed_is_an_experiment_of_its_own():
    history = train(REDRAWN)
    assert history.experiment == REDRAWN
    for seed, places in ((3, [0, 2]), (5, [3, 1])):
        assert_same(history, train(of_seed(seed)), rows=places, rtol=0)


def test_seeds_have_data_and_splits_of_their_own():
    one, other = (load(REDRAWN.of_seed(seed).dataset) for seed in (3, 5))
    assert not np.array_equal(one.X_train, other.X_train)
    assert one.spec == load(DatasetSpec("moons", samples=100, seed=3)).spec


def test_the_runs_of_one_seed_are_selected_with_their_data():
    history = train(REDRAWN)
    shown = one_of_each(history, 1)
    assert shown.experiment == of_seed(5)
    assert_same(shown, train(of_seed(5)), rtol=0)
    assert history.select([0, 1, 2, 3]).experiment == REDRAWN


def test_networks_are_compared_on_the_same_data():
    with pytest.raises(ValueError, match="same seeds"):
        replace(REDRAWN, runs=(*RUNS, Run("relu", seed=8)))


def test_in_parts_it_is_the_same():
    training = training_of(REDRAWN)
    training.advance(5)
    training = pickle.loads(pickle.dumps(training))
    stopped = training.history()
    assert stopped.epochs[-1] == training.epoch == 5
    training.extend(14)
    training.advance(9)
    assert_same(training.history(), train(replace(REDRAWN, epochs=14)), rtol=0)
    epochs, train_loss, test_loss = training.losses()
    np.testing.assert_array_equal(epochs, training.history().epochs)
    np.testing.assert_array_equal(train_loss, training.history().train_loss)
    np.testing.assert_array_equal(test_loss, training.history().test_loss)


def test_one_seed_with_everything_its_own_is_the_usual_training():
    usual = Experiment(replace(MOONS, seed=7), (Run("relu", seed=7),), epochs=4, seed=7)
    anew = replace(usual, dataset=MOONS, seed=0, redraw="everything")
    assert_same(train(anew), train(usual), rtol=0)


def test_json_keeps_it_and_older_files_draw_the_weights_alone():
    assert Experiment.from_json(REDRAWN.to_json()) == REDRAWN
    older = REDRAWN.to_json().replace(',\n  "redraw": "everything"', "")
    assert Experiment.from_json(older).redraw == "weights"
    with pytest.raises(ValueError, match="unknown redraw 'all'"):
        Experiment(redraw="all")


def test_a_training_of_one_stack_is_what_drawing_the_weights_alone_takes():
    assert isinstance(training_of(replace(REDRAWN, redraw="weights")), Training)
    with pytest.raises(ValueError, match="training_of"):
        Training(REDRAWN)


def test_divergences_are_found_in_each_seeds_own_training():
    wild = tuple(Run(name, "sgd", 1e4, seed=seed) for seed in (1, 2) for name in ("tanh", "relu_squared"))
    experiment = Experiment(MOONS, wild, hidden=(6,), epochs=3, redraw="everything")
    history = train(experiment)
    found = divergences(history)
    assert sorted(found) == np.flatnonzero(history.diverged_at >= 0).tolist() != []
    for place, divergence in found.items():
        assert (divergence.run, divergence.epoch) == (place, history.diverged_at[place])
    change = remedies(history, (0.01, 0.1)).best
    assert change and (train(change.applied_to(experiment)).diverged_at < 0).all()
