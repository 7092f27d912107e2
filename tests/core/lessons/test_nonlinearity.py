"""The product of a network's matrices, held to the network itself and to a product worked by hand."""

import numpy as np
import pytest
from scipy.stats import binom

from core import DatasetSpec, Experiment, Run, class_probabilities, grid, load, train
from core.lessons.nonlinearity import collapse, luck_of_the_sample, product, scalar_product
from core.nn.network import StackedMLP

CIRCLES = DatasetSpec("circles")


def looked_at(activations: tuple[str, ...], dtype: str = "float32", spec: DatasetSpec = CIRCLES):
    history = train(Experiment(spec, (Run(activations),), hidden=(8,) * len(activations), epochs=20, dtype=dtype))
    window = grid(load(spec), 16)
    return history, window, collapse(history, 0, window)


def test_the_product_of_two_layers_worked_by_hand():
    network = StackedMLP((2, 2, 1), [("identity",)], "float64")
    network.weights[0][...] = [[1, 2, 3], [4, 5, 6]]  # units (n_out) of (n_in weights, bias)
    network.weights[1][...] = [[10, 100, 7]]
    assert product(network).weights[0].tolist() == [[[410, 520, 637]]]


@pytest.mark.parametrize(("dtype", "rounding"), [("float32", 3e-6), ("float64", 1e-14)])
@pytest.mark.parametrize("spec", [CIRCLES, DatasetSpec("spiral", classes=3)])
def test_a_deep_linear_network_is_one_layer_at_every_epoch(spec, dtype, rounding):
    history, window, one_layer = looked_at(("identity",) * 5, dtype, spec)
    data = load(spec)
    assert one_layer.difference.shape == history.epochs.shape
    assert one_layer.difference.max() < rounding
    for index in (0, 3, -1):
        logits = data.X_test @ one_layer.weights[index] + one_layer.biases[index]
        of_network = history.predict(data.X_test, index)[0]
        ratios = np.exp(logits - logits[:, :1])
        np.testing.assert_allclose(of_network, ratios / ratios.sum(axis=1, keepdims=True), atol=1e-5)
        assert one_layer.test_accuracy[index] == pytest.approx(history.test_accuracy[0, index], abs=0.01)
        likeliest = class_probabilities(history, data, window, index)[0].argmax(axis=2)
        assert (one_layer.class_maps.likeliest[0, index] == likeliest).mean() > 0.99


def test_with_an_activation_function_between_it_is_another_network():
    _, _, linear = looked_at(("identity",) * 3)
    history, _, bent = looked_at(("identity", "tanh", "identity"))
    assert bent.difference[-1] > 0.3 > linear.difference[-1]
    assert history.test_accuracy[0, -1] > 0.9
    assert bent.test_accuracy[-1] < 0.7, "no line parts a ring from its middle"


def test_an_activation_that_overflows_on_its_way_to_a_right_value_is_no_news():
    """The tests make an error of numpy's warning."""
    run = Run(("identity", "identity", "gelu_tanh"))
    history = train(Experiment(DatasetSpec("moons"), (run,), hidden=(8, 8, 8)))
    one_layer = collapse(history, 0, grid(load(DatasetSpec("moons")), 4))
    assert np.isfinite(one_layer.difference).all()


def test_the_line_is_in_sight_where_both_classes_are():
    history, window, one_layer = looked_at(("identity",) * 6)
    for index, is_in_sight in enumerate(one_layer.is_in_sight):
        likeliest = class_probabilities(history, load(CIRCLES), window, index)[0].argmax(axis=2)
        assert is_in_sight == (len(np.unique(likeliest)) == 2)
    assert one_layer.is_in_sight.any()
    assert not one_layer.is_in_sight.all()


def test_five_times_a_half_is_a_thirtysecond():
    assert scalar_product(0.5, 5) == 1 / 32


@pytest.mark.parametrize(("accuracy", "samples"), [(0.5, 160), (0.9, 400), (0.97, 1000)])
def test_luck_of_the_sample_covers_95_of_100_shares(accuracy, samples):
    """By scipy's binomial distribution: the share of samples whose accuracy is no further off."""
    margin = luck_of_the_sample(accuracy, samples)
    within = binom.cdf(samples * (accuracy + margin), samples, accuracy)
    within -= binom.cdf(samples * (accuracy - margin) - 1e-9, samples, accuracy)
    assert within == pytest.approx(0.95, abs=0.02)
    assert luck_of_the_sample(1.0, samples) == 0
