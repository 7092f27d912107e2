"""The charts of the lesson on softmax: what is drawn is what was computed."""

import json

import altair as alt
import numpy as np
import pytest
from scipy.special import softmax
from sklearn.datasets import load_digits

from core.lessons.softmax import steps
from tests.ui.shell.test_numbers import value
from ui.charts.palette import CLASS_COLOURS
from ui.lessons.softmax.charts import (
    SUM,
    digit_chart,
    digit_text,
    steps_chart,
    steps_text,
    temperature_chart,
    temperature_text,
)

SCORES, NAMES = (2.0, -1.0, 0.1), ("a", "b", "c")


def tables(chart: dict) -> list[list[dict]]:
    """The data of a chart's layers, in their order."""
    return [layer["data"]["values"] for layer in chart["layer"]]


def three_steps(*asked) -> list[dict]:
    """Each step of `steps_chart` as a chart of its own."""
    chart = steps_chart(*asked, "z = a")
    json.dumps(chart, allow_nan=False)
    alt.ConcatChart.from_dict({key: part for key, part in chart.items() if key != "columns"})
    return chart["concat"]


def bars_and_numbers(step: dict) -> tuple[list[dict], dict[str, str]]:
    bars, numbers = tables(step)
    return bars, {number["row"]: number["text"] for number in numbers}


@pytest.mark.parametrize("subtract", [True, False])
def test_each_step_has_a_bar_and_a_number_for_each_class(subtract):
    found = steps(SCORES, 3.0, 0.5, subtract)
    values = (found.scaled, found.exponentials, found.probabilities)
    for step, expected in zip(three_steps(found, NAMES, 1), values, strict=True):
        bars, numbers = bars_and_numbers(step)
        of_classes = [bar for bar in bars if bar["row"] != SUM]
        assert [bar["row"] for bar in of_classes] == list(NAMES)
        assert [bar["from"] for bar in of_classes] == [0, 0, 0]
        np.testing.assert_allclose([bar["to"] for bar in of_classes], expected, rtol=1e-6)
        for name, number in zip(NAMES, expected):
            assert value(numbers[name].removesuffix("  ← true class")) == pytest.approx(number, rel=5e-3)


def test_the_sum_is_put_together_from_the_bars_above_and_fills_its_axis():
    found = steps(SCORES, subtract=False)
    scores, *summed = three_steps(found, NAMES, 0)
    assert SUM not in bars_and_numbers(scores)[1]
    for step, values in zip(summed, (found.exponentials, found.probabilities)):
        bars, numbers = bars_and_numbers(step)
        parts = [bar for bar in bars if bar["row"] == SUM]
        np.testing.assert_allclose([part["to"] - part["from"] for part in parts], values, rtol=1e-5)
        assert [part["from"] for part in parts] == [0, *(part["to"] for part in parts[:-1])]
        assert value(numbers[SUM]) == pytest.approx(values.sum(), rel=1e-3)
        least, greatest = step["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert (least, greatest) == (0, pytest.approx(parts[-1]["to"]))


def test_the_true_class_is_marked_beside_its_probability():
    for true_class, name in enumerate(NAMES):
        numbers = bars_and_numbers(three_steps(steps(SCORES), NAMES, true_class)[2])[1]
        assert [row for row, text in numbers.items() if "← true class" in text] == [name]


def test_axes_say_what_the_scores_are_and_whether_the_largest_is_subtracted():
    for subtract in (True, False):
        titles = [
            step["layer"][0]["encoding"]["x"]["title"]
            for step in three_steps(steps(SCORES, subtract=subtract), NAMES, 0)
        ]
        assert titles[0] == "z = a"
        assert three_steps(steps(SCORES), NAMES, 0)[0]["title"] == "1. z from the scores"
        assert ("largest" in titles[1]) == subtract


@pytest.mark.parametrize(("constant", "exponential"), [(1000.0, "inf"), (-1000.0, "0")])
def test_what_float32_cannot_hold_is_named_and_draws_no_bar_beyond_the_axis(constant, exponential):
    found = three_steps(steps(SCORES, constant, subtract=False), NAMES, 0)
    for step in found:
        bars, _ = bars_and_numbers(step)
        least, greatest = step["layer"][0]["encoding"]["x"]["scale"]["domain"]
        assert least < greatest
        assert all(least <= bar[end] <= greatest for bar in bars for end in ("from", "to"))
    _, exponentials, probabilities = (bars_and_numbers(step)[1] for step in found)
    assert set(exponentials.values()) == {exponential}
    assert set(probabilities.values()) == {"nan", "nan  ← true class"}


def test_classes_have_their_colours_everywhere():
    charts = (three_steps(steps(SCORES), NAMES, 0)[2], temperature_chart(SCORES, 1.0, NAMES))
    for chart in charts:
        coloured = [layer for layer in chart["layer"] if "color" in layer["encoding"]]
        assert coloured
        for layer in coloured:
            scale = layer["encoding"]["color"]["scale"]
            assert (scale["domain"], scale["range"]) == (list(NAMES), list(CLASS_COLOURS[:3]))


def test_charts_of_one_panel_are_valid():
    for chart in (temperature_chart(SCORES, 1.0, NAMES), digit_chart(np.zeros(64))):
        json.dumps(chart, allow_nan=False)
        alt.Root.validate(chart)


def test_curves_are_scipys_softmax_at_each_temperature_and_the_chosen_one_is_marked():
    rule, curves, points = tables(temperature_chart(SCORES, 0.7, NAMES))
    assert rule == [{"temperature": 0.7}]
    assert [(point["class"], point["temperature"]) for point in points] == [(name, 0.7) for name in NAMES]
    assert {min(row["temperature"] for row in curves), max(row["temperature"] for row in curves)} == {0.1, 10.0}
    for row in (*curves, *points):
        expected = softmax(np.array(SCORES) / row["temperature"])[NAMES.index(row["class"])]
        assert row["probability"] == pytest.approx(expected, rel=1e-4, abs=1e-9)


def test_a_digit_has_its_pixels_where_they_are():
    digits = load_digits()
    chart = digit_chart(digits.data[7])
    (cells,) = tables(chart)
    for cell in cells:
        assert cell["ink"] == digits.images[7][cell["row"] - 1, cell["column"] - 1]
    assert len({(cell["row"], cell["column"]) for cell in cells}) == 64
    assert chart["layer"][0]["encoding"]["color"]["scale"]["domain"] == [0, digits.data.max()]


def test_texts_say_it_in_words():
    words = steps_text(steps([2.0, 1.0, 0.1], 1000, subtract=False), NAMES, 2)
    assert "a: z 1002, exponential inf, probability nan" in words
    assert words.endswith("True class: c.")
    assert "at temperature 1: a 0.659, b 0.242, c 0.0986" in temperature_text([2.0, 1.0, 0.1], 1.0, NAMES)
    vertical_line = np.tile([0, 0, 0, 16, 0, 0, 0, 0], 8)
    assert digit_text(vertical_line).count("...#....") == 8
