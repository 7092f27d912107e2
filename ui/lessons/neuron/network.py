"""The neuron as one of a network: circles in three layers, with a line for each weight."""

from itertools import pairwise, product

from core.lessons.neuron import Neuron
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE, activation_look
from ui.lessons.neuron.charts import INPUTS, PARAMETERS
from ui.lessons.neuron.diagram import line_width
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import written

LAYERS = {N_("input layer"): 2, N_("hidden layer"): 3, N_("output layer"): 2}  # units
WIDTH, HEIGHT = 330, 178  # pixels: not too wide for a phone
MARGIN, LABEL = 45, 12  # pixels from the side to a layer, and of its name
UNIT, GAP = 30, 50  # pixels: a circle, and from the middle of one to that of the next
FAINT = 0.45  # opacity of the lines of weights that are nobody's
HERE = (1, 0)  # layer and place of the neuron
_TEXT = N_(
    "A network: an input layer of {inputs} circles, a hidden layer of {hidden} and an output layer of {outputs}. Each "
    "circle is connected to all circles of the next layer. The first of the hidden layer is the neuron with weights "
    "{weights} and activation function {activation}."
)


def network_chart(neuron: Neuron) -> dict:
    """The Vega-Lite specification of a small network in which the neuron, with two inputs, is the first of its hidden
    layer: its weights have the width and the colour that they have in its own drawing, those of the others are grey."""
    look = activation_look(neuron.activation)
    units = [
        {"x": x, "y": y, "text": INPUTS[k] if layer == 0 else "", "colour": LINE_COLOUR, "width": 1.5}
        | ({"colour": look.colour, "width": 3.5} if (layer, k) == HERE else {})
        for layer, count in enumerate(LAYERS.values())
        for k, (x, y) in enumerate(_places(layer, count))
    ]  # fmt: skip
    names = [
        {"x": _across(layer), "y": HEIGHT - LABEL / 2, "text": _(name), "width": 0} for layer, name in enumerate(LAYERS)
    ]
    circle = {
        "type": "point", "shape": "circle", "size": 3.1416 * (UNIT / 2) ** 2, "fill": "white", "fillOpacity": 0,
        "opacity": 1, "aria": False,
    }  # fmt: skip
    text = {"type": "text", "fontSize": LABEL, "baseline": "middle", "aria": False}
    ends = {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "opacity": _as_it_is("opacity")}
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            _layer(_lines(neuron), {"type": "rule", "aria": False}, **ends, **_stroke()),
            _layer(units, circle, **_stroke()),
            _layer([*units, *names], text, text={"field": "text"}),
        ],
        "autosize": {"type": "pad"},
        "config": {"view": {"stroke": None}},
    }


def network_text(neuron: Neuron) -> str:
    """The picture of `network_chart` in words, for those who cannot see it."""
    inputs, hidden, outputs = LAYERS.values()
    weights = ", ".join(f"{name} = {written(weight)}" for name, weight in zip(PARAMETERS, neuron.weights))
    activation = label("activation", neuron.activation)
    return _(_TEXT, inputs=inputs, hidden=hidden, outputs=outputs, weights=weights, activation=activation)


def _lines(neuron: Neuron) -> list[dict]:
    """From each circle to all of the next layer; the neuron's own come last, on top."""
    layers = [
        [(layer, k, *place) for k, place in enumerate(_places(layer, n))] for layer, n in enumerate(LAYERS.values())
    ]
    rows = []
    for before, after in pairwise(layers):
        for start, (*there, x2, y2) in product(before, after):
            k, x, y = start[1:]
            weight = neuron.weights[k] if tuple(there) == HERE else None
            rows.append(
                {"x": x + UNIT / 2, "y": y, "x2": x2 - UNIT / 2, "y2": y2}
                | {"opacity": FAINT if weight is None else 1, "width": 1 if weight is None else line_width(weight)}
                | {"colour": LINE_COLOUR if weight is None else NEGATIVE if weight < 0 else POSITIVE}
            )
    return sorted(rows, key=lambda row: row["opacity"])


def _places(layer: int, count: int) -> list[tuple[float, float]]:
    """The middles of its circles, in pixels from the top left."""
    middle = (HEIGHT - 2 * LABEL) / 2
    return [(_across(layer), middle + (k - (count - 1) / 2) * GAP) for k in range(count)]


def _across(layer: int) -> float:
    return MARGIN + layer * (WIDTH - 2 * MARGIN) / (len(LAYERS) - 1)


def _layer(rows: list[dict], mark: dict, **channels: dict) -> dict:
    place = {name: _as_it_is(name) | {"axis": None} for name in ("x", "y")}
    return {"data": {"values": rows}, "mark": mark, "encoding": place | {"tooltip": {"value": None}} | channels}


def _stroke() -> dict[str, dict]:
    colour = {"field": "colour", "type": "nominal", "scale": None}
    return {"stroke": colour, "strokeWidth": _as_it_is("width")}


def _as_it_is(field: str) -> dict:
    """A number of pixels, or an opacity."""
    return {"field": field, "type": "quantitative", "scale": None}
