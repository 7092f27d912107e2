import pickle
from dataclasses import fields, replace

import numpy as np
import pytest

from core import OPTIMIZERS, DatasetSpec, Experiment, Run, load, train
from core.lessons.dead_relu import Fates, coasts, fates
from core.train.recorder import Recorder
from core.train.stack import Stack
from tests import REFERENCE
from tests.numeric import numeric_gradient
from tests.reference.cases import starting_point
from tests.reference.dead_relu_cases import TRAININGS

MOONS = DatasetSpec("moons", samples=100)
KIN = ("relu", "leaky_relu", "elu", "gelu")


@pytest.fixture(scope="module")
def torch_fates() -> dict[str, np.ndarray]:
    """What `reference/record_dead_relu.py` recorded."""
    with np.load(REFERENCE / "dead_relu.npz") as recorded:
        return dict(recorded)


@pytest.fixture(scope="module")
def history():
    """Large steps: units of relu die and come back."""
    runs = tuple(Run(name, "adam", learning_rate=0.1) for name in KIN)
    return train(Experiment(MOONS, runs, hidden=(16, 12, 8), epochs=30))


@pytest.fixture(scope="module")
def seen(history) -> Fates:
    return fates(history)


def by_hand(dead: list[list[list[bool]]], layers: list[int]) -> Fates:
    """Of these units alone: runs of epochs of units."""
    nothing = np.zeros(np.shape(dead))
    return Fates(np.arange(len(dead[0])), np.array(layers), np.array(dead), np.array(dead), nothing, nothing.copy())


@pytest.mark.parametrize("name", TRAININGS)
def test_dead_units_and_their_gradients_are_pytorchs(name, torch_fates):
    experiment = TRAININGS[name]
    X, y, layers = starting_point(experiment)
    start = np.concatenate([X.ravel(), y, *(p.ravel() for layer in layers for p in layer)])
    np.testing.assert_allclose(
        start, torch_fates[f"{name}/start"], rtol=1e-12,
        err_msg="the data or the initial weights have changed: record again with tests/reference/record_dead_relu.py",
    )  # fmt: skip
    history = train(experiment)
    seen, slopes = fates(history), torch_fates[f"{name}/slopes"][history.epochs]
    np.testing.assert_array_equal(seen.dead[0], (slopes == 0).all(axis=2))
    np.testing.assert_allclose(seen.gradient_norm[0], torch_fates[f"{name}/norms"][history.epochs], atol=1e-9)
    names = experiment.runs[0].layer_activations(3)
    greatest = np.array([torch_fates[f"greatest/{names[layer - 1]}"] for layer in seen.layers])
    greatest[[names[layer - 1] == "leaky_relu" for layer in seen.layers]] = 0  # it does not saturate
    flat = np.abs(slopes) < 0.05 * greatest[:, None]
    np.testing.assert_allclose(seen.flat_share[0], flat.mean(axis=2))
    np.testing.assert_array_equal(seen.saturated[0], flat.mean(axis=2) >= 0.95)


def test_pytorch_saw_units_born_dead_that_died_and_that_came_back(torch_fates):
    """Or the test above would have little to tell apart."""
    dead = (torch_fates["relu/slopes"] == 0).all(axis=2)
    changes = np.diff(dead.astype(int), axis=0)
    assert dead[0].any()
    assert (changes == 1).any()
    assert (changes == -1).any()
    mixed, flat = torch_fates["mixed/slopes"], np.abs(torch_fates["mixed/slopes"]) < 0.05
    assert (flat.all(axis=2) & (mixed != 0).all(axis=2)).any(), "and units of leaky_relu below 0, neither of both"


def test_counts_are_the_historys(history, seen):
    for layer in (1, 2, 3):
        of_layer = seen.layers == layer
        np.testing.assert_array_equal(seen.dead[:, :, of_layer].sum(axis=2), history.dead_units[:, :, layer - 1])
        saturated = seen.saturated[:, :, of_layer].sum(axis=2)
        np.testing.assert_array_equal(saturated, history.saturated_units[:, :, layer - 1])
    np.testing.assert_array_equal(seen.epochs, history.epochs)
    assert np.bincount(seen.layers).tolist() == [0, 16, 12, 8]


def test_a_unit_dies_and_comes_back_as_its_weights_were_chosen():
    """Three units over one input unit that passes x on, at three moments of their lives."""
    history = train(Experiment(MOONS, (Run(("identity", "relu")),), hidden=(1, 3), epochs=2))
    flat = history.flat_parameters.copy()
    changed = replace(history, flat_parameters=flat)
    flat.flags.writeable = True
    far = 10 * np.abs(load(MOONS).X_train).max()
    for epoch, biases in enumerate([[far, -far, far], [-far, -far, far], [far, -far, far]]):
        (W1, b1), (W2, b2), _ = changed.parameters(0, epoch)
        W1[...], b1[...] = [[1], [0]], 0
        W2[...], b2[...] = [[1, 1, -1]], biases
    seen = fates(changed)
    np.testing.assert_array_equal(seen.dead[0, :, 1:], [[0, 1, 0], [1, 1, 0], [0, 1, 0]])
    np.testing.assert_array_equal(seen.revived[0, :, 1:], [[0, 0, 0], [0, 0, 0], [1, 0, 0]])
    assert seen.deaths(2).tolist() == [2]
    assert seen.returns(2).tolist() == [1]
    assert seen.deaths(1).tolist() == [0]


