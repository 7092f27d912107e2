import pickle
from dataclasses import replace

import numpy as np
import pytest

from core import ACTIVATIONS, DatasetSpec, Experiment, History, Run, load, train
from core.lessons.vanishing import back_to_layers, chain, chain_figures, gradient_ratio, slope_bounds
from tests import REFERENCE
from tests.reference.vanishing_cases import EXPERIMENTS

MOONS = DatasetSpec("moons", samples=60)


@pytest.fixture(scope="module")
def recorded() -> dict[str, np.ndarray]:
    """What `reference/record_vanishing.py` recorded."""
    with np.load(REFERENCE / "vanishing.npz") as numbers:
        return dict(numbers)


def with_parameters(experiment: Experiment, *layers: tuple[list, list]) -> History:
    """As if its only run had begun with these weights (n_in, n_out) and biases."""
    start = train(replace(experiment, epochs=0))
    flat = np.concatenate([np.vstack([W, [b]]).T.ravel() for W, b in layers])
    return replace(start, flat_parameters=flat[None, None].astype(experiment.dtype))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_slopes_and_weights_are_those_between_the_gradients_of_pytorch(name, recorded):
    history = train(EXPERIMENTS[name])
    np.testing.assert_allclose(history.flat_parameters, recorded[f"{name}/parameters"], rtol=1e-6, atol=1e-9)
    same = replace(history, flat_parameters=recorded[f"{name}/parameters"])
    followed, (by_sums, by_outputs) = chain(same), np.moveaxis(recorded[f"{name}/norms"], 2, 0)
    assert followed.slopes.shape == (*history.train_loss.shape, len(history.experiment.hidden))
    np.testing.assert_allclose(followed.slopes, (by_sums / by_outputs)[..., :-1], rtol=1e-9)
    np.testing.assert_allclose(followed.weights, by_outputs[..., :-1] / by_sums[..., 1:], rtol=1e-9)
    np.testing.assert_allclose(followed.left, by_sums[..., :-1] / by_sums[..., -1:], rtol=1e-9)
    np.testing.assert_allclose(back_to_layers(followed.slopes * followed.weights), followed.left, rtol=1e-9)


def test_a_chain_of_single_units_at_z_0_by_hand():
    """Every weighted sum is 0, so every slope of sigmoid is 1/4.  The weights are 4 and -8 and, from the last unit to
    the classes, 3 and 1.  Of two classes, the gradient by the one score is minus that by the other: (1, -1) in length
    1.414, which brings 3 - 1 = 2 back."""
    experiment = Experiment(MOONS, (Run("sigmoid"),), hidden=(1, 1, 1))
    layers = ([[0.0], [0.0]], [0.0]), ([[4.0]], [-2.0]), ([[-8.0]], [4.0]), ([[3.0, 1.0]], [0.0, 0.0])
    history = with_parameters(experiment, *layers)
    followed = chain(history)
    np.testing.assert_allclose(followed.slopes, [[[0.25, 0.25, 0.25]]])
    np.testing.assert_allclose(followed.weights, [[[4, 8, np.sqrt(2)]]])
    np.testing.assert_allclose(back_to_layers(followed.slopes), [[[1 / 64, 1 / 16, 1 / 4]]])
    (row,) = chain_figures(history, followed).itertuples()
    assert row.bound == row.slopes == 1 / 64
    assert row.weights == pytest.approx(32 * np.sqrt(2))
    assert row.left == pytest.approx(np.sqrt(2) / 2)


def test_slopes_of_relu_are_the_root_of_the_share_that_passes():
    """One hidden unit that is on for the samples whose first feature is above 0.  With equal logits all around, each
    sample sends the same gradient back."""
    experiment = Experiment(MOONS, (Run("relu"),), hidden=(1,))
    history = with_parameters(experiment, ([[1e-30], [0.0]], [0.0]), ([[1.0, -1.0]], [0.0, 0.0]))
    share = (load(MOONS).X_train[:, 0] > 0).mean()
    assert 0.3 < share < 0.7
    np.testing.assert_allclose(chain(history).slopes, [[[np.sqrt(share)]]])


