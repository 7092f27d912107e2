from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import rosen_der

from core.nn.optimizers import OPTIMIZERS, Optimizer
from tests.by_sign import BY_SIGN
from tests.reference.cases import OPTIMIZERS_IN_TORCH, VALLEY_RATES, VALLEY_START


def walk(name: str, dtype: str, starts: list[tuple[float, float]]) -> np.ndarray:
    """(step, run, 2): where 50 steps down Rosenbrock's valley lead."""
    optimizer = OPTIMIZERS[name]
    p = np.array(starts, dtype)
    rates = np.full((len(p), 1), VALLEY_RATES[name], dtype)
    state, path = optimizer.init(p), []
    for t in range(1, 51):
        gradient = np.array([rosen_der(row) for row in p], dtype)
        optimizer.step(p, gradient, state, rates, t)
        path.append(p.copy())
    return np.array(path)


@pytest.mark.parametrize(("dtype", "tolerance"), [("float64", 1e-10), ("float32", 1e-5)])
@pytest.mark.parametrize("name", OPTIMIZERS_IN_TORCH)
def test_first_50_steps_are_pytorchs(name, dtype, tolerance, torch_numbers):
    path = walk(name, dtype, [VALLEY_START])[:, 0]
    assert path.dtype == dtype
    scale = np.abs(path).max()
    expected = torch_numbers[f"optimizer/{name}/{dtype}"]
    np.testing.assert_allclose(path, expected, rtol=tolerance, atol=tolerance * scale)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_neighbour_in_the_stack_changes_nothing(name):
    alone = walk(name, "float64", [VALLEY_START])[:, 0]
    together = walk(name, "float64", [(0.5, -1.0), VALLEY_START])
    np.testing.assert_allclose(together[:, 1], alone, rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_learning_rate_zero_does_not_move(name):
    p = np.array([[1.0, -2.0]])
    optimizer = OPTIMIZERS[name]
    optimizer.step(p, np.array([[3.0, 4.0]]), optimizer.init(p), np.zeros((1, 1)), 1)
    np.testing.assert_array_equal(p, [[1.0, -2.0]])


def test_adams_first_step_by_hand():
    """m_hat / sqrt(v_hat) = g / |g| = 1, so the first step is the learning rate, whatever the gradient's size."""
    p = np.array([[1.0, 1.0]])
    adam = OPTIMIZERS["adam"]
    adam.step(p, np.array([[1000.0, -0.001]]), adam.init(p), np.array([[0.1]]), 1)
    np.testing.assert_allclose(p, [[0.9, 1.1]], rtol=1e-5)


def check_sizes(optimizer: Optimizer) -> None:
    """How its steps depend on the size of gradients is what its record says: the pages tell people."""

    def moved(gradient: float) -> float:
        p, g = np.zeros((1, 1)), np.full((1, 1), gradient)
        state = optimizer.init(p)
        for t in range(1, 21):
            optimizer.step(p, g, state, np.array(0.1), t)
        return abs(p.item())

    if optimizer.family == "sign only":
        assert not optimizer.least_divisor
        assert moved(1e-20) == pytest.approx(moved(1.0)), f"the steps of {optimizer.name} depend on the gradient's size"
    elif optimizer.least_divisor:
        below, above, far_above = (moved(optimizer.least_divisor * times) for times in (1e-3, 1e3, 1e4))
        assert below < 0.01 * above
        assert far_above == pytest.approx(above, rel=0.05)
    else:
        why = "not in proportion to the gradient: see `family` and `least_divisor` in docs/adding.md"
        assert moved(1e-3) == pytest.approx(1e-3 * moved(1.0)), f"the steps of {optimizer.name} are {why}"


@pytest.mark.parametrize("optimizer", [*OPTIMIZERS.values(), BY_SIGN], ids=lambda record: record.name)
def test_steps_are_full_above_the_least_divisor_and_small_far_below_it(optimizer):
    check_sizes(optimizer)


@pytest.mark.parametrize(
    ("optimizer", "family"), [(BY_SIGN, "both"), (OPTIMIZERS["sgd"], "sign only"), (OPTIMIZERS["adam"], "sign only")]
)
def test_a_record_that_says_otherwise_is_found(optimizer, family):
    with pytest.raises(AssertionError):
        check_sizes(replace(optimizer, family=family))
    with pytest.raises(AssertionError, match=r"docs/adding\.md"):
        check_sizes(replace(BY_SIGN, family="both"))
