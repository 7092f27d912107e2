import numpy as np
import pytest

from core import ACTIVATIONS, DatasetSpec, Experiment, Run, Training, train
from core.nn.network import layer_starts
from core.train.diagnostics import Census, layer_norms, saturation_thresholds, unit_figures
from core.train.recorder import Recorder
from core.train.stack import Stack
from tests.numeric import numeric_gradient

MOONS = DatasetSpec("moons", samples=100)


def figures_of(outputs: list[np.ndarray], slopes: list[np.ndarray], threshold: float | np.ndarray) -> dict:
    """Of one layer, whose samples come in parts."""
    runs, units = outputs[0].shape[:2]
    threshold = np.broadcast_to(threshold, (runs, 1, 1))
    return figures_of_layers([[values] for values in outputs], [[part] for part in slopes], (units,), [threshold])


def figures_of_layers(outputs: list[list], slopes: list[list], hidden: tuple, thresholds: list[np.ndarray]) -> dict:
    """`outputs` and `slopes` hold a list for each part of the samples, with one array for each layer."""
    census, samples = Census(len(outputs[0][0]), hidden, thresholds), 0
    for values, their_slopes in zip(outputs, slopes):
        with np.errstate(all="ignore"):  # as in training: an overflow is noticed, and computed anew
            census.add(values, their_slopes, [np.empty_like(a) for a in values])
        samples += values[0].shape[2]
    return unit_figures(census.alive, census.flat, census.total, census.squares, samples, hidden)


def test_a_bias_of_minus_100_kills_every_relu_and_no_leaky_one():
    runs = (Run("relu", bias=-100.0), Run("leaky_relu", bias=-100.0))
    history = train(Experiment(MOONS, runs, hidden=(8,), epochs=5))
    assert (history.dead_units[0] == 8).all()
    assert (history.dead_units[1] == 0).all()
    np.testing.assert_array_equal(history.gradient_norm[0, :, 0], 0)


def test_a_unit_that_revives_is_alive_again():
    """One hidden unit over one that decides its fate: the first layer's output is what moves."""
    training = Training(Experiment(MOONS, (Run("relu"),), hidden=(4, 1), epochs=2))
    weights = training.stack.network.weights
    weights[1][0, 0, :] = [-1, -1, -1, -1, 0]  # negative for whatever the layer below lets through
    training.advance()
    assert training.history().dead_units[0, -1, 1] == 1
    weights[1][0, 0, -1] = 100
    training.advance()
    np.testing.assert_array_equal(training.history().dead_units[0, :, 1][-2:], [1, 0])


def test_a_dead_unit_revives_by_training_alone():
    """The second layer is dead at some recorded epoch and alive at a later one, moved by training only."""
    runs = tuple(Run(("tanh", "relu"), "sgd", learning_rate=0.5, seed=seed) for seed in range(40))
    dead = train(Experiment(MOONS, runs, hidden=(4, 6), epochs=30)).dead_units[:, :, 1]
    assert (np.diff(dead, axis=1) < 0).any()


def test_counts_by_hand():
    """Three units, four samples: never a slope; a slope once; small slopes but for one sample in four."""
    slopes = np.array([[[0, 0, 0, 0], [0, 0, 0, 1], [0.01, 0.04, -0.04, 0.06]]])
    outputs = np.array([[[1.0, 1, 1, 1], [2, 2, 2, 2], [3, 3, 3, 3]]])
    seen = figures_of([outputs[:, :, :2], outputs[:, :, 2:]], [slopes[:, :, :2], slopes[:, :, 2:]], 0.05)
    assert seen["dead_units"] == [[1]]
    assert seen["saturated_units"] == [[1]]  # 3 of 4 samples are less than 95 %
    assert seen["activation_mean"] == [[2]]
    assert seen["activation_std"] == pytest.approx(np.array([[np.sqrt(2 / 3)]]))


def test_saturated_by_hand():
    """A sigmoid at z = 5 has slope 0.0066, below 5 % of 0.25; at z = 4 it has 0.0177, above."""
    threshold = saturation_thresholds([("sigmoid",)], 0, np.dtype(float))
    sigmoid = ACTIVATIONS["sigmoid"]
    for z, saturated in ((5.0, 1), (4.0, 0)):
        points = np.full((1, 1, 10), z)
        seen = figures_of([sigmoid.value(points)], [sigmoid.slope(points)], threshold)
        assert seen["saturated_units"] == [[saturated]]
        assert seen["dead_units"] == [[0]]


def test_95_percent_of_the_samples_saturate_and_94_do_not():
    for flat, saturated in ((95, 1), (94, 0)):
        slopes = np.where(np.arange(100) < flat, 0.01, 1.0)[None, None]
        assert figures_of([slopes], [slopes], 0.05)["saturated_units"] == [[saturated]]


