"""One network drawn: what each unit computes, as a small picture of the plane, and the weights between them."""

from dataclasses import dataclass

import altair as alt
import numpy as np

from core import Dataset
from core.analysis.inside import Inside
from ui.charts.palette import CLASS_COLOURS, LINE_COLOUR, NEGATIVE, POSITIVE, UNIT_COLOURS
from ui.charts.pictures import picture_url
from ui.charts.replay import at_record, inlined, with_record
from ui.charts.specification import vega_lite
from ui.shell.classes import said_class, said_classes
from ui.shell.features import said_features
from ui.shell.language import N_, _
from ui.shell.numbers import count, significant

WIDTH, MOST_APART = 640, 200  # pixels between the first and the last layer, and between two
LEFT, RIGHT, TOP = 90, 110, 30  # pixels around, for names
UNIT, GAP = 30, 6  # pixels: the side of a unit's picture, and what is free below it
MOST_INPUTS = 16
MOST_WEIGHTS = 640  # drawn: the strongest of them
WIDEST = 6  # pixels

_HIDDEN_UNIT = N_("unit {unit} of hidden layer {layer}")
_INPUTS, _HIDDEN_LAYER, _OUTPUT = N_("inputs"), N_("hidden {layer}"), N_("output")
_FROM, _TO, _WEIGHT = N_("From"), N_("To"), N_("Weight")
_UNIT, _BIAS, _STATE, _DEAD, _ALIVE = N_("Unit"), N_("Bias"), N_("State"), N_("dead"), N_("alive")
_NETWORK = N_("The network {name} after epoch {epoch}. {layers}.")
_NO_HIDDEN_LAYER = N_("No hidden layer")
_LAYER = N_("hidden layer {layer}: {units}, dead: {dead}")
_NONE = N_("none")


@dataclass(frozen=True)
class _Layout:
    """Places in pixels: `across` of each layer's middle, inputs first; `down` of each unit's, from the top."""

    across: list[float]
    drawn: list[int]

    @property
    def width(self) -> float:
        return self.across[-1] + RIGHT

    @property
    def height(self) -> float:
        return TOP + max(self.drawn) * (UNIT + GAP)

    def down(self, layer: int, unit: int) -> float:
        free = max(self.drawn) - self.drawn[layer]
        return TOP + (free / 2 + unit) * (UNIT + GAP) + UNIT / 2


def network_chart(inside: Inside, data: Dataset) -> dict:
    """The Vega-Lite specification of the network at the epoch of the replay's bar.

    Lines are weights: the wider, the larger; the colour is the sign.  Dead units have a red frame.  The first
    `core.analysis.inside.MOST_UNITS` units of each layer are drawn, and the `MOST_WEIGHTS` strongest weights
    between them.
    """
    layout = _layout(inside, data)
    base = {"x": _pixels(alt.X, "x:Q", layout.width), "y": _pixels(alt.Y, "y:Q", layout.height)}
    corners = base | {"x2": "x2", "y2": "y2"}
    weights, units = _lines_of_weights(corners, _largest(inside)), _frames_of_units(corners)
    pictures = (
        alt.Chart(alt.NamedData("pictures"))
        .transform_calculate(picture=at_record("pictures"))
        .mark_image(aspect=False, aria=False)
        .encode(**corners, url=alt.Url("picture:N"), tooltip=alt.TooltipValue(None))
    )
    names = _texts(layout, data)
    texts = [
        alt.Chart(alt.NamedData(align)).mark_text(align=align, fontSize=12).encode(**base, text="text:N")
        for align in names
    ]
    chart = (
        alt.layer(weights, pictures, units, *texts)
        .properties(width=layout.width, height=layout.height)
        .configure_view(stroke=None)
    )
    specification = vega_lite(chart)
    # Put in last: Altair copies data several times over.
    specification["datasets"] = names | {
        "weights": _weights(inside, layout, data),
        "pictures": _pictures(inside, layout, data),
        "units": _units(inside, layout, data),
    }
    return with_record(inlined(specification), len(inside.epochs))


