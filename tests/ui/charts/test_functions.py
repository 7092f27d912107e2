"""The lesson on activation functions in charts: the functions, tanh out of the sigmoid, timings."""

import base64
import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.stopwatch import Measurement, Timing
from tests.ui.charts.test_charts import drawn_by, layers_of, rows_with
from ui.charts.functions import (
    BESIDE,
    OUTSIDE,
    PLACES,
    SMALL,
    STEEPEST,
    functions_chart,
    functions_text,
    out_of_sight,
    small_picture,
)
from ui.charts.palette import activation_look
from ui.lessons.activations.reshaping_chart import ARROWS, FORMULAS, moves_chart, moves_text
from ui.lessons.activations.timings_chart import timings_chart, timings_text
from ui.shell.factors import DEFAULT_ACTIVATIONS

SOME = ("sigmoid", "relu", "hardshrink")
LABELS = [ACTIVATIONS[name].label for name in SOME]
LEFT_OF, RIGHT_OF = 5 * -BESIDE, 5 * BESIDE
MEASURED = Measurement(
    (Timing("tanh", 0.5, 0.25, True), Timing("mish", 2.0, 1.0, False), Timing("relu", 0.125, 0.125, True)),
    "a machine",
    datetime(2026, 1, 2, tzinfo=UTC),
)


def curve(specification: dict, name: str) -> dict[float, dict]:
    """Its rows, by z."""
    return {row["z"]: row for row in specification["datasets"]["curves"] if row["function"] == ACTIVATIONS[name].label}


def panels(specification: dict) -> dict[str, dict]:
    value, slope = specification["concat"]
    return {"value": value, "slope": slope}


def test_curves_are_the_functions_values_and_slopes_on_the_same_z(torch_numbers):
    specification = functions_chart(["tanh", "mish"], 20)
    points = torch_numbers["points"]
    for name in ("tanh", "mish"):
        rows, (value, slope) = curve(specification, name), torch_numbers[f"activation/{name}/float64"]
        assert (min(rows), max(rows)) == (-20, 20)
        both = [k for k, z in enumerate(points) if z in rows]
        assert len(both) > 30
        np.testing.assert_allclose([rows[points[k]]["value"] for k in both], value[both], rtol=1e-10, atol=1e-13)
        np.testing.assert_allclose([rows[points[k]]["slope"] for k in both], slope[both], rtol=1e-10, atol=1e-13)
    for panel in specification["concat"]:
        for layer in panel["layer"]:
            assert layer["encoding"]["x"]["scale"]["domain"] == [-20, 20]


def test_curves_are_broken_where_the_functions_are():
    relu, hardshrink = (curve(functions_chart(SOME, 5), name) for name in ("relu", "hardshrink"))
    assert relu[0]["value"] == 0
    assert np.isnan(relu[0]["slope"])
    assert (relu[LEFT_OF]["slope"], relu[RIGHT_OF]["slope"]) == (0, 1)
    assert np.isnan(hardshrink[0.5]["value"])
    assert (hardshrink[0.5 + LEFT_OF]["value"], hardshrink[0.5 + RIGHT_OF]["value"]) == (0, 0.5 + RIGHT_OF)
    assert not any(np.isnan(row["slope"]) for row in curve(functions_chart(SOME, 5), "sigmoid").values())


def test_curves_are_broken_at_poles_and_slopes_at_a_cusp():
    rows = functions_chart(["=tan(x)", "=sqrt(abs(x))"], 5)["datasets"]["curves"]
    tan, root = ({row["z"]: row for row in rows if row["function"] == name} for name in ("tan(x)", "sqrt(abs(x))"))
    poles = sorted(z for z, row in tan.items() if np.isnan(row["value"]))
    np.testing.assert_allclose(poles, np.pi * np.array([-1.5, -0.5, 0.5, 1.5]), atol=1e-7)
    assert root[0]["value"] == 0 and np.isnan(root[0]["slope"])
    assert np.nanmax([row["slope"] for row in tan.values()]) == OUTSIDE * STEEPEST, "a longer line would have no dashes"


def test_every_place_tells_value_and_slope_of_every_function_in_both_panels():
    specification = functions_chart(SOME, 5)
    readings = specification["datasets"]["readings"]
    assert len(readings) == PLACES
    z = np.array([row["z"] for row in readings])
    for k, name in enumerate(SOME):
        np.testing.assert_allclose([row[f"value{k}"] for row in readings], ACTIVATIONS[name].value(z))
        np.testing.assert_allclose([row[f"slope{k}"] for row in readings], ACTIVATIONS[name].slope(z))
    for panel in specification["concat"]:
        (reader,) = layers_of(panel, "rule")
        told = {transform["as"]: transform["calculate"] for transform in reader["transform"]}
        first, *others = reader["encoding"]["tooltip"]
        assert first["field"] == "z"
        assert [tooltip["title"] for tooltip in others] == LABELS
        for k, tooltip in enumerate(others):
            assert re.findall(r"datum\.(\w+)", told[tooltip["field"]]) == [f"value{k}", f"slope{k}"]