def test_revived_is_alive_after_having_been_dead_and_counted_once():
    """A unit that goes and comes twice, one that is born dead and comes, one that dies for good, one that lives."""
    dead = [[[0, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [1, 0, 1, 0], [0, 0, 1, 0]]]
    seen = by_hand(np.array(dead, bool).tolist(), [1, 1, 2, 2])
    expected = [[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]]
    np.testing.assert_array_equal(seen.revived[0], expected)
    assert seen.deaths(1).tolist() == [2]
    assert seen.returns(1).tolist() == [2]
    assert seen.deaths(2).tolist() == [1]
    assert seen.returns(2).tolist() == [0]


def test_relapses_came_back_and_are_dead_in_the_end():
    """Units that come back and stay, that come back and go, that do so twice, that die for good, that go last."""
    dead = [[[1, 1, 1, 0, 0, 1], [0, 0, 0, 1, 0, 0], [0, 1, 1, 1, 0, 1], [0, 1, 0, 1, 1, 0], [0, 1, 1, 1, 1, 0]]]
    seen = by_hand(np.array(dead, bool).tolist(), [1, 1, 1, 1, 1, 2])
    assert (seen.deaths(1).tolist(), seen.returns(1).tolist(), seen.relapses(1).tolist()) == ([5], [3], [2])
    assert (seen.returns(2).tolist(), seen.relapses(2).tolist()) == ([1], [0])


def test_gradients_are_central_differences_unit_by_unit():
    experiment = Experiment(MOONS, (Run("gelu"), Run("relu", bias=-1.0)), hidden=(3, 2), epochs=0, dtype="float64")
    stack = Stack(experiment)
    recorder = Recorder(stack)
    numeric = numeric_gradient(lambda: recorder.measure().train_loss.sum(), stack.network.parameters)
    # (run, parameter): 3 x (2 + 1), 2 x (3 + 1), ...
    units = [numeric[:, 0:3], numeric[:, 3:6], numeric[:, 6:9], numeric[:, 9:13], numeric[:, 13:17]]
    expected = np.array([np.linalg.norm(unit, axis=1) for unit in units]).T
    found = fates(train(experiment)).gradient_norm[stack.order, 0]
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-10)


def test_a_dead_unit_gets_no_gradient_and_living_ones_do(seen):
    np.testing.assert_array_equal(seen.gradient_norm[seen.dead], 0)
    assert (seen.gradient_norm[0][~seen.dead[0]] > 0).mean() > 0.9


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if not coasts(name)])
def test_in_the_first_layer_dead_is_for_ever_if_no_step_is_made_without_a_gradient(name):
    rate = {"sgd": 0.5, "adadelta": 10.0}.get(name, 0.05)
    runs = tuple(Run("relu", name, learning_rate=rate, bias=-0.7, seed=seed) for seed in range(12))
    seen = fates(train(Experiment(MOONS, runs, hidden=(16, 16), epochs=40)))
    assert seen.deaths(1).sum() > 10
    assert seen.returns(1).sum() == 0
    assert seen.returns(2).sum() > 0, "where the layer below moves, it is not"


@pytest.mark.parametrize("name", ["momentum", "nag", "adam"])
def test_with_momentum_units_of_the_first_layer_come_back_now_and_then(name):
    rate = 1.0 if name == "adam" else 0.3
    runs = tuple(Run("relu", name, learning_rate=rate, seed=seed) for seed in range(12))
    assert fates(train(Experiment(MOONS, runs, hidden=(16, 16), epochs=40))).returns(1).sum() > 0


@pytest.mark.parametrize("name", [name for name in OPTIMIZERS if coasts(name)])
def test_a_unit_of_the_first_layer_that_is_born_dead_never_comes_back(name):
    """It has no gradient, and no memory of one."""
    runs = tuple(Run("relu", name, learning_rate=0.3, bias=-1.0, seed=seed) for seed in range(12))
    seen = fates(train(Experiment(MOONS, runs, hidden=(16, 16), epochs=40)))
    born = seen.dead[:, 0] & (seen.layers == 1)
    assert born.sum() > 10
    assert not seen.revived.any(axis=1)[born].any()


def test_who_moves_without_a_gradient():
    """By their papers: a velocity or a mean of gradients lives on; a running square alone moves nothing."""
    still = {"sgd", "adagrad", "rmsprop", "adadelta"}
    assert {name for name in OPTIMIZERS if not coasts(name)} == still
    with pytest.raises(ValueError, match="unknown optimizer 'adm'; did you mean 'adam'"):
        coasts("adm")


def test_leaky_relu_cannot_die_and_elu_and_gelu_can():
    """Far below 0, where float32 has nothing left between their slope and 0."""
    runs = tuple(Run(name, "sgd", bias=-1000.0) for name in KIN)
    seen = fates(train(Experiment(MOONS, runs, hidden=(8,), epochs=0)))
    np.testing.assert_array_equal(seen.dead.all(axis=(1, 2)), [True, False, True, True])
    assert not seen.dead[1].any()
    assert not seen.saturated[1].any(), "its slope is as small as can be, and does not go to 0"


def test_a_run_that_was_never_finite_is_no_error():
    history = train(Experiment(MOONS, (Run("relu_squared", bias=1000.0), Run()), hidden=(8,) * 8, epochs=2))
    assert history.diverged_at[0] == 0
    assert fates(history).dead.sum(axis=2).tolist() == history.dead_units.sum(axis=2).tolist()


def test_a_network_without_hidden_layers_has_no_units():
    seen = fates(train(Experiment(MOONS, hidden=(), epochs=2)))
    for item in ("dead", "saturated", "revived", "flat_share", "gradient_norm"):
        assert getattr(seen, item).shape == (1, 3, 0)


def test_no_array_can_be_changed(seen):
    for one in (seen, pickle.loads(pickle.dumps(seen))):
        for item in fields(one):
            with pytest.raises(ValueError, match="read-only"):
                getattr(one, item.name)[...] = 0
