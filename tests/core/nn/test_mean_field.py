"""What theory says of wide networks, held to networks that are drawn, and to quadrature by scipy."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from core.nn.activations import ACTIVATIONS
from core.nn.initializers import draw, suiting
from core.nn.mean_field import LAYERS, _followed, _mean_square, gain, not_kept


def drawn(activation: str, variance: float, layers: int, width: int = 200, networks: int = 4) -> np.ndarray:
    """(2, layers) as `_followed` has it, of networks that are drawn, from weighted sums of variance 1 on."""
    record, rng = ACTIVATIONS[activation], np.random.default_rng(0)
    signals, gradients = np.zeros((2, networks, layers))
    for network in range(networks):
        weights = rng.standard_normal((layers, width, width)) * np.sqrt(variance / width)
        z, slopes = rng.standard_normal((40, width)), []
        for layer, W in enumerate(weights):
            slopes.append(record.slope(z))
            z = record.value(z) @ W
            signals[network, layer] = np.mean(z**2)
        delta, start = rng.standard_normal(z.shape), []
        for W, slope in zip(weights[::-1], slopes[::-1]):
            delta = delta @ W.T * slope
            start.append(np.mean(delta**2))
        gradients[network] = start
    return np.stack([signals.mean(axis=0), gradients.mean(axis=0)])


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_means_are_those_of_adaptive_quadrature(name):
    """Within 2 %: a jump lies between two of the numbers."""
    corners = [-6, -3, -1, -0.5, 0, 0.5, 1, 3, 6]
    for function in (ACTIVATIONS[name].value, ACTIVATIONS[name].slope):
        for q in (0.5, 1.0, 4.0):
            scale = np.sqrt(q)
            expected, _ = quad(
                lambda z: float(function(np.array([z]))[0]) ** 2 * norm.pdf(z, scale=scale),  # noqa: B023
                -9 * scale, 9 * scale, points=corners, limit=200,
            )  # fmt: skip
            assert _mean_square(function, q) == pytest.approx(expected, rel=0.02, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu", "selu", "softplus", "gelu", "gaussian"])
def test_wide_networks_do_what_the_theory_says(name):
    """Signals exactly so; gradients go back through slopes of units in the order that `_followed` takes them."""
    variance = gain(name).variance
    signals, _ = drawn(name, variance, LAYERS)
    expected, shares = _followed(ACTIVATIONS[name], variance, 1.0, LAYERS)
    np.testing.assert_allclose(signals, expected, rtol=0.25)
    for layers in (1, LAYERS):
        _, gradients = drawn(name, variance, layers)
        assert gradients[-1] == pytest.approx(shares[layers - 1], rel=0.25)


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "selu", "softplus"])
def test_neither_half_nor_twice_the_variance_keeps_signals_and_gradients_of_drawn_networks_better(name):
    def misfit(variance: float) -> float:
        through = [drawn(name, variance, layers, width=100)[:, -1] for layers in range(1, LAYERS + 1)]
        return np.square(np.log(through)).sum()

    best = gain(name).variance
    assert misfit(best) < min(misfit(best / 2), misfit(best * 2))


def test_the_fields_own_numbers_come_out_of_it():
    assert gain("relu").variance == gain("relu6").variance == 2, "He et al. 2015"
    assert gain("identity").variance == 1
    assert gain("selu").variance == pytest.approx(1, rel=0.06), "Klambauer et al. 2017"
    assert gain("tanh").variance ** 0.5 == pytest.approx(5 / 3, rel=0.15), "torch.nn.init.calculate_gain"
    assert gain("sigmoid").variance ** 0.5 == pytest.approx(4, rel=0.4), "Theano's tutorials"
    assert gain("step").variance == pytest.approx(2), "E[f^2] is a half, and there is no gradient"
    for seed in range(3):
        np.testing.assert_allclose(
            draw(suiting("relu"), seed, 1, 16, 16), draw("he_normal", seed, 1, 16, 16), rtol=1e-12
        )


def test_a_function_turned_upside_down_needs_the_same():
    """logsigmoid(z) is -softplus(-z)."""
    assert gain("logsigmoid").variance == pytest.approx(gain("softplus").variance, rel=1e-3)


def test_those_that_the_tooltip_names_cannot_and_the_usual_ones_can():
    found = not_kept()
    assert {"step", "relu_squared", "tanhshrink", "sigmoid", "hardsigmoid"} <= set(found)
    assert not {"identity", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "mish"} & set(found)
    assert drawn("sigmoid", gain("sigmoid").variance, 10)[1][-1] < 0.01, "of the variance"
    assert drawn("tanh", gain("tanh").variance, 10)[1][-1] > 0.3
