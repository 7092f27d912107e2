import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.function_range import Range
from ui.lessons.activations.words import bounds, facts_table, notices, places

INFINITY = np.inf


@pytest.mark.parametrize(
    ("intervals", "words"),
    [
        ([], "nowhere"),
        ([(-INFINITY, INFINITY)], "everywhere"),
        ([(-INFINITY, 0.0)], "z < 0"),
        ([(2.944, INFINITY)], "z > 2.94"),
        ([(-INFINITY, -4.3565), (4.3565, INFINITY)], "|z| > 4.36"),
        ([(-0.5, 0.5)], "|z| < 0.5"),
        ([(-INFINITY, -2.1), (-0.02, 0.02), (2.1, INFINITY)], "|z| < 0.02, |z| > 2.1"),
        ([(-1.62, -1.52), (1.52, 1.62)], "1.52 < |z| < 1.62"),
        ([(-INFINITY, -2.279), (-0.9, -0.63)], "z < −2.28, −0.9 < z < −0.63"),
        ([(0.0, 6.0)], "0 < z < 6"),
        ([(0.0, 0.0)], "z = 0"),
        ([(-3.1416, -3.1416), (0.0, 0.0), (3.1416, 3.1416)], "z = 0, z = ±3.14"),
        ([(1.4142, 1.4142)], "z = 1.41"),
        ([(k * np.pi, k * np.pi) for k in range(-3, 4)], "z = 0, z = ±3.14, z = ±6.28, z = ±9.42, …"),
        (
            [(k * np.pi - 0.05, k * np.pi + 0.05) for k in np.arange(-2.5, 3)],
            "1.52 < |z| < 1.62, 4.66 < |z| < 4.76, 7.8 < |z| < 7.9, …",
        ),
        ([(-3.0, -3.0), (0.0, 0.0), (3.0, 3.0)], "z = 0, z = ±3"),
        ([(k * 0.5, k * 0.5) for k in range(9) if k != 4], "z = 0, z = 0.5, z = 1, z = 1.5, z = 2.5, z = 3, …"),
        ([(-0.0005, -0.0005), (0.0005, 0.0005)], "z = ±0.0005"),
        ([(-0.0005, 0.0005)], "|z| < 0.0005"),
        ([(-INFINITY, 0.0), (0.0, INFINITY)], "|z| > 0"),
        ([(-1.0, 0.0), (0.0, 1.0)], "0 < |z| < 1"),
        ([(-2.0, 0.0), (0.0, 0.0), (0.0, 2.0)], "z = 0, 0 < |z| < 2"),
        ([(0.151, 0.154)], "z = 0.15"),
        ([(INFINITY, INFINITY)], "z → ∞"),
        ([(-INFINITY, -INFINITY)], "z → −∞"),
        ([(-INFINITY, -INFINITY), (INFINITY, INFINITY)], "z → ±∞"),
    ],
)
def test_intervals_are_told_in_short(intervals, words):
    assert places(intervals) == words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Range(0.0, INFINITY, True, False), "[0, ∞)"),
        (Range(-0.16997, INFINITY, True, False), "[−0.17, ∞)"),
        (Range(-0.999999999, 0.999999999, False, False), "(−1, 1)"),
        (Range(0.0, 1.0, False, True), "(0, 1]"),
        (Range(0.0, 0.001, True, True), "[0, 0.001]"),
    ],
)
def test_bounds_have_the_bracket_that_belongs_to_them(found, words):
    assert bounds(found) == words


def test_the_table_has_a_row_for_each_function():
    names = ["tanh", "gelu", "hardshrink", "relu_squared"]
    table = facts_table(names)
    tanh, gelu, hardshrink, relu_squared = (dict(row) for _, row in table.iterrows())
    assert tanh == {
        "Function": "**Tanh**", "Values": "(−1, 1)", "Greatest slope": "1, z = 0", "Mean output": "0",
        "Saturated": "|z| > 2.18", "Dead": "nowhere", "Shape": "smooth",
    }  # fmt: skip
    assert (gelu["Greatest slope"], gelu["Mean output"], gelu["Shape"]) == (
        "1.13, z = 1.41",
        "0.28",
        "smooth, not monotone",
    )
    assert (hardshrink["Shape"], hardshrink["Dead"]) == ("jump at ±0.5", "|z| < 0.5")
    assert (relu_squared["Greatest slope"], relu_squared["Dead"]) == ("∞, z → ∞", "z < 0")


@pytest.mark.parametrize(
    ("formula", "column", "said"),
    [
        ("abs(x)", "Greatest slope", "1, |z| > 0"),
        ("min(abs(x), 1)", "Greatest slope", "1, 0 < |z| < 1"),
        ("sin(10*x)", "Greatest slope", "10, z = 0, z = ±0.31, z = ±0.63, z = ±0.94, z = ±1.26, z = ±1.57, …"),
        ("cos(10*x)", "Greatest slope", "10, z = ±0.16, z = ±0.47, z = ±0.79, z = ±1.1, z = ±1.41, z = ±1.73, …"),
        ("1e-9*x", "Values", "(−∞, ∞)"),
        ("x^0.1", "Values", "[0, ∞)"),
        ("tanh(100*x)", "Values", "(−1, 1)"),
        ("tanh(100*x)", "Dead", "nowhere"),
        ("x*sigmoid(100*x)", "Dead", "nowhere"),
        ("max(x, 0)^3", "Dead", "z < 0"),
    ],
)
def test_functions_that_people_write_are_told_as_they_are(formula, column, said):
    assert facts_table([f"={formula}"])[column].tolist() == [said]