def test_pointing_at_one_panel_and_clicking_in_the_legend_acts_on_both():
    specification = functions_chart(SOME, 5)
    views = {parameter["name"]: parameter["views"] for parameter in specification["params"]}
    for name, mark in (("picked", "line"), ("at", "rule")):
        assert views[name] == [layers_of(panel, mark)[0]["name"] for panel in specification["concat"]]
    for panel in specification["concat"]:
        (line,), (rule,), (dots,) = (layers_of(panel, mark) for mark in ("line", "rule", "point"))
        assert line["encoding"]["opacity"]["condition"]["param"] == "picked"
        assert rule["encoding"]["opacity"]["condition"]["param"] == "at"
        assert [transform["filter"]["param"] for transform in dots["transform"]] == ["at"]


def test_each_function_has_its_colour_and_dash():
    for panel in functions_chart(SOME, 5)["concat"]:
        (line,) = layers_of(panel, "line")
        for channel, field in (("color", "colour"), ("strokeDash", "dash")):
            scale = line["encoding"][channel]["scale"]
            assert scale["domain"] == LABELS
            assert [getattr(activation_look(name), field) for name in SOME] == [
                tuple(each) if field == "dash" else each for each in scale["range"]
            ]


@pytest.mark.parametrize(
    ("names", "reach", "values", "slopes"),
    [(["sigmoid"], 20, (0, 1), (0, 0.25)), (["relu", "step"], 2, (0, 2), (0, 1)),
     (["relu_squared", "tanh"], 5, (-1, 5), (0, STEEPEST))],
)  # fmt: skip
def test_scales_hold_what_is_drawn_and_no_more_than_fits(names, reach, values, slopes):
    drawn = panels(functions_chart(names, reach))
    for column, expected in (("value", values), ("slope", slopes)):
        (line,) = layers_of(drawn[column], "line")
        assert line["encoding"]["y"]["scale"]["domain"] == pytest.approx(expected, abs=1e-3)
        assert line["mark"]["clip"]


def test_what_grows_out_of_the_picture_is_known():
    assert out_of_sight(["relu", "relu_squared", "gelu", "tanhshrink"], 5) == ["relu_squared"]
    assert out_of_sight(["relu", "relu_squared"], 0.5) == []
    assert out_of_sight(["sin", "selu"], 20) == []


def test_in_words_the_functions_at_three_places():
    text = functions_text(["relu", "sigmoid"], 2)
    assert "z = −2, 0, 2" in text
    assert "ReLU: values 0, 0, 2, slopes 0, 0, 1." in text
    assert "Sigmoid: values 0.119, 0.5, 0.881, slopes 0.105, 0.25, 0.105." in text


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_small_picture_is_the_functions_in_its_look(name):
    svg = ElementTree.fromstring(base64.b64decode(small_picture(name).removeprefix("data:image/svg+xml;base64,")))
    (line,) = svg.iter("{http://www.w3.org/2000/svg}polyline")
    look = activation_look(name)
    assert line.get("stroke") == look.colour
    assert line.get("stroke-dasharray") == " ".join(map(str, look.dash))
    x, y = np.array([point.split(",") for point in line.get("points").split()], float).T
    assert (x[0], x[-1]) == (0, SMALL[0])
    values = ACTIVATIONS[name].value(np.linspace(-4, 4, len(x)))
    scale = np.polyfit(values, y, 1)
    np.testing.assert_allclose(np.polyval(scale, values), y, atol=0.02 * np.abs(y).max())
    assert scale[0] < 0, "up is up"


def test_small_pictures_have_the_same_axes():
    pictures = [base64.b64decode(small_picture(name).split(",")[1]).decode() for name in ACTIVATIONS]
    assert len({re.search(r'<path d="([^"]*)"', picture).group(1) for picture in pictures}) == 1


