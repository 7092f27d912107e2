import json

import altair as alt
import pytest

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from tests.ui.charts.test_charts import layers_of
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE, activation_look
from ui.lessons.neuron.diagram import diagram_chart
from ui.lessons.neuron.network import FAINT, HEIGHT, LAYERS, UNIT, WIDTH, network_chart, network_text


def rows_of(chart: dict, mark: str) -> list[dict]:
    return [row for layer in layers_of(chart, mark) for row in layer["data"]["values"]]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_it_is_valid_and_the_neuron_has_the_colour_of_its_function(name):
    chart = network_chart(Neuron((0.6, -1.0), 0.2, name))
    json.dumps(chart, allow_nan=False)
    alt.LayerChart.from_dict(chart)
    coloured = [row for row in rows_of(chart, "point") if row["width"] > 2]
    assert [row["colour"] for row in coloured] == [activation_look(name).colour]


def test_every_circle_is_joined_to_all_of_the_next_layer_and_only_the_neurons_weights_have_a_colour():
    neuron = Neuron((0.6, -3.0), 0.2)
    chart = network_chart(neuron)
    sizes = list(LAYERS.values())
    circles, lines = rows_of(chart, "point"), rows_of(chart, "rule")
    assert len(circles) == sum(sizes)
    assert len(lines) == sizes[0] * sizes[1] + sizes[1] * sizes[2]
    own = [line for line in lines if line["colour"] != LINE_COLOUR]
    assert lines[-2:] == own, "on top"
    assert [line["colour"] for line in own] == [POSITIVE, NEGATIVE]
    (here,) = [row for row in circles if row["width"] > 2]
    assert {(line["x2"], line["y2"]) for line in own} == {(here["x"] - UNIT / 2, here["y"])}
    drawn = [row["size"] for row in rows_of(diagram_chart([neuron], (1.0, 1.0), 0, 0.1), "rule")[:2]]
    assert [line["width"] for line in own] == drawn, "as in the neuron's own drawing"
    assert {line["opacity"] for line in lines} == {FAINT, 1}


def test_the_layers_have_their_names_and_nothing_is_outside():
    chart = network_chart(Neuron((0.6, -1.0), 0.2))
    rows = rows_of(chart, "text")
    assert [row["text"] for row in rows if row["text"]] == ["x₁", "x₂", *LAYERS]
    for row in rows_of(chart, "point"):
        assert UNIT / 2 <= row["x"] <= WIDTH - UNIT / 2
        assert UNIT / 2 <= row["y"] <= HEIGHT - UNIT / 2


def test_the_text_says_which_neuron_it_is():
    text = network_text(Neuron((0.6, -1.0), 0.2, "tanh"))
    assert text.endswith(
        "The first of the hidden layer is the neuron with weights w₁ = 0.6, w₂ = −1 and activation function Tanh."
    )