def test_what_holds_near_0_alone_says_so():
    pole = facts_table(["=1/(x - 12)"]).iloc[0]
    assert (pole["Function"], pole["Values"]) == ("**1/(x − 12)**, for |z| ≤ 10", "[−0.5, −0.05]")
    assert pole["Greatest slope"] == "0.25, z = 10"
    *_, last = notices(["tanh", "=1/(x - 12)", "=sin(x/10)"])
    assert "What is said here of **1/(x − 12)**, **sin(x/10)** holds for z from −10 to 10." in last
    assert "Not for all z" not in " ".join(notices(["tanh", "=x^2"]))


def test_every_function_has_a_row_without_gaps():
    table = facts_table(list(ACTIVATIONS))
    assert table.shape == (len(ACTIVATIONS), 7)
    assert (table.map(len) > 0).all(axis=None)


def test_the_greatest_and_the_least_slope_are_named_all_that_have_them():
    slope, _, _ = notices(["sigmoid", "tanh", "softsign", "silu"])
    assert "is 1.1: **SiLU (Swish)** (z = 2.4). The lowest peak of the slope is 0.25, for **Sigmoid**." in slope
    slope, _, _ = notices(["sigmoid", "tanh", "softsign"])
    assert "is 1: **Tanh** (z = 0), **Softsign** (z = 0)." in slope
    slope, _, _ = notices(["tanh", "relu"])
    assert slope.endswith("is at most 1: **Tanh** (z = 0), **ReLU** (z > 0).")


def test_dead_stretches_come_before_saturated_ones():
    _, flat, _ = notices(["sigmoid", "relu", "hardtanh"])
    assert flat.endswith("it is dead: **ReLU** (z < 0), **Hard tanh** (|z| > 1).")
    _, flat, _ = notices(["sigmoid", "identity"])
    assert flat.endswith("for **Sigmoid** (|z| > 4.36).")
    _, flat, _ = notices(["identity"])
    assert flat.startswith("**Slope far from 0.**")


def test_the_centre_is_told_of_all_of_some_and_of_none():
    _, _, centre = notices(["tanh", "sigmoid", "selu", "relu"])
    assert "is 0 for **Tanh**, **SELU** (zero-centred). Farthest from 0: **Sigmoid** (0.5)." in centre
    _, _, centre = notices(["tanh", "sin"])
    assert centre.endswith("is 0. This is called zero-centred.")
    _, _, centre = notices(["elu", "logsigmoid"])
    assert centre.endswith("no function is zero-centred. Farthest from 0: **Log-sigmoid** (−0.81).")


def test_all_that_are_farthest_from_the_centre_are_named():
    _, _, centre = notices(["tanh", "relu", "softplus", "logsigmoid", "sigmoid"])
    assert centre.endswith("Farthest from 0: **Softplus** (0.81), **Log-sigmoid** (−0.81).")


@pytest.mark.parametrize(("name", "mean"), [("sigmoid", "0.5"), ("logsigmoid", "−0.81")])
def test_of_a_single_function_the_mean_is_told_without_comparing(name, mean):
    _, flat, centre = notices([name])
    assert centre.endswith(f"is {mean}: the function is not zero-centred.")
    assert "none" not in (flat + centre).lower()


def test_a_slope_that_is_small_is_not_said_to_be_0():
    slope, _, _ = notices(["=0.001*tanh(x)", "tanh"])
    assert slope.endswith("The lowest peak of the slope is 0.001, for **0.001·tanh(x)**.")


def test_of_a_slope_without_limit_no_share_is_taken():
    _, flat, _ = notices(["=x^2"])
    assert "It is small for **x^2** (|z| < 0.05): less than 5 % of its greatest value or, if it grows" in flat
    _, flat, _, _ = notices(["=sqrt(x)"])
    assert "It is small for **sqrt(x)** (z > 400)" in flat


def test_of_what_has_no_mean_none_is_told():
    assert notices(["=log(x)"])[2].startswith("**Mean output.** It cannot be computed here")
    assert notices(["=log(x)", "=1/x"])[2].startswith("**Mean output.** It cannot be computed here")
    others = notices(["=1/x", "tanh"])[2]
    assert "is 0 for **Tanh** (zero-centred). For the others" in others
    assert notices(["=1/x", "tanh", "relu"])[2].endswith("Farthest from 0: **ReLU** (0.4).")


def test_a_sine_goes_on_for_ever_and_what_does_not_repeat_itself_does_not():
    z = np.linspace(2, 20, 7)
    repeats = {name: np.allclose(f.value(z), f.value(z + 2 * np.pi), rtol=1e-9) for name, f in ACTIVATIONS.items()}
    table = facts_table(list(ACTIVATIONS))
    goes_on = table.map(lambda words: words.endswith("…"))
    goes_on.index = list(ACTIVATIONS)
    assert goes_on.loc["sin"].any()
    for name in goes_on.index[goes_on.any(axis=1)]:
        assert repeats[name]
    assert goes_on.loc["sin", ["Greatest slope", "Saturated"]].all()
