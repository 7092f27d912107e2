import numpy as np
import pytest
from scipy.special import ndtr

from core.nn.activations import ACTIVATIONS
from core.nn.kernels import FUSED, bind
from core.nn.kernels.smooth import normal_distribution
from tests.formulas import evaluate
from tests.numeric import central_difference
from tests.reference.cases import ACTIVATIONS_IN_TORCH, KINKS, POINTS

NAMES = list(ACTIVATIONS)
TOLERANCE = {"float64": {"rtol": 1e-10, "atol": 1e-13}, "float32": {"rtol": 1e-5, "atol": 2e-6}}


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_value_and_slope_are_pytorchs_kinks_included(name, dtype, torch_numbers):
    z = POINTS.astype(dtype)
    value, slope = torch_numbers[f"activation/{name}/{dtype}"]
    record = ACTIVATIONS[name]
    # tanhshrink and the like lose digits where they subtract; so does PyTorch, hence the small absolute tolerance
    np.testing.assert_allclose(record.value(z), value, **TOLERANCE[dtype])
    np.testing.assert_allclose(record.slope(z), slope, **TOLERANCE[dtype])


@pytest.mark.parametrize("name", NAMES)
def test_slope_is_the_central_difference_of_value(name):
    z = np.linspace(-8, 8, 401) + 0.0123  # no kink of anybody's has such a place, or is as near as a difference reaches
    record = ACTIVATIONS[name]
    np.testing.assert_allclose(record.slope(z), central_difference(record.value, z, 1e-4), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_both_formulas_are_those_of_value_and_slope_kinks_included(name):
    z, record = np.linspace(-8, 8, 321), ACTIVATIONS[name]
    # selu's constants are written with five digits
    np.testing.assert_allclose(evaluate(record.formula, z), record.value(z), rtol=5e-5, atol=1e-9)
    np.testing.assert_allclose(evaluate(record.slope_formula, z), record.slope(z), rtol=5e-5, atol=1e-9)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_keeps_dtype_shape_and_nan_and_does_not_overflow(name, dtype):
    z = np.array([[-1e4, -100, -1, 0], [1, 100, 1e4, np.nan]], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        for result in (ACTIVATIONS[name].value(z), ACTIVATIONS[name].slope(z)):
            assert result.dtype == z.dtype
            assert result.shape == z.shape
            assert np.isnan(result[1, 3])
            assert np.isfinite(result.ravel()[:-1]).all()


def lost_far_out(slope) -> float:
    """The largest share of a slope that float32 gets wrong where |z| is 5 to 10,000.  Slopes below 1e-30, near the
    least number of float32, do not count."""
    z = np.geomspace(5, 1e4, 500, dtype="float32")
    z = np.concatenate([-z, z])
    exact = slope(z.astype(float))
    counts = np.abs(exact) > 1e-30
    return float(np.abs(slope(z) / np.where(counts, exact, 1) - 1).max(initial=0, where=counts))


@pytest.mark.parametrize("name", NAMES)
def test_slopes_keep_their_digits_far_out(name):
    """Those that are there lose 1e-5 at most."""
    why = "else units count as dead that are not: see `slope` in docs/adding.md"
    assert lost_far_out(ACTIVATIONS[name].slope) < 1e-3, why


def test_a_slope_that_loses_its_digits_far_out_is_found():
    assert lost_far_out(lambda z: 1 - np.tanh(z) ** 2) > 0.5
    assert lost_far_out(lambda z: (1 + z / np.sqrt(z * z + 4)) / 2) > 0.5


@pytest.mark.parametrize("name", NAMES)
def test_value_does_not_change_its_input(name):
    z = np.linspace(-3, 3, 7)
    before = z.copy()
    ACTIVATIONS[name].value(z)[...] = 0
    ACTIVATIONS[name].slope(z)[...] = 0
    np.testing.assert_array_equal(z, before)


@pytest.mark.parametrize("name", NAMES)
def test_range_is_the_one_its_values_have(name):
    low, high = ACTIVATIONS[name].range
    values = ACTIVATIONS[name].value(np.linspace(-30, 30, 600_001))
    far = ACTIVATIONS[name].value(np.array([-1e4, 1e4]))
    least, greatest = min(values.min(), far.min()), max(values.max(), far.max())
    assert least < -20 if low == -np.inf else least == pytest.approx(low, abs=2e-4)
    assert greatest > 20 if high == np.inf else greatest == pytest.approx(high, abs=2e-4)


@pytest.mark.parametrize(
    ("name", "greatest"),
    [("sigmoid", 0.25), ("tanh", 1), ("relu", 1), ("step", 0), ("selu", 1.0507009873554805 * 1.6732632423543772),
     ("gaussian", np.sqrt(2 / np.e)), ("tanhshrink", 1), ("relu_squared", np.inf), ("identity", 1)],
)  # fmt: skip
def test_greatest_slope(name, greatest):
    assert ACTIVATIONS[name].greatest_slope == pytest.approx(greatest, rel=1e-6)


@pytest.mark.parametrize("name", ["identity", "step", "leaky_relu", "sigmoid", "relu", "sin", "relu_squared"])
def test_what_never_comes_near_slope_0_does_not_saturate(name):
    """The step, whose slope is 0 everywhere, has none to lose."""
    assert ACTIVATIONS[name].saturates == (name not in ("identity", "step", "leaky_relu"))


def run_kernel(name: str, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> None:
    kernel = bind(name, z.copy(), a, s)
    with np.errstate(all="ignore"):  # infinities on the way, which cancel
        kernel.value()
        if kernel.slope:
            kernel.slope()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_kernel_is_the_records_value_and_slope(name, dtype):
    z = np.concatenate([np.linspace(-12, 12, 481), KINKS, [-40, 40]]).astype(dtype)
    a, s = np.empty_like(z), np.empty_like(z)
    run_kernel(name, z, a, s)
    tolerance = {"float64": 1e-13, "float32": 2e-6}[dtype]
    np.testing.assert_allclose(a, ACTIVATIONS[name].value(z), rtol=tolerance, atol=tolerance)
    np.testing.assert_allclose(s, ACTIVATIONS[name].slope(z), rtol=tolerance, atol=tolerance)


def test_gelus_normal_distribution_in_float32_is_scipys_to_rounding():
    z = np.concatenate([np.linspace(-12, 12, 100_001), [-1e30, -1e4, 1e4, 1e30]]).astype("float32")
    phi, square = np.empty_like(z), np.empty_like(z)
    with np.errstate(over="ignore"):
        normal_distribution(z, phi, square)()
    np.testing.assert_allclose(phi, ndtr(z.astype(float)), rtol=0, atol=1.2e-7)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", NAMES)
def test_kernels_slope_is_0_where_the_records_is(name, dtype):
    """Dead units are counted by it.  Slopes too small for a normal float may be rounded to 0 by either."""
    z = np.linspace(-40, 40, 641).astype(dtype)
    a, s = np.empty_like(z), np.empty_like(z)
    run_kernel(name, z, a, s)
    slope = ACTIVATIONS[name].slope(z)
    tiny = np.maximum(np.abs(slope), np.abs(s)) < 1e3 * np.finfo(dtype).tiny
    tiny &= (slope != 0) | (s != 0)
    np.testing.assert_array_equal((s == 0)[~tiny], (slope == 0)[~tiny])


def test_every_kernel_belongs_to_an_activation():
    assert set(FUSED) <= set(ACTIVATIONS)
