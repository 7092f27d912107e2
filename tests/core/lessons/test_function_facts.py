"""Held to values worked by hand, to PyTorch's recorded numbers, and to scipy's quadrature and search."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

from core.lessons.function_facts import facts
from core.lessons.function_intervals import go_on
from core.lessons.function_range import REACH, range_of
from core.nn.activations import ACTIVATIONS
from tests.reference.cases import ACTIVATIONS_IN_TORCH, KINKS, POINTS

NAMES = list(ACTIVATIONS)
INFINITY = np.inf
LEFT, RIGHT, EVERYWHERE = (-INFINITY, 0.0), (0.0, INFINITY), (-INFINITY, INFINITY)
APPROACHED = {
    "sigmoid": "both", "tanh": "both", "softsign": "both", "arctan": "both", "elu": "least", "selu": "least",
    "celu": "least", "softplus": "least", "gaussian": "least", "logsigmoid": "greatest",
}  # fmt: skip
DEAD = {
    "step": [EVERYWHERE], "relu": [LEFT], "relu_squared": [LEFT], "hardswish": [(-INFINITY, -3)],
    "hardsigmoid": [(-INFINITY, -3), (3, INFINITY)], "hardtanh": [(-INFINITY, -1), (1, INFINITY)],
    "relu6": [LEFT, (6, INFINITY)], "softshrink": [(-0.5, 0.5)], "hardshrink": [(-0.5, 0.5)],
}  # fmt: skip
CORNERS = {
    "relu": [0], "leaky_relu": [0], "selu": [0], "hardsigmoid": [-3, 3], "hardtanh": [-1, 1], "hardswish": [-3, 3],
    "relu6": [0, 6], "softshrink": [-0.5, 0.5],
}  # fmt: skip
JUMPS = {"step": [0], "hardshrink": [-0.5, 0.5]}
UP_AND_DOWN = {"gelu", "gelu_tanh", "silu", "mish", "hardswish", "sin", "gaussian"}
STEEPEST = {
    "identity": [EVERYWHERE], "step": [EVERYWHERE], "relu": [RIGHT], "leaky_relu": [RIGHT], "elu": [RIGHT],
    "celu": [RIGHT], "relu6": [(0, 6)], "hardtanh": [(-1, 1)], "hardsigmoid": [(-3, 3)],
    "softshrink": [(-INFINITY, -0.5), (0.5, INFINITY)], "hardshrink": [(-INFINITY, -0.5), (0.5, INFINITY)],
    "softplus": [(INFINITY, INFINITY)], "relu_squared": [(INFINITY, INFINITY)],
    "logsigmoid": [(-INFINITY, -INFINITY)], "tanhshrink": [(-INFINITY, -INFINITY), (INFINITY, INFINITY)],
}  # fmt: skip
STEEPEST_PLACES = {
    "sigmoid": [0], "tanh": [0], "softsign": [0], "arctan": [0], "selu": [0], "hardswish": [3],
    "gelu": [np.sqrt(2)],  # where (2 - z^2) phi(z) is 0
    "gaussian": [-np.sqrt(0.5), np.sqrt(0.5)],
    "sin": [k * np.pi for k in range(-3, 4)],
    "silu": [brentq(lambda z: 2 - z * np.tanh(z / 2), 1, 4)],  # where the slope of its slope is 0
}  # fmt: skip


def beyond(z: float) -> list[tuple[float, float]]:
    return [(-INFINITY, -z), (z, INFINITY)]


# Where |f'| is 1/20 of its greatest, by hand.
SATURATED = {
    "identity": [],
    "step": [EVERYWHERE],
    "sigmoid": beyond(2 * np.arctanh(np.sqrt(0.95))),  # s (1 - s) = 1/80
    "tanh": beyond(np.arctanh(np.sqrt(0.95))),
    "relu": [LEFT],
    "leaky_relu": [],  # 1/100 for ever: flatter, and not on its way to 0
    "elu": [(-INFINITY, np.log(1 / 20))],
    "selu": [(-INFINITY, np.log(1 / 20))],
    "softplus": [(-INFINITY, -np.log(19))],
    "logsigmoid": [(np.log(19), INFINITY)],
    "softsign": beyond(np.sqrt(20) - 1),
    "arctan": beyond(np.sqrt(19)),
    "tanhshrink": [(-np.arctanh(np.sqrt(0.05)), np.arctanh(np.sqrt(0.05)))],
    "relu_squared": [(-INFINITY, 0.05)],  # it has no greatest slope, and 2 at z = 1
    "sin": [(np.arccos(0.05) + k * np.pi, np.arccos(-0.05) + k * np.pi) for k in range(-3, 3)],
}


# Those that the tables speak of; what a table does not say of one of them, it has not.
BY_HAND = sorted({*APPROACHED, *DEAD, *CORNERS, *JUMPS, *UP_AND_DOWN, *STEEPEST, *STEEPEST_PLACES, *SATURATED})


def assert_intervals(found, expected, tolerance: float) -> None:
    assert len(found) == len(expected)
    np.testing.assert_allclose(np.ravel(found), np.ravel(expected), rtol=0, atol=tolerance)


def inside(intervals, z: np.ndarray) -> np.ndarray:
    return np.any([(low <= z) & (z <= high) for low, high in intervals], axis=0) & (z == z)


@pytest.mark.parametrize("name", NAMES)
def test_range_is_the_one_in_the_record(name):
    found = facts(name).range
    assert (found.least, found.greatest) == pytest.approx(ACTIVATIONS[name].range, abs=1e-7)


@pytest.mark.parametrize("name", BY_HAND)
def test_bounds_that_no_z_gives_are_told_from_those_that_one_does(name):
    found, (least, greatest) = facts(name).range, ACTIVATIONS[name].range
    approached = APPROACHED.get(name)
    assert found.has_least == (np.isfinite(least) and approached not in ("least", "both"))
    assert found.has_greatest == (np.isfinite(greatest) and approached not in ("greatest", "both"))


def test_a_function_that_grows_slowly_has_no_greatest_value():
    found = range_of(np.arcsinh)
    assert (found.least, found.greatest) == (-INFINITY, INFINITY)


@pytest.mark.parametrize(
    ("formula", "bounds", "given"),
    [
        ("1e-9*x", (-INFINITY, INFINITY), (False, False)),
        ("-1e-9*x", (-INFINITY, INFINITY), (False, False)),
        ("arctan(x) + 1e-9*x", (-INFINITY, INFINITY), (False, False)),
        ("x^0.1", (0, INFINITY), (True, False)),
        ("-x^0.1", (-INFINITY, 0), (False, True)),
        ("log(x)", (-INFINITY, INFINITY), (False, False)),
        ("arctan(0.001*x)", (-np.pi / 2, np.pi / 2), (False, False)),
        ("1e9*arctan(1e-6*x)", (-np.pi / 2 * 1e9, np.pi / 2 * 1e9), (False, False)),
        ("x/(1 + abs(x))", (-1, 1), (False, False)),
        ("1e9*tanh(x)", (-1e9, 1e9), (False, False)),
        ("tanh(100*x)", (-1, 1), (False, False)),
        ("sigmoid(50*x)", (0, 1), (False, False)),
        ("exp(-x^4)", (0, 1), (False, True)),
        ("x^2*exp(-10*x^2)", (0, np.exp(-1) / 10), (True, True)),
        ("min(max(x, -1), 1)", (-1, 1), (True, True)),
        ("max(tanh(100*x), 0)", (0, 1), (True, False)),
        ("sqrt(max(x, 0))", (0, INFINITY), (True, False)),
        ("cos(2*pi*x)", (-1, 1), (True, True)),
    ],
)
def test_what_still_grows_far_out_has_no_bound_and_what_is_only_rounded_to_one_does_not_reach_it(
    formula, bounds, given
):
    found = facts(f"={formula}").range
    assert (found.least, found.greatest) == pytest.approx(bounds, rel=1e-3, abs=1e-6)
    assert (found.has_least, found.has_greatest) == given


@pytest.mark.parametrize(
    ("formula", "least", "greatest"),
    [
        ("x^x", np.exp(-1 / np.e), INFINITY),  # at 1/e, where its slope, x^x (log x + 1), is 0
        ("-(x^x)", -INFINITY, -np.exp(-1 / np.e)),
        ("(x - 0.5)^(2*x)", 0, INFINITY),  # -1 at -0.5 alone
        ("sqrt(1 - x^2)", 0, 1),
        ("(-1)^x", -1, 1),  # which has no others
    ],
)
def test_values_at_single_places_do_not_count(formula, least, greatest):
    """As those of x^x at -1, -2, ... do not, where it has none beside them."""
    found = facts(f"={formula}").range
    assert (found.least, found.greatest) == pytest.approx((least, greatest), abs=1e-4)


@pytest.mark.parametrize("name", NAMES)
def test_mean_output_is_scipys_integral_over_the_normal_density(name):
    def integrand(z: float) -> float:
        return ACTIVATIONS[name].value(np.asarray(z)) * norm.pdf(z)

    inside = sorted(z for z in KINKS if abs(z) < REACH)
    mean = sum(quad(integrand, *limits, epsabs=1e-11)[0] for limits in zip([-12, *inside], [*inside, 12]))
    assert facts(name).mean_output == pytest.approx(mean, abs=1e-7)


@pytest.mark.parametrize(
    ("name", "mean"),
    [("sigmoid", 0.5), ("tanh", 0), ("relu", 1 / np.sqrt(2 * np.pi)), ("relu_squared", 0.5), ("selu", 0),
     ("gelu", 1 / np.sqrt(4 * np.pi)), ("gaussian", 1 / np.sqrt(3)), ("step", 0.5)],
)  # fmt: skip
def test_mean_output_by_hand(name, mean):
    assert facts(name).mean_output == pytest.approx(mean, abs=1e-7)


def test_zero_centred_are_the_odd_functions_and_selu_which_is_made_for_it(torch_numbers):
    values = {name: torch_numbers[f"activation/{name}/float64"][0] for name in BY_HAND}
    odd = {name for name in BY_HAND if np.allclose(values[name], -values[name][::-1])}  # the points are symmetrical
    assert {"identity", "tanh", "sin"} < odd
    assert {name for name in BY_HAND if facts(name).is_zero_centred} == odd | {"selu"}


@pytest.mark.parametrize("name", NAMES)
def test_slope_is_greatest_where_it_is_said_to_be(name):
    found = facts(name).steepest
    if name in STEEPEST:
        assert_intervals(found, STEEPEST[name], 1e-3)
    elif name in STEEPEST_PLACES:
        assert_intervals(found, [(z, z) for z in STEEPEST_PLACES[name]], 2e-3)
    else:
        z = np.linspace(-REACH, REACH, 200_001)
        slope = np.abs(np.gradient(ACTIVATIONS[name].value(z), z))
        assert found
        for place in np.clip(np.ravel(found), -REACH, REACH):
            assert slope[np.abs(z - place) <= 2e-3].max() >= (1 - 1e-5) * slope.max()


@pytest.mark.parametrize(
    ("formula", "first", "period"),
    [("sin(10*x)", 0, np.pi / 10), ("sin(5*x)", 0, np.pi / 5), ("sin(7.3*x)", 0, np.pi / 7.3),
     ("cos(10*x)", np.pi / 20, np.pi / 10), ("sin(100*x)", 0, np.pi / 100), ("max(sin(10*x), 0)", 0, np.pi / 10),
     ("abs(sin(x))", 0, np.pi), ("sin(x)^2", np.pi / 4, np.pi / 2)],
)  # fmt: skip
def test_a_slope_is_greatest_at_all_places_that_come_again(formula, first, period):
    places = first + period * np.arange(np.ceil((-REACH - first) / period), (REACH - first) / period)
    assert_intervals(facts(f"={formula}").steepest, np.column_stack([places, places]), 1e-4)


@pytest.mark.parametrize(
    ("formula", "places"),
    [
        ("abs(tanh(x))", [0]),
        ("log(abs(x) + 1)", [0]),
        ("min(max(300*x, -1), 1)", [0]),
        ("1/cosh(20*x)", [-np.arcsinh(1) / 20, np.arcsinh(1) / 20]),  # where tanh^2 is 1/2
    ],
)
def test_a_slope_is_greatest_at_a_narrow_peak_and_beside_a_corner(formula, places):
    assert_intervals(facts(f"={formula}").steepest, np.column_stack([places, places]), 1e-4)


@pytest.mark.parametrize("name", SATURATED)
def test_saturated_where_worked_by_hand(name):
    assert_intervals(facts(name).saturated, SATURATED[name], 2e-8)


@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_saturated_is_where_pytorchs_slopes_are_small(name, torch_numbers):
    """Out to 10,000, so that an interval without end has none; those that come again and again are given to `REACH`."""
    slope, found = np.abs(torch_numbers[f"activation/{name}/float64"][1]), facts(name).saturated
    looked_at = (np.abs(POINTS) < REACH) | (not go_on(found))
    looked_at &= ~np.isin(POINTS, KINKS)  # where it depends on the side
    grows = slope[[0, -1]].max() > 100 * slope[np.abs(POINTS) < REACH].max()
    usual = slope[np.abs(np.abs(POINTS) - 1) < 1e-9].max(initial=0)
    greatest = 0 if slope.min() > 5e-3 * slope.max() else usual if grows else slope.max()
    small, large = slope <= 0.0495 * greatest, slope > 0.0505 * greatest
    saturated = inside(found, POINTS)
    assert saturated[small & looked_at].all()
    assert not saturated[large & looked_at].any()
    assert (small | large).sum() > 240


@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_dead_is_where_pytorchs_slopes_are_0_on_end(name, torch_numbers):
    """At two neighbouring points: 0 at one is a place, not an interval.  Further out than 6, some round to 0."""
    zero, dead = torch_numbers[f"activation/{name}/float64"][1] == 0, inside(facts(name).dead, POINTS)
    kink = np.isin(POINTS, KINKS)
    assert zero[dead & ~kink].all()
    pairs = ~kink[:-1] & ~kink[1:] & (np.abs(POINTS[:-1]) <= 6)
    np.testing.assert_array_equal((zero[:-1] & zero[1:])[pairs], (dead[:-1] & dead[1:])[pairs])


@pytest.mark.parametrize("name", BY_HAND)
def test_dead_where_the_slope_is_0_by_definition(name):
    assert_intervals(facts(name).dead, DEAD.get(name, []), 1e-8)


@pytest.mark.parametrize(
    ("formula", "dead"),
    [
        ("x*sigmoid(100*x)", []), ("tanh(100*x)", []), ("exp(-x^4)", []), ("erf(5*x)", []), ("x^100", []),
        ("softplus(100*x)", []), ("exp(x^3)", []), ("(exp(10*x) - exp(-10*x))/(exp(10*x) + exp(-10*x))", []),
        ("max(tanh(100*x), 0)", [LEFT]), ("max(x, 0)", [LEFT]), ("max(x, 0)^3", [LEFT]), ("max(x, 0)^10", [LEFT]),
        ("max(x, 0)^1.5", [LEFT]), ("max(x, 0)*exp(x^2)", [LEFT]), ("max(x - 3, 0)^3", [(-INFINITY, 3)]),
        ("min(max(x, -1), 1)", beyond(1)), ("max(0, 1 - abs(x))", beyond(1)), ("sign(x)", [EVERYWHERE]),
        ("0*x", [EVERYWHERE]), ("max(x, 0)*tanh(100*x)", [LEFT]), ("1e-9*max(x, 0)", [LEFT]),
        ("max(sin(x), 0)^2", [(-3 * np.pi, -2 * np.pi), (-np.pi, 0), (np.pi, 2 * np.pi), (3 * np.pi, INFINITY)]),
    ],
)  # fmt: skip
def test_what_becomes_too_small_for_a_number_is_not_dead(formula, dead):
    assert_intervals(facts(f"={formula}").dead, dead, 1e-8)


@pytest.mark.parametrize("name", BY_HAND)
def test_corners_and_jumps_are_where_the_definition_changes(name):
    np.testing.assert_allclose(facts(name).corners, CORNERS.get(name, []), atol=1e-8)
    np.testing.assert_allclose(facts(name).jumps, JUMPS.get(name, []), atol=1e-8)


@pytest.mark.parametrize("name", BY_HAND)
def test_only_some_go_up_and_down(name):
    assert facts(name).is_monotone == (name not in UP_AND_DOWN)


@pytest.mark.parametrize("name", ACTIVATIONS_IN_TORCH)
def test_what_goes_down_somewhere_has_a_slope_below_0_in_pytorch(name, torch_numbers):
    _, slope = torch_numbers[f"activation/{name}/float64"]
    assert facts(name).is_monotone == bool((slope >= 0).all())


@pytest.mark.parametrize(
    ("formula", "saturated"),
    [
        ("arcsinh(x)", beyond(np.sqrt(399))),  # 1 / sqrt(1 + z^2)
        ("log(x)", [(20, INFINITY)]),  # 1 / z is 1 at z = 1
        ("sqrt(x)", [(400, INFINITY)]),  # 1 / sqrt(z), halved, is 1/2 there
        ("x^2", [(-0.05, 0.05)]),
        ("1/x^2", beyond(20 ** (1 / 3))),  # 2 / z^3, which has no greatest slope, and 2 at z = 1
    ],
)
def test_slopes_that_become_small_beyond_where_it_looks_closely(formula, saturated):
    assert_intervals(facts(f"={formula}").saturated, saturated, 1e-4)


@pytest.mark.parametrize("steepness", [20, 100, 1e4, 1e6])
@pytest.mark.parametrize("place", [0, 0.123456, -7.00005])
def test_a_steep_sigmoid_is_found_between_the_numbers(steepness, place):
    """Its slope is k s (1 - s), which is k/4 in the middle, and k/80 where tanh(k z / 2)^2 is 0.95."""
    found = facts(f"=1/(1 + exp(-{steepness}*(x - {place})))")
    assert found.greatest_slope == pytest.approx(steepness / 4, rel=1e-6)
    np.testing.assert_allclose(found.steepest, [(place, place)], atol=1e-4)
    beside = 2 * np.arctanh(np.sqrt(0.95)) / steepness
    assert_intervals(found.saturated, [(-INFINITY, place - beside), (place + beside, INFINITY)], 1e-7)
    assert found.infinite == found.dead == found.jumps == found.corners == ()
    assert (found.range.least, found.range.greatest) == pytest.approx((0, 1))


def test_what_rounding_makes_of_a_slope_is_not_its_greatest():
    """(1 - cos z) / z^2 has the slope (z sin z - 2 (1 - cos z)) / z^3; beside 0 it is all noise."""
    slopes = [(z * np.sin(z) - 2 * (1 - np.cos(z))) / z**3 for z in np.linspace(0.1, 10, 10_000)]
    assert facts("=(1 - cos(x))/x^2").greatest_slope == pytest.approx(np.abs(slopes).max(), rel=1e-6)


@pytest.mark.parametrize("formula", ["1/x", "1/x^2", "tan(x)", "exp(x^2)", "x^100", "log(x)"])
def test_what_has_no_mean_or_one_that_cannot_be_found_is_given_none(formula):
    found = facts(f"={formula}")
    assert np.isnan(found.mean_output) and not found.is_zero_centred


@pytest.mark.parametrize(
    ("formula", "mean"),
    [("log(abs(x))", -(np.euler_gamma + np.log(2)) / 2), ("abs(x)^-0.5", 2**-0.25 * 3.6256099082 / np.sqrt(np.pi))],
)
def test_a_pole_may_have_a_mean(formula, mean):
    """That of |z|^p is 2^(p/2) Gamma((1 + p) / 2) / sqrt(pi), and Gamma(1/4) is 3.6256."""
    assert facts(f"={formula}").mean_output == pytest.approx(mean, rel=0.02)


def test_a_mean_is_0_in_proportion_to_what_it_is_of():
    assert facts("=1e30*x").is_zero_centred
    assert not facts("=1e-7*sigmoid(x)").is_zero_centred


@pytest.mark.parametrize(
    ("formula", "bounds"),
    [
        ("1/x", (-INFINITY, INFINITY)),
        ("1/x^2", (0, INFINITY)),
        ("log(abs(x))", (-INFINITY, INFINITY)),
    ],
)
def test_values_beside_a_pole_have_no_bound(formula, bounds):
    found = facts(f"={formula}").range
    assert (found.least, found.greatest) == pytest.approx(bounds, abs=1e-7)
    assert not found.has_least and not found.has_greatest
    assert facts(f"={formula}").greatest_slope == INFINITY
    assert facts(f"={formula}").steepest == ((0, 0),)


@pytest.mark.parametrize(
    ("formula", "bounds", "places"),
    [
        ("tan(x)", (-INFINITY, INFINITY), np.pi * np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])),
        ("log(abs(x - 0.3))", (-INFINITY, INFINITY), [0.3]),
        ("where(x > 0.3, 1/(x - 0.3), 0)", (0, INFINITY), [0.3]),
        ("sqrt(abs(x - 0.3333))", (0, INFINITY), [0.3333]),
    ],
)
def test_a_pole_between_the_numbers_is_one_too(formula, bounds, places):
    found = facts(f"={formula}")
    assert (found.range.least, found.range.greatest) == pytest.approx(bounds, abs=0.02)
    assert found.greatest_slope == INFINITY
    np.testing.assert_allclose(found.steepest, np.column_stack([places, places]), atol=1e-7)
    assert not found.jumps
    np.testing.assert_allclose(found.poles, [] if formula.startswith("sqrt") else places, atol=1e-7)


@pytest.mark.parametrize(
    ("formula", "corners", "vertical"),
    [
        ("sqrt(abs(x))", [0], []),
        ("abs(x)^0.9", [0], []),
        ("sign(x)*abs(x)^(1/3)", [], [0]),
        ("x*log(abs(x))", [], [0]),
        ("sqrt(1 - x^2)", [], [-1, 1]),
        ("1/x^2", [], []),
        ("1/abs(x)", [], []),
        ("tan(x)", [], []),
        ("abs(x)", [0], []),
        ("x^3", [], []),
    ],
)
def test_beside_a_slope_without_end_there_is_a_corner_where_its_sign_changes_else_it_is_vertical(
    formula, corners, vertical
):
    found = facts(f"={formula}")
    assert (found.corners, found.vertical) == (tuple(corners), tuple(vertical))


@pytest.mark.parametrize(
    ("formula", "poles", "jumps"),
    [
        ("1/x", [0], []),
        ("tan(x)^2", np.pi * np.array([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]), []),
        ("abs(x)^0.1", [], []),
        ("sign(x)*abs(x)^0.1", [], []),
        ("sign(x) + sqrt(abs(x))", [], [0]),
        ("sign(x)", [], [0]),
    ],
)
def test_a_pole_is_no_jump_and_a_steep_place_is_neither(formula, poles, jumps):
    found = facts(f"={formula}")
    np.testing.assert_allclose(found.poles, poles, atol=1e-7)
    assert found.jumps == tuple(jumps)


@pytest.mark.parametrize("formula", ["sin(1/x)", "x*sin(1/x)", "x^2*sin(1/x)", "arcsinh(1e5*x)", "tanh(1e4*x)"])
def test_what_is_steep_or_waves_ever_faster_breaks_nowhere_beside_that_place(formula):
    found = facts(f"={formula}")
    assert (found.jumps, found.corners) == ((), ())


@pytest.mark.parametrize("formula", ["1/(x - pi)", "exp(1/x)", "1/sin(x)", "tan(x)"])
def test_beside_a_pole_as_of_1_over_x_there_is_no_mean(formula):
    assert np.isnan(facts(f"={formula}").mean_output)


def test_where_the_slope_at_1_is_infinite_the_median_up_to_there_says_what_is_small():
    """That of sqrt(1 - z^2), |z| / sqrt(1 - z^2), is 1 / sqrt(3) at 1/2, and a twentieth of it at 0.02886."""
    assert_intervals(facts("=sqrt(1 - x^2)").saturated, [(-0.02886, 0.02886)], 5e-4)


def test_beside_a_slope_without_end_a_unit_is_saturated_by_the_slope_at_1():
    """tan's slope is 1 + tan^2, never below 1; that of sqrt|z| is 1 / (2 sqrt|z|), and a twentieth of 1/2 at 400."""
    assert facts("=tan(x)").saturated == ()
    assert_intervals(facts("=sqrt(abs(x))").saturated, beyond(400), 1e-4)


def test_only_where_there_are_values_can_they_fall():
    assert facts("=log(x)").is_monotone and facts("=sqrt(x)").is_monotone
    assert not facts("=1/x").is_monotone and not facts("=sqrt(x) - x").is_monotone


def test_an_unknown_name_is_named_with_the_choices():
    with pytest.raises(ValueError, match="unknown activation 'rleu'; did you mean 'relu'"):
        facts("rleu")