def test_no_slopes_are_above_the_activations_greatest():
    """All activations, with initial weights from small to large."""
    for initializer in ("small_normal", "lecun_normal", "he_normal"):
        runs = tuple(Run(name, initializer=initializer, bias=0.3) for name in ACTIVATIONS)
        history = train(Experiment(MOONS, runs, hidden=(5, 5, 5), epochs=2))
        greatest = np.array([ACTIVATIONS[run.activation].greatest_slope for run in runs])[:, None, None]
        slopes = chain(history).slopes
        followed = slopes[~np.isnan(slopes).any(axis=(1, 2))]
        assert len(followed) >= len(runs) - 4, "all but step and what is flat around 0 are followed to the inputs"
        assert not (slopes > greatest * (1 + 1e-6)).any()
        assert not (back_to_layers(slopes) > slope_bounds(history.experiment)[:, None] * (1 + 1e-6)).any()


def test_bounds_by_hand():
    """Each layer's own slope is in its bound.  SELU's greatest slope is 1.0507 * 1.6733 = 1.7581."""
    runs = Run("sigmoid"), Run("relu"), Run("selu"), Run(("tanh", "sigmoid", "relu_squared"))
    bounds = slope_bounds(Experiment(MOONS, runs, hidden=(4, 4, 4)))
    expected = [[1 / 64, 1 / 16, 1 / 4], [1, 1, 1], [1.7581**3, 1.7581**2, 1.7581], [np.inf] * 3]
    np.testing.assert_allclose(bounds, expected, rtol=1e-4)
    steps = slope_bounds(Experiment(MOONS, (Run(("step", "relu_squared")),), hidden=(4, 4)))
    assert steps.tolist() == [[0, np.inf]]


def test_more_layers_of_sigmoid_leave_less_and_he_weights_hold_relu():
    """What the page says, over ten seeds: relu's slopes alone would leave a hundredth behind ten layers, and its
    weights make up for it, so long as they are He's."""
    seeds = range(10)
    left = {}
    for name, initializer in (
        ("sigmoid", "xavier_normal"),
        ("sigmoid", "auto"),
        ("relu", "auto"),
        ("relu", "lecun_normal"),
    ):
        runs = tuple(Run(name, initializer=initializer, seed=seed) for seed in seeds)
        history = train(Experiment(MOONS, runs, hidden=(16,) * 10, epochs=0))
        followed = chain(history)
        left[name, initializer] = np.median(chain_figures(history, followed).left)
        if name == "relu":
            assert np.median(followed.slopes.prod(axis=2)) < 0.1
    assert left["sigmoid", "xavier_normal"] < 1e-5 < 1e-3 < left["sigmoid", "auto"] < 0.1
    assert left["relu", "auto"] > 0.1 > left["relu", "lecun_normal"]


def test_nothing_gets_through_a_dead_layer():
    """The second of three is dead: what arrives there is multiplied by 0, and below there is nothing to multiply."""
    dead = with_dead_layer(Experiment(MOONS, (Run(("tanh", "relu", "tanh")),), hidden=(4, 4, 4), epochs=0), layer=1)
    followed = chain(dead)
    (slopes,), (weights,), (left,) = followed.slopes[0], followed.weights[0], followed.left[0]
    assert np.isnan(slopes).tolist() == np.isnan(weights).tolist() == [True, False, False]
    assert slopes[1] == 0 < slopes[2]
    assert left[:2].tolist() == [0, 0]
    (row,) = chain_figures(dead, followed).itertuples()
    assert row.slopes == row.left == 0
    assert np.isnan(row.weights)


def with_dead_layer(experiment: Experiment, layer: int) -> History:
    """Whose units have a bias of -100."""
    history = train(experiment)
    copy = replace(history, flat_parameters=history.flat_parameters.copy())
    copy.flat_parameters.flags.writeable = True
    copy.parameters(0)[layer][1][...] = -100
    return copy


def test_weights_of_0_let_nothing_through_and_slopes_have_nothing_to_multiply():
    run = Run("tanh", initializer="zeros")
    history = train(Experiment(DatasetSpec("iris"), (run,), hidden=(4, 4), epochs=0))
    (row,) = chain_figures(history, chain(history)).itertuples()
    assert row.weights == row.left == 0
    assert np.isnan(row.slopes)