def network_text(name: str, inside: Inside) -> str:
    """The picture of `network_chart` in words, for those who cannot see it: its layers, and which units are dead."""
    layers = [
        _(_LAYER, layer=number, units=count(len(biases[-1]), "unit"), dead=_numbers(np.flatnonzero(dead[-1]) + 1))
        for number, (biases, dead) in enumerate(zip(inside.biases, inside.dead), start=1)
    ]
    return _(_NETWORK, name=name, epoch=inside.epochs[-1], layers="; ".join(layers) or _(_NO_HIDDEN_LAYER))


def left_out(inside: Inside) -> bool:
    """Whether there is more of the network than the drawing shows."""
    widest = max(weights.shape[1] for weights in inside.weights)
    units_left = any(biases.shape[1] > len(maps[0]) for biases, maps in zip(inside.biases, inside.unit_maps))
    return units_left or widest > MOST_INPUTS or sum(w[0].size for w in inside.weights) > MOST_WEIGHTS


def _layout(inside: Inside, data: Dataset) -> _Layout:
    drawn = [min(data.features, MOST_INPUTS), *(maps.shape[1] for maps in inside.unit_maps)]
    apart = min(MOST_APART, WIDTH / (len(drawn) - 1))
    return _Layout([LEFT + apart * layer for layer in range(len(drawn))], drawn)


def _lines_of_weights(corners: dict, largest: float) -> alt.Chart:
    width = alt.Scale(domain=[0, 1], range=[0, WIDEST])
    opacity = alt.Scale(domain=[0, 0.5], range=[0.1, 0.9], clamp=True)
    return (
        alt.Chart(alt.NamedData("weights"))
        .transform_calculate(weight=at_record("weights"))
        .mark_rule(strokeCap="round")
        .encode(
            **corners,
            color=alt.condition("datum.weight < 0", alt.value(NEGATIVE), alt.value(POSITIVE)),
            strokeWidth=alt.StrokeWidth("strength:Q", scale=width, legend=None),
            opacity=alt.Opacity("strength:Q", scale=opacity, legend=None),
            tooltip=[
                alt.Tooltip("weight from:N", title=_(_FROM)), alt.Tooltip("to:N", title=_(_TO)),
                alt.Tooltip("weight:Q", title=_(_WEIGHT), format=".4g"),
            ],
        )
        .transform_calculate(strength=f"abs(datum.weight) / {significant(largest, 6)}")
    )  # fmt: skip


def _frames_of_units(corners: dict) -> alt.Chart:
    dead, alive = _(_DEAD), _(_ALIVE)
    is_dead = f"datum.state == '{dead}'"
    return (
        alt.Chart(alt.NamedData("units"))
        .transform_calculate(bias=at_record("biases"), state=f"{at_record('dead')} ? '{dead}' : '{alive}'")
        .mark_rect(fillOpacity=0, fill="white")
        .encode(
            **corners,
            stroke=alt.condition(is_dead, alt.value(UNIT_COLOURS["dead_units"]), alt.value(LINE_COLOUR)),
            strokeWidth=alt.condition(is_dead, alt.value(3), alt.value(1)),
            tooltip=[
                alt.Tooltip("unit:N", title=_(_UNIT)), alt.Tooltip("bias:Q", title=_(_BIAS), format=".4g"),
                alt.Tooltip("state:N", title=_(_STATE)),
            ],
        )
    )  # fmt: skip


def _weights(inside: Inside, layout: _Layout, data: Dataset) -> list[dict]:
    rows, last, inputs = [], len(inside.weights) - 1, said_features(data)
    for layer, weights in enumerate(inside.weights):
        ends = np.argwhere(np.ones(weights.shape[1:]))
        shown = (ends < [layout.drawn[layer], layout.drawn[layer + 1]]).all(axis=1)
        for source, target in ends[shown].tolist():
            of_epochs = weights[:, source, target]
            rows.append(
                {
                    "x": layout.across[layer] + (UNIT / 2 if layer else 8),
                    "y": layout.down(layer, source),
                    "x2": layout.across[layer + 1] - UNIT / 2,
                    "y2": layout.down(layer + 1, target),
                    "weight from": _unit(layer - 1, source) if layer else inputs[source],
                    "to": said_class(data.class_names[target]) if layer == last else _unit(layer, target),
                    "weights": _light(of_epochs),
                    "size": float(np.abs(np.nan_to_num(of_epochs)).max()),
                }
            )
    rows.sort(key=lambda row: row.pop("size"), reverse=True)
    return rows[:MOST_WEIGHTS]


