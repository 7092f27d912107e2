"""One neuron drawn: its inputs, what each adds to the weighted sum, and what activation functions make of the sum."""

from collections.abc import Sequence

import numpy as np

from core.lessons.neuron import Neuron
from ui.charts.functions import SMALL, small_picture
from ui.charts.layers import AVAILABLE_WIDTH
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE, activation_look
from ui.lessons.neuron.charts import INPUTS, NUDGED, PARAMETERS, REACH, changes
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, written

WIDTH, HEIGHT = 760, 180  # pixels; the width is less where there is no room
NARROW = 560  # pixels of the width, below which texts are shortened
RADIUS, SUM_RADIUS = 20, 26  # pixels
WIDEST = 6  # pixels of a line whose weight is REACH; 1 if it is hardly more than 0
SUM, OUTPUTS = 0.49, 0.63  # of the width: the middle of the sum, and the left of the functions
DOWN = (32, HEIGHT / 2, HEIGHT - 32)  # pixels from the top: both inputs, and the 1 that the bias is the weight of
OUTPUTS_DOWN = (45, HEIGHT - 30)
# Pixels from there to the text of a term alone, or of one and the same after the nudge, where no other line is.
ALONE, BOTH = ((-11,), (-12,), (11,)), ((-24, -11), (-12, 12), (11, 24))
LARGE, LITTLE = 14, 12  # pixels of texts
_TEXT = N_(
    "A neuron, from its inputs to its outputs. Weights times inputs, and the bias times 1: {terms}. The sum z is {z}, "
    "and {z_after} after {parameter} changes by {amount}. Outputs: {outputs}."
)
_OUTPUT = N_("{activation} {before}, after the change {after}")
_AFTER = N_("→ {output} after the change")
ACROSS, DOWNWARD = ({"field": field, "type": "quantitative", "scale": None, "axis": None} for field in "xy")


def diagram_chart(neurons: Sequence[Neuron], x: Sequence[float], parameter: int, amount: float) -> dict:
    """The Vega-Lite specification of neurons with the same weights and bias, for the input x (2,): the wider a line,
    the larger the weight, and its colour is the sign.  An arrow leads to what a number is after one of the
    `PARAMETERS`, by its place, or `ALL` are changed by an amount, if it is another then."""
    texts = [*_sum_texts(neurons[0], x, parameter, amount), *_output_texts(neurons, x, parameter, amount)]
    layers = [_lines(neurons[0], x), _circles(neurons[0], x), *_functions(neurons, x), _text_layer(texts)]
    return {
        "height": HEIGHT,
        # Vega lets a parameter of this name take the place of its own width.
        "params": [{"name": "width", "expr": f"min({WIDTH}, {AVAILABLE_WIDTH})"}],
        "layer": layers,
        "autosize": {"type": "pad"},
        "config": {"view": {"stroke": None}},
    }


def diagram_text(neurons: Sequence[Neuron], x: Sequence[float], parameter: int, amount: float) -> str:
    """The picture of `diagram_chart` in words, for those who cannot see it."""
    change = changes(parameter, amount)
    nudges = [(label("activation", neuron.activation), neuron.nudge(x, change)) for neuron in neurons]
    outputs = "; ".join(
        _(_OUTPUT, activation=name, before=written(nudge.before), after=written(nudge.after)) for name, nudge in nudges
    )
    terms = ", ".join(f"{name}: {text}" for name, text in zip(PARAMETERS, _terms(neurons[0], x)))
    z, z_after = (written(neuron.weighted_sum(x)) for neuron in (neurons[0], neurons[0].nudged(change)))
    return _(
        _TEXT, terms=terms, z=z, z_after=z_after, parameter=_(NUDGED[parameter]), amount=exact(amount), outputs=outputs
    )


def line_width(weight: float) -> float:
    """Pixels."""
    return bool(weight) + abs(weight) / REACH * (WIDEST - 1)


def _terms(neuron: Neuron, x: Sequence[float]) -> list[str]:
    """`0.6 · 2 = 1.2` for each weight and the bias."""
    return [
        f"{written(weight)} · {f'({written(value)})' if value < 0 else written(value)} = {written(term)}"
        for weight, value, term in zip(neuron.parameters, (*x, 1), neuron.terms(x))
    ]