def test_what_is_too_small_for_float32_is_still_followed():
    """Behind twenty layers of two units with weights near 0.01, less than 1e-45 is left."""
    run = Run("sigmoid", initializer="small_normal")
    history = train(Experiment(MOONS, (run,), hidden=(2,) * 20, epochs=0))
    (row,) = chain_figures(history, chain(history)).itertuples()
    assert 0 < row.left < 1e-45
    assert row.slopes == pytest.approx(0.25**20, rel=1e-3)
    assert row.gradient_ratio == 0


def test_every_recorded_epoch_is_followed_by_itself():
    experiment = Experiment(MOONS, (Run("tanh"), Run("relu", "sgd")), hidden=(6, 5), epochs=20)
    followed = chain(train(experiment))
    for place, epochs in ((0, 0), (8, 8), (-1, 20)):
        alone = chain(train(replace(experiment, epochs=epochs)))
        np.testing.assert_allclose(alone.slopes[:, -1], followed.slopes[:, place])
        np.testing.assert_allclose(alone.weights[:, -1], followed.weights[:, place])
    assert not np.allclose(followed.slopes[:, 0], followed.slopes[:, -1])


def test_parts_give_what_one_part_gives(monkeypatch):
    history = train(Experiment(MOONS, (Run("gelu"), Run("tanh")), hidden=(5, 4), epochs=3))
    whole = chain(history)
    monkeypatch.setattr("core.nn.network.PART_VALUES", 1)
    in_parts = chain(history)
    np.testing.assert_allclose(in_parts.slopes, whole.slopes)
    np.testing.assert_allclose(in_parts.weights, whole.weights)


def test_the_gradients_ratio_is_that_of_the_first_layer_to_the_output_layer():
    history = train(Experiment(MOONS, tuple(map(Run, ("relu", "tanh", "elu"))), epochs=0))
    norms = np.array([[[3.0, 1.0, 6.0]], [[2.0, 1.0, 0.0]], [[np.inf, 1.0, np.inf]]])
    ratio = gradient_ratio(replace(history, gradient_norm=norms))
    np.testing.assert_array_equal(ratio, [[0.5], [np.nan], [np.nan]])


def test_figures_are_of_the_epoch_asked_for_and_the_accuracy_of_the_last():
    history = train(Experiment(MOONS, (Run("sigmoid"), Run("relu")), hidden=(6, 6), epochs=10))
    followed = chain(history)
    for index in (0, -1):
        table = chain_figures(history, followed, index)
        assert table.network.tolist() == ["sigmoid", "relu"]
        np.testing.assert_allclose(table.slopes, np.multiply(*np.moveaxis(followed.slopes[:, index], 1, 0)))
        np.testing.assert_allclose(table.left, table.slopes * table.weights)
        np.testing.assert_array_equal(table.left, followed.left[:, index, 0])
        np.testing.assert_array_equal(table.gradient_ratio, gradient_ratio(history)[:, index])
        np.testing.assert_array_equal(table.test_accuracy, history.test_accuracy[:, -1])
        assert table.bound.tolist() == [1 / 16, 1]


def test_a_network_that_was_never_finite_has_no_figures_and_leaves_the_others_theirs():
    runs = Run("relu_squared", bias=1000.0), Run("tanh")
    history = train(Experiment(MOONS, runs, hidden=(8,) * 8, epochs=2))
    followed = chain(history)
    assert np.isnan(followed.left[0, :, 0]).all()
    assert chain_figures(history, followed).test_accuracy.isna().tolist() == [True, False]
    alone = chain(history.select([1]))
    np.testing.assert_allclose(followed.slopes[1], alone.slopes[0])


def test_one_hidden_layer_and_none():
    one = chain(train(Experiment(MOONS, hidden=(4,), epochs=1)))
    assert one.slopes.shape == one.weights.shape == (1, 2, 1)
    none = chain(train(Experiment(MOONS, (Run(), Run("tanh")), hidden=(), epochs=1)))
    assert none.slopes.shape == none.weights.shape == (2, 2, 0)


def test_it_is_read_only_out_of_a_pickle_too():
    followed = chain(train(Experiment(MOONS, epochs=0)))
    for each in (followed, pickle.loads(pickle.dumps(followed))):
        with pytest.raises(ValueError, match="read-only"):
            each.slopes[0] = 1