def test_a_dead_unit_is_saturated_too_even_where_no_slope_is_great():
    """The step's greatest slope is 0, and nothing is below 5 % of that."""
    history = train(Experiment(MOONS, (Run("step"),), hidden=(6,), epochs=0))
    assert history.dead_units[0, 0, 0] == history.saturated_units[0, 0, 0] == 6


def test_where_slopes_have_no_end_they_are_compared_with_that_of_a_usual_sum():
    """That of relu_squared is 2 z: 2 at z = 1, of which 5 % is at z = 0.05."""
    z = np.array([[[-1, -1], [0.04, 0.04], [0.06, 0.06], [0.04, 3]]], np.float32)
    threshold = saturation_thresholds([("relu_squared",)], 0, z.dtype)
    seen = figures_of([z], [ACTIVATIONS["relu_squared"].slope(z)], threshold)
    assert (seen["dead_units"], seen["saturated_units"]) == ([[1]], [[2]])


def test_a_slope_that_stays_as_it_is_however_far_out_does_not_saturate():
    history = train(
        Experiment(MOONS, (Run("leaky_relu", bias=-100.0), Run("tanh", bias=-100.0)), hidden=(8,), epochs=0)
    )
    assert history.saturated_units[:, 0, 0].tolist() == [0, 8]


def test_a_tanh_that_pytorch_would_call_dead_in_float32_is_saturated():
    """Between 10 and 11, 1 - tanh(z)^2 is 0 in float32, and the slope is about 4 e^(-2 z), 1e-9."""
    z = np.linspace(10, 11, 20, dtype=np.float32)[None, None]
    assert not (1 - np.tanh(z) ** 2).any()
    history = train(Experiment(MOONS, (Run("tanh", initializer="zeros", bias=10.5),), hidden=(8,), epochs=0))
    assert history.dead_units[0, 0, 0] == 0
    assert history.saturated_units[0, 0, 0] == 8


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e25])
def test_mean_and_deviation_hold_far_from_0_and_for_huge_values(scale):
    """Float32 outputs of two layers, in two parts, whose spread is a thousandth of their mean: numpy's float64 says."""
    rng = np.random.default_rng(0)
    layers = [(scale * (1 + 1e-3 * rng.standard_normal((2, units, 300)))).astype(np.float32) for units in (3, 5)]
    parts = [[layer[:, :, part] for layer in layers] for part in (slice(200), slice(200, 300))]
    seen = figures_of_layers(parts, parts, (3, 5), [np.zeros((2, 1, 1), np.float32)] * 2)
    wide = [layer.astype(float) for layer in layers]
    np.testing.assert_allclose(seen["activation_mean"], np.column_stack([a.mean(axis=(1, 2)) for a in wide]), rtol=1e-7)
    np.testing.assert_allclose(seen["activation_std"], np.column_stack([a.std(axis=(1, 2)) for a in wide]), rtol=1e-4)


def test_layers_are_counted_apart():
    outputs = [np.zeros((1, 1, 4)), np.ones((1, 2, 4)), np.zeros((1, 3, 4))]
    slopes = [np.zeros((1, 1, 4)), np.ones((1, 2, 4)), np.zeros((1, 3, 4))]
    seen = figures_of_layers([outputs], [slopes], (1, 2, 3), [np.full((1, 1, 1), 0.05)] * 3)
    np.testing.assert_array_equal(seen["dead_units"], [[1, 0, 3]])
    np.testing.assert_array_equal(seen["activation_mean"], [[0, 1, 0]])


def test_gradient_norm_is_that_of_the_whole_training_part():
    experiment = Experiment(MOONS, (Run("tanh"), Run("gelu")), hidden=(3, 2), epochs=0, dtype="float64")
    stack = Stack(experiment)
    recorder = Recorder(stack)
    numeric = numeric_gradient(lambda: recorder.measure().train_loss.sum(), stack.network.parameters)
    expected = layer_norms(numeric, layer_starts(experiment.sizes))
    np.testing.assert_allclose(recorder.measure().gradient_norm, expected, rtol=1e-6)
    assert stack.train.number == 60


def test_layer_norms_by_hand():
    """A layer of one weight and bias, and one of two outputs with a weight and bias each."""
    np.testing.assert_allclose(layer_norms(np.array([[3.0, 4, 0, 2, 1, 2]]), layer_starts((1, 1, 2))), [[5, 3]])


def test_parts_give_what_one_part_gives(monkeypatch):
    experiment = Experiment(MOONS, (Run("relu"), Run("tanh")), epochs=3, dtype="float64")
    whole = train(experiment)
    monkeypatch.setattr("core.nn.network.PART_VALUES", 1)
    in_parts = train(experiment)
    for name in ("train_loss", "dead_units", "saturated_units", "activation_mean", "activation_std", "gradient_norm"):
        np.testing.assert_allclose(getattr(in_parts, name), getattr(whole, name), rtol=1e-9, atol=1e-12, err_msg=name)