def _lines(neuron: Neuron, x: Sequence[float]) -> dict:
    """From the inputs to the sum, and from there to the functions."""
    ends = [dict(zip(("to", "to_shift", "to_y"), end)) for end in _around_the_sum(-1, (-45, 0, 45))]
    starts = [dict(zip(("place", "shift", "y"), end)) for end in _around_the_sum(1, (-25, 25))]
    rows = [
        {"place": 0, "shift": 2 * RADIUS + 1, "y": down, "parameter": name, "value": weight, "term": term}
        | {"size": line_width(weight), "colour": NEGATIVE if weight < 0 else POSITIVE}
        | end
        for name, weight, term, down, end in zip(PARAMETERS, neuron.parameters, neuron.terms(x), DOWN, ends)
    ]
    rows += [
        start | {"to": OUTPUTS, "to_shift": 0, "to_y": down, "size": 1.5, "colour": LINE_COLOUR}
        for start, down in zip(starts, OUTPUTS_DOWN)
    ]
    channels = {"x2": {"field": "x2"}, "y2": {"field": "to_y"}, "strokeWidth": _as_it_is("size")}
    tooltip = [_told("parameter", _("Parameter"), None), _told("value", _("Value")), _told("term", _("Term"))]
    layer = _placed(
        rows, {"type": "rule", "strokeCap": "round"}, color=_as_it_is("colour"), tooltip=tooltip, **channels
    )
    layer["transform"].append({"calculate": "datum.to * width + datum.to_shift", "as": "x2"})
    return layer


def _around_the_sum(side: int, degrees: Sequence[float]) -> list[tuple[float, float, float]]:
    """Places on its circle, on the left (-1) or on the right (1): as a part of the width, pixels from there, and pixels
    from the top."""
    angles = np.radians(degrees)
    across, down = side * SUM_RADIUS * np.cos(angles), HEIGHT / 2 + SUM_RADIUS * np.sin(angles)
    return [(SUM, *place) for place in zip(across.tolist(), down.tolist())]


def _circles(neuron: Neuron, x: Sequence[float]) -> dict:
    names = (*(_("input {name}", name=name) for name in INPUTS), _("for the bias"), _("weighted sum z"))
    places = [*((0, RADIUS, down, RADIUS) for down in DOWN), (SUM, 0, HEIGHT / 2, SUM_RADIUS)]
    rows = [
        {
            "place": place,
            "shift": shift,
            "y": down,
            "name": name,
            "value": float(value),
            "size": float(np.pi * radius**2),
        }
        for name, value, (place, shift, down, radius) in zip(names, (*x, 1, neuron.weighted_sum(x)), places)
    ]
    mark = {"type": "point", "shape": "circle", "stroke": LINE_COLOUR, "fill": "white", "fillOpacity": 0, "opacity": 1}
    return _placed(
        rows, mark, size=_as_it_is("size"), tooltip=[_told("name", _("Name"), None), _told("value", _("Value"))]
    )


def _functions(neurons: Sequence[Neuron], x: Sequence[float]) -> list[dict]:
    """Their curves, each in a frame."""
    width, height = SMALL
    rows = [
        {
            "place": OUTPUTS, "shift": width / 2, "y": down, "picture": small_picture(neuron.activation),
            "activation": label("activation", neuron.activation), "output": float(neuron.output(x)),
            "colour": activation_look(neuron.activation).colour,
        }
        for neuron, down in zip(neurons, OUTPUTS_DOWN)
    ]  # fmt: skip
    size, frame = {"width": width, "height": height}, {"type": "rect", "fill": "white", "fillOpacity": 0}
    tooltip = [_told("activation", _("Activation function"), None), _told("output", _("Output"))]
    return [
        _placed(rows, {"type": "image", "aria": False} | size, url={"field": "picture"}),
        _placed(rows, frame | size, stroke=_as_it_is("colour"), tooltip=tooltip),
    ]