@pytest.mark.parametrize("move", [0, 1, 2, 3])
def test_a_move_is_drawn_with_what_was_before_and_tanh(move, torch_numbers):
    specification = moves_chart(move)
    (lines,) = layers_of(specification, "line")
    names = lines["encoding"]["color"]["scale"]["domain"]
    assert names == [*FORMULAS[max(move - 1, 0) : move + 1], "tanh z"]
    assert lines["encoding"]["strokeDash"]["scale"]["range"][-1] != [1, 0], "tanh is dashed"
    (rows,) = drawn_by(specification, "line")
    curves = {name: {row["z"]: row["value"] for row in rows if row["curve"] == name} for name in names}
    points = torch_numbers["points"]
    both = [k for k, z in enumerate(points) if z in curves["tanh z"]]
    assert len(both) > 30
    tanh, sigmoid = (torch_numbers[f"activation/{name}/float64"][0] for name in ("tanh", "sigmoid"))
    np.testing.assert_allclose([curves["tanh z"][points[k]] for k in both], tanh[both])
    if move == 0:
        np.testing.assert_allclose([curves["σ(z)"][points[k]] for k in both], sigmoid[both])
    if move == 3:
        np.testing.assert_allclose(list(curves[names[1]].values()), list(curves["tanh z"].values()), atol=1e-15)


@pytest.mark.parametrize(("move", "direction"), [(1, "inwards"), (2, "up"), (3, "down")])
def test_arrows_go_from_the_curve_before_to_the_curve_after(move, direction):
    specification = moves_chart(move)
    arrows = drawn_by(specification, "rule")[0]
    assert len(arrows) == len(ARROWS)
    before, after = rows_with(specification["datasets"], "curve"), layers_of(specification, "line")
    names = after[0]["encoding"]["color"]["scale"]["domain"]
    for k, (x, y) in enumerate((("z", "value"), ("z2", "value2"))):
        rows = [row for row in before if row["curve"] == names[k]]
        on_curve = np.interp([row[x] for row in arrows], [row["z"] for row in rows], [row["value"] for row in rows])
        np.testing.assert_allclose([row[y] for row in arrows], on_curve, atol=2e-3)
    for row in arrows:
        across, up = row["z2"] - row["z"], row["value2"] - row["value"]
        angle = {"inwards": -90 if row["z"] > 0 else 90, "up": 0, "down": 180}[direction]
        assert row["angle"] % 360 == pytest.approx(angle % 360)
        assert (across == 0) != (direction == "inwards")
        assert (up == pytest.approx(0, abs=1e-15)) == (direction == "inwards")


def test_the_axes_stay_through_all_moves():
    for channel in ("x", "y"):
        scales = [layers_of(moves_chart(move), "line")[0]["encoding"][channel]["scale"] for move in range(4)]
        assert scales == [scales[0]] * 4
        assert scales[0]["domain"] == ([-4, 4] if channel == "x" else [-1.1, 2.1])


def test_a_move_in_words():
    assert moves_text(2) == (
        "Values at z = −4, 0 and 4. σ(2z): 0.000335, 0.5, 1; 2 σ(2z): 0.000671, 1, 2; tanh z: −0.999, 0, 0.999."
    )


def test_timings_have_a_bar_of_two_parts_for_each_function_the_fastest_on_top():
    specification = timings_chart(MEASURED)
    (bars,), (labels,) = layers_of(specification, "bar"), drawn_by(specification, "text")
    assert bars["encoding"]["y"]["sort"] == ["ReLU", "Tanh", "Mish"]
    (rows,) = drawn_by(specification, "bar")
    times = {(row["function"], row["part"]): row["time"] for row in rows}
    assert times["Tanh", "Value"] == 0.5
    assert times["Tanh", "Slope"] == 0.25
    assert len(times) == 6
    assert bars["encoding"]["x"]["scale"]["domain"][1] > 3, "the longest, with room for its label"
    assert {row["function"]: (row["both"], row["label"]) for row in labels} == {
        "ReLU": (0.25, "0.25 ms"), "Tanh": (0.75, "0.75 ms"), "Mish": (3.0, "3.00 ms *"),
    }  # fmt: skip
    scale = bars["encoding"]["color"]["scale"]
    assert scale["range"] == [activation_look(name).colour for name in ("relu", "tanh", "mish")]


def test_timings_in_words():
    assert timings_text(MEASURED).endswith("ReLU: 0.13 and 0.13; Tanh: 0.50 and 0.25; Mish: 2.00 and 1.00.")


def test_many_functions_make_a_picture_of_bounded_size():
    specification = functions_chart(list(ACTIVATIONS), 20)
    assert len(specification["datasets"]["curves"]) < len(ACTIVATIONS) * (PLACES + 12)
    assert len(functions_chart(DEFAULT_ACTIVATIONS, 5)["datasets"]["readings"]) == PLACES
