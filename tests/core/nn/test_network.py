from collections.abc import Sequence

import numpy as np
import pytest

from core.nn.activations import ACTIVATIONS
from core.nn.dropout import Dropout
from core.nn.losses import LOSSES
from core.nn.network import StackedMLP, layer_views, one_hot, parameter_count, with_ones
from tests.numeric import numeric_gradient

RNG = np.random.default_rng(1)
X = RNG.standard_normal((9, 3))
Y = RNG.integers(0, 3, 9)
INPUTS, TARGETS = with_ones(X, np.dtype(float)), one_hot(Y, 3, np.dtype(float))


def network(hidden: tuple[int, ...], activations: list[tuple[str, ...]], dtype: str = "float64") -> StackedMLP:
    made = StackedMLP((3, *hidden, 3), activations, dtype)
    made.parameters[...] = np.random.default_rng(7).standard_normal(made.parameters.shape) * 0.8
    return made


def plain_forward(made: StackedMLP, run: int) -> np.ndarray:
    """The textbook's network, sample by sample: (n, classes) logits of one run."""
    a = X
    for layer, view in enumerate(layer_views(made.parameters, made.sizes)):
        W, b = view[run, :, :-1].T, view[run, :, -1]
        a = a @ W + b
        if layer < len(made.sizes) - 2:
            a = ACTIVATIONS[made.activations[run][layer]].value(a)
    return a


@pytest.mark.parametrize("hidden", [(), (4,), (4, 5), (3, 4, 2, 5)])
def test_forward_is_the_textbooks(hidden):
    names = ["relu", "tanh", "mish", "tanh"]
    made = network(hidden, [tuple(names[: len(hidden)]), tuple(reversed(names))[: len(hidden)]])
    logits = made.forward(INPUTS).logits
    for run in range(2):
        np.testing.assert_allclose(logits[:, run].T, plain_forward(made, run), rtol=1e-12, atol=1e-13)


def check_gradient(made: StackedMLP, loss: str, masks: Sequence[np.ndarray] = ()) -> None:
    def total() -> float:
        return LOSSES[loss].per_sample(made.forward(INPUTS, masks=masks).logits, TARGETS).mean(axis=1).sum()

    numeric = numeric_gradient(total, made.parameters)
    made.forward(INPUTS, masks=masks)
    made.backward(INPUTS, TARGETS, LOSSES[loss], masks)
    np.testing.assert_allclose(made.gradient, numeric, rtol=2e-6, atol=1e-8)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("depth", range(5))
def test_gradient_is_the_central_difference_at_every_depth(depth, loss):
    check_gradient(network((4, 3, 5, 3)[:depth], [("tanh",) * depth, ("gelu",) * depth]), loss)


@pytest.mark.parametrize("rates", [(0.3, 0.3), (0.6, 0.0)])
def test_gradient_is_the_central_difference_behind_the_masks_of_dropout(rates):
    dropout = Dropout(rates, (1, 1), (4, 3, 5), "float64")
    dropout.begin(0)
    masks = dropout.masks(len(X))
    assert all((mask == 0).any() for mask in masks)
    check_gradient(network((4, 3, 5), [("tanh", "gelu", "identity")] * 2), "cross_entropy", masks)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_gradient_is_the_central_difference_for_every_activation(name):
    """The weights are such that no weighted sum lies within a difference's step of a kink."""
    check_gradient(network((4, 3), [(name, name), (name, "tanh")]), "cross_entropy")


def test_parameter_count_by_hand():
    assert parameter_count((2, 8, 8, 2)) == (2 * 8 + 8) + (8 * 8 + 8) + (8 * 2 + 2)


def test_layer_views_share_the_flat_arrays_memory():
    flat = np.arange(2 * 17.0).reshape(2, 17)
    views = layer_views(flat, (2, 3, 2))
    assert [view.shape for view in views] == [(2, 3, 3), (2, 2, 4)]
    assert all(np.shares_memory(view, flat) for view in views)


def test_batches_of_different_sizes_do_not_disturb_each_other():
    made = network((4,), [("relu",)])
    logits = made.forward(INPUTS).logits.copy()
    made.forward(INPUTS[:, :4])
    np.testing.assert_array_equal(made.forward(INPUTS).logits, logits)


def test_float32_stays_float32():
    made = network((4, 4), [("gelu", "mish")], "float32")
    inputs, targets = with_ones(X, made.dtype), one_hot(Y, 3, made.dtype)
    assert made.forward(inputs).logits.dtype == np.float32
    made.backward(inputs, targets, LOSSES["mse"])
    assert made.gradient.dtype == np.float32


def test_what_is_all_but_certain_has_no_gradient_and_what_is_not_a_number_stays_so():
    network = StackedMLP((1, 2), [()] * 3)
    network.parameters[:] = [[-40, 0, 40, 0], [-5, 0, 5, 0], [np.nan, 0, 1, 0]]  # weight, bias of each output
    inputs, targets = np.array([[1.0], [1.0]], "float32"), np.array([[0.0], [1.0]], "float32")
    network.forward(inputs)
    network.backward(inputs, targets, LOSSES["cross_entropy"])
    certain, almost, broken = network.gradient
    assert not certain.any(), "e^-80 is no subnormal number yet, but its square is below them"
    assert almost.all()
    assert np.isnan(broken).all()