def _sum_texts(neuron: Neuron, x: Sequence[float], parameter: int, amount: float) -> list[dict]:
    """Inputs, terms, and their sum."""
    nudged, middle = neuron.nudged(changes(parameter, amount)), HEIGHT / 2
    rows = []
    for name, value, down in zip((*INPUTS, ""), (*x, 1), DOWN):
        rows.append(_text(0, RADIUS, down - 8, name, LITTLE))
        rows.append(_text(0, RADIUS, down + (6 if name else 0), written(value), LARGE))
    for place, (before, after) in enumerate(zip(_terms(neuron, x), _terms(nudged, x))):
        name = PARAMETERS[place] + (f" · {INPUTS[place]}" if place < len(INPUTS) else "")
        texts = [(f"{name} = {before}", before)]
        if after != before:
            texts.append((f"→ {after}", f"→ {after.rpartition(' = ')[2]}"))  # else it would reach the sum
        for (text, short), beside in zip(texts, (BOTH if after != before else ALONE)[place]):
            rows.append(_text(0, 2 * RADIUS + 10, DOWN[place] + beside, text, LITTLE, short, "left"))
    z, z_after = (written(each.weighted_sum(x)) for each in (neuron, nudged))
    rows += [_text(SUM, 0, middle - 9, "z", LITTLE), _text(SUM, 0, middle + 6, z, LARGE)]
    rows.append(_text(SUM, 0, middle - SUM_RADIUS - 9, _("sum"), LITTLE))
    if z_after != z:
        rows.append(_text(SUM, 0, middle + SUM_RADIUS + 10, f"→ {z_after}", LITTLE))
    return rows


def _output_texts(neurons: Sequence[Neuron], x: Sequence[float], parameter: int, amount: float) -> list[dict]:
    rows, (width, height) = [], SMALL
    for neuron, down in zip(neurons, OUTPUTS_DOWN):
        nudge = neuron.nudge(x, changes(parameter, amount))
        before, after = written(nudge.before), written(nudge.after)
        of = "z" if neuron.sharpness == 1 else f"{exact(neuron.sharpness)} z"
        rows.append(
            _text(
                OUTPUTS,
                0,
                down - height / 2 - 9,
                f"{label('activation', neuron.activation)}({of})",
                LITTLE,
                align="left",
            )
        )
        rows.append(_text(OUTPUTS, width + 8, down - 7, _("output {number}", number=before), LARGE, before, "left"))
        if after != before:
            text = _(_AFTER, output=after)
            rows.append(_text(OUTPUTS, width + 8, down + 10, text, LITTLE, f"→ {after}", "left"))
    return rows


def _text(
    place: float, shift: float, down: float, text: str, size: int, short: str | None = None, align: str = "center"
) -> dict:
    """At a part of the width and so many pixels from there; `short` is for a narrow window."""
    short = text if short is None else short
    return {"place": place, "shift": shift, "y": down, "text": text, "short": short, "size": size, "align": align}


def _text_layer(rows: list[dict]) -> dict:
    mark = {"type": "text", "align": {"expr": "datum.align"}, "baseline": "middle", "aria": False}
    layer = _placed(rows, mark, text={"field": "shown"}, size=_as_it_is("size"))
    layer["transform"].append({"calculate": f"width < {NARROW} ? datum.short : datum.text", "as": "shown"})
    return layer


def _placed(rows: list[dict], mark: dict, tooltip: list[dict] | None = None, **channels: dict) -> dict:
    """A layer, of rows with a place and a shift.  Without a tooltip of its own it has none: Streamlit's has all of a
    row."""
    at = {"calculate": "datum.place * width + datum.shift", "as": "x"}
    encoding = {"x": ACROSS, "y": DOWNWARD, "tooltip": tooltip or {"value": None}, **channels}
    return {"data": {"values": rows}, "transform": [at], "mark": mark, "encoding": encoding}


def _as_it_is(field: str) -> dict:
    """A size in pixels, or a colour."""
    return {"field": field, "type": "nominal" if field == "colour" else "quantitative", "scale": None}


def _told(field: str, title: str, form: str | None = ".4~g") -> dict:
    kind = {"type": "quantitative", "format": form} if form else {"type": "nominal"}
    return {"field": field, "title": title, **kind}