def _largest(inside: Inside) -> float:
    """The largest of the weights' sizes, at any epoch."""
    return max(max(float(np.abs(np.nan_to_num(weights)).max()) for weights in inside.weights), 1e-6)


def _pictures(inside: Inside, layout: _Layout, data: Dataset) -> list[dict]:
    """One picture for each layer and epoch, in which those of its units stand one below the other."""
    last = len(inside.unit_maps) - 1
    rows = []
    for layer, maps in enumerate(inside.unit_maps):
        place = layout.across[layer + 1]
        top = layout.down(layer + 1, 0) - UNIT / 2
        colours = CLASS_COLOURS[: data.classes] if layer == last else (POSITIVE, NEGATIVE)
        rows.append(
            {
                "x": place - UNIT / 2,
                "x2": place + UNIT / 2,
                "y": top,
                "y2": top + layout.drawn[layer + 1] * (UNIT + GAP),
                "pictures": [_column(of_epoch, colours, layer == last) for of_epoch in maps],
            }
        )
    return rows


def _column(maps: np.ndarray, colours: tuple[str, ...], is_output: bool) -> str:
    """Maps (unit, row, column): of classes in their colours; of units in one colour for each sign, relative to the
    largest value of the layer."""
    units, side, _ = maps.shape
    gap = round(side * GAP / UNIT)
    level, colour = np.zeros((2, units, side + gap, side))
    maps = np.nan_to_num(maps, posinf=0, neginf=0)
    if is_output:
        level[:, :side], colour[:] = np.clip(maps, 0, 1), np.arange(units)[:, None, None]
    else:
        level[:, :side], colour[:, :side] = np.abs(maps) / (np.abs(maps).max() or 1), maps < 0
    return picture_url(colour.reshape(-1, side), level.reshape(-1, side), colours, strongest=1)


def _units(inside: Inside, layout: _Layout, data: Dataset) -> list[dict]:
    rows = []
    last = len(inside.biases) - 1
    for layer, biases in enumerate(inside.biases):
        for unit in range(layout.drawn[layer + 1]):
            x, y = layout.across[layer + 1], layout.down(layer + 1, unit)
            dead = np.zeros(len(biases), bool) if layer == last else inside.dead[layer][:, unit]
            name = said_class(data.class_names[unit]) if layer == last else _unit(layer, unit)
            corners = {"x": x - UNIT / 2, "x2": x + UNIT / 2, "y": y - UNIT / 2, "y2": y + UNIT / 2}
            rows.append(corners | {"unit": name, "biases": _light(biases[:, unit]), "dead": dead.tolist()})
    return rows


def _texts(layout: _Layout, data: Dataset) -> dict[str, list[dict]]:
    """By their alignment: names of inputs, of the layers if there is room above them, and of classes."""
    last = len(layout.across) - 1
    heads = [_(_INPUTS), *[_(_HIDDEN_LAYER, layer=layer) for layer in range(1, last)], _(_OUTPUT)]
    step = -(-last // 8)  # not so many that they touch
    places = [*range(0, last + 1 - step, step), last]
    inputs, classes = said_features(data)[: layout.drawn[0]], said_classes(data.class_names[: layout.drawn[-1]])
    rows = {
        "right": [(layout.across[0] - 12, layout.down(0, place), name) for place, name in enumerate(inputs)],
        "center": [(layout.across[place], TOP / 3, heads[place]) for place in places],
        "left": [(layout.across[-1] + UNIT, layout.down(last, place), name) for place, name in enumerate(classes)],
    }
    return {align: [dict(zip(("x", "y", "text"), row)) for row in each] for align, each in rows.items()}


def _pixels(channel: type, field: str, length: float) -> alt.X | alt.Y:
    """A channel of places in pixels, from the left or from the top."""
    return channel(field, scale=alt.Scale(domain=[0, length], range=[0, length], nice=False, zero=False), axis=None)


def _unit(layer: int, unit: int) -> str:
    return _(_HIDDEN_UNIT, unit=unit + 1, layer=layer + 1)


def _light(values: np.ndarray) -> list[float | None]:
    """Four digits are enough to read; what is not finite cannot be said in JSON."""
    return [significant(value) if np.isfinite(value) else None for value in values.tolist()]


def _numbers(units: np.ndarray) -> str:
    return ", ".join(map(str, units)) or _(_NONE)
