import json

import altair as alt
import pytest

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from tests.ui.charts.test_charts import layers_of, rows_with
from ui.charts.functions import small_picture
from ui.charts.palette import NEGATIVE, POSITIVE, activation_look
from ui.lessons.neuron.diagram import ALONE, DOWN, diagram_chart, diagram_text
from ui.shell.labels import label

X = (2.0, 1.5)
W1, W2, B, ALL = range(4)


def neurons(weights=(0.6, -1.0), bias=0.2, activation="sigmoid", sharpness=1.0) -> list[Neuron]:
    return [Neuron(weights, bias, name, sharpness) for name in ("step", activation)]


def rows_of(chart: dict, mark: str) -> list[dict]:
    """In the order in which they are drawn."""
    return [row for layer in layers_of(chart, mark) for row in layer["data"]["values"]]


def written(chart: dict, field: str = "text") -> list[str]:
    return [row[field] for row in rows_of(chart, "text")]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_is_valid_and_holds_only_what_json_can(name):
    for weights, sharpness in (((0.6, -1.0), 1), ((0.0, 0.0), 1), ((3.0, 3.0), 50)):
        chart = diagram_chart(neurons(weights, 0.2, name, sharpness), X, W1, 0.1)
        json.dumps(chart, allow_nan=False)
        alt.Root.validate(chart)


def test_lines_have_the_width_and_the_colour_of_their_weights():
    lines = rows_of(diagram_chart(neurons((0.6, -3.0), 0.0), X, W1, 0.1), "rule")
    w1, w2, b = lines[:3]
    assert [line["parameter"] for line in (w1, w2, b)] == ["w₁", "w₂", "b"]
    assert (w1["colour"], w2["colour"]) == (POSITIVE, NEGATIVE)
    assert 0 == b["size"] < w1["size"] < w2["size"] == 6
    assert [line["term"] for line in (w1, w2, b)] == pytest.approx([1.2, -4.5, 0.0])


def test_every_term_is_written_out_and_what_the_nudge_makes_of_it():
    texts = written(diagram_chart(neurons(), X, W1, 0.1))
    assert {"w₁ · x₁ = 0.6 · 2 = 1.2", "w₂ · x₂ = −1 · 1.5 = −1.5", "b = 0.2 · 1 = 0.2"} < set(texts)
    assert {"z", "−0.1", "→ 0.1", "→ 0.7 · 2 = 1.4"} < set(texts), "the sum and the term, before and after"
    assert "−1 · (−1.5) = 1.5" in written(diagram_chart(neurons(), (2.0, -1.5), W1, 0.1), "short")


@pytest.mark.parametrize(("parameter", "after"), [(W2, "→ −0.5 · 1.5 = −0.75"), (B, "→ 0.7 · 1 = 0.7")])
def test_only_the_term_of_the_nudged_parameter_has_an_arrow(parameter, after):
    arrows = [text for text in written(diagram_chart(neurons(), X, parameter, 0.5)) if "→" in text and "=" in text]
    assert arrows == [after]


def test_all_terms_have_an_arrow_where_all_parameters_are_nudged():
    arrows = [text for text in written(diagram_chart(neurons(), X, ALL, 0.5)) if "→" in text and "=" in text]
    assert arrows == ["→ 1.1 · 2 = 2.2", "→ −0.5 · 1.5 = −0.75", "→ 0.7 · 1 = 0.7"]


def test_outputs_are_those_of_both_neurons_before_and_after():
    texts = written(diagram_chart(neurons(), X, W1, 0.1))
    assert {"output 0", "→ 1 after the change", "output 0.475", "→ 0.525 after the change"} < set(texts)
    assert {"Step(z)", "Sigmoid(z)"} < set(texts)
    assert {"Step(20 z)", "Tanh(20 z)"} < set(written(diagram_chart(neurons(activation="tanh", sharpness=20), X, B, 0)))


def test_what_does_not_change_has_no_arrow():
    assert not any("→" in text for text in written(diagram_chart(neurons(), X, W1, 0.0)))
    assert not any("→" in text for text in written(diagram_chart(neurons(), (0.0, 1.5), W1, 0.5)) if "·" not in text)


def test_each_function_is_its_own_picture_in_its_own_colour():
    chart = diagram_chart(neurons(activation="tanh"), X, W1, 0.1)
    frames = rows_with(chart["layer"], "picture")
    for name in ("step", "tanh"):
        rows = [row for row in frames if row["activation"] == label("activation", name)]
        assert {row["colour"] for row in rows} == {activation_look(name).colour}
        assert {row["picture"] for row in rows} == {small_picture(name)}


def test_no_text_is_below_twelve_pixels_nor_outside_the_drawing():
    chart = diagram_chart(neurons((-2.9, -2.9), -2.9, "relu_squared", 50), (-2.9, -2.9), W2, -0.15)
    for row in rows_of(chart, "text"):
        assert row["size"] >= 12
        assert row["size"] / 2 <= row["y"] <= chart["height"] - row["size"] / 2
        assert len(row["short"]) <= len(row["text"])


def test_texts_of_terms_stand_beside_their_lines():
    rows = rows_of(diagram_chart(neurons(), X, W1, 0.0), "text")
    places = [row["y"] for row in rows if "=" in row["text"]]
    assert places == [down + beside for down, (beside,) in zip(DOWN, ALONE)]


def test_the_text_says_the_terms_the_sum_and_the_outputs():
    assert diagram_text(neurons(), X, W1, 0.1) == (
        "A neuron, from its inputs to its outputs. Weights times inputs, and the bias times 1: w₁: 0.6 · 2 = 1.2, w₂: "
        "−1 · 1.5 = −1.5, b: 0.2 · 1 = 0.2. The sum z is −0.1, and 0.1 after w₁ changes by 0.1. Outputs: Step 0, after "
        "the change 1; Sigmoid 0.475, after the change 0.525."
    )
