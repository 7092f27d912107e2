"""How outputs and gradients are spread in each layer, and which classes are taken for which, at the replay's epoch."""

import altair as alt
import numpy as np

from core import Dataset
from core.analysis.inside import Inside
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS
from ui.charts.replay import at_record, inlined, with_record
from ui.charts.specification import vega_lite
from ui.shell.classes import said_classes
from ui.shell.language import N_, _
from ui.shell.numbers import short
from ui.shell.parts import judging_data

BAR_COLOUR = UNIT_COLOURS["saturated_units"]
SIDE, HEIGHT, COLUMNS = 165, 90, 4  # pixels of a layer's histogram, and how many stand in a row
CELL = 44  # pixels of the confusion matrix

_HIDDEN_LAYER, _OUTPUT_LAYER = N_("hidden layer {layer}"), N_("output layer")
_OUTPUTS, _OUTPUT = N_("Outputs of each layer"), N_("Output of a unit")
_GRADIENTS, _SIZE = N_("Gradients of the weights (without gradients of 0)"), N_("log₁₀ of the gradient's size")
_SHARE, _FROM, _TO = N_("Share"), N_("From"), N_("To")
_CONFUSION, _TRUE, _PREDICTED = N_("Confusion matrix"), N_("True class"), N_("Predicted class")
_SAMPLES = {True: N_("Test samples"), False: N_("Training samples")}  # by whether there are test data
_OUTPUTS_TEXT = N_("Outputs of each hidden layer after epoch {epoch}. {layers}.")
_GRADIENTS_TEXT = N_("log₁₀ of the size of the weights' gradients in each layer after epoch {epoch}. {layers}.")
_HALF, _NONE = N_("layer {layer}: half of them between {low} and {high}"), N_("layer {layer}: none")
_CONFUSION_TEXT = N_("Confusion matrix of the {data} after epoch {epoch}. {classes}.")
_CORRECT = N_("{name}: {correct} of {samples} correct")


def outputs_chart(inside: Inside) -> dict:
    """The Vega-Lite specification: for each hidden layer, a histogram of its outputs, over units and samples."""
    layers = _hidden_layers(inside)
    bars = [
        bar for name, counts, edges in zip(layers, inside.output_counts, inside.output_edges)
        for bar in _bars(name, counts, edges)
    ]  # fmt: skip
    return _histograms(bars, layers, _(_OUTPUT), _(_OUTPUTS), len(inside.epochs), independent=True)


def gradients_chart(inside: Inside) -> dict:
    """The Vega-Lite specification: for each layer, a histogram of its weights' gradients, as powers of 10.

    Shares are of all the layer's weights; those whose gradient is exactly 0 are in no bar.
    """
    layers = [*_hidden_layers(inside), _(_OUTPUT_LAYER)]
    bars = [
        bar for name, counts, zeros in zip(layers, inside.gradient_counts, inside.zero_gradients)
        for bar in _bars(name, counts, inside.gradient_edges, zeros)
    ]  # fmt: skip
    return _histograms(bars, layers, _(_SIZE), _(_GRADIENTS), len(inside.epochs), independent=False)


def confusion_chart(inside: Inside, data: Dataset) -> dict:
    """The Vega-Lite specification: how many samples of each class were taken for each class."""
    names = said_classes(data.class_names)
    cells = [
        {"true": names[i], "predicted": names[j], "counts": inside.confusion[:, i, j].tolist(), "right": i == j}
        for i in range(len(names))
        for j in range(len(names))
    ]
    of_class = inside.confusion[0].sum(axis=1).max()
    base = (
        alt.Chart(alt.NamedData("cells"))
        .transform_calculate(samples=at_record("counts"))
        .encode(
            x=alt.X(
                "predicted:N",
                sort=names,
                title=_(_PREDICTED),
                axis=alt.Axis(orient="top", labelAngle=-30, labelOverlap=False),
            ),
            y=alt.Y("true:N", sort=names, title=_(_TRUE)),
            tooltip=[
                alt.Tooltip("true:N", title=_(_TRUE)),
                alt.Tooltip("predicted:N", title=_(_PREDICTED)),
                alt.Tooltip("samples:Q", title=_(_SAMPLES[data.has_test_part])),
            ],
        )
    )
    opacity = alt.Opacity("samples:Q", scale=alt.Scale(domain=[0, int(of_class)], range=[0, 0.5]), legend=None)
    rect = base.mark_rect(stroke=LINE_COLOUR, strokeWidth=0.5).encode(
        opacity=opacity, fill=alt.condition("datum.right", alt.value(BAR_COLOUR), alt.value(UNIT_COLOURS["dead_units"]))
    )
    text = base.mark_text(fontSize=12).encode(text="samples:Q")
    side = CELL * len(names)
    chart = alt.layer(rect, text).properties(title=_(_CONFUSION), width=side, height=side)
    return _with_data(chart, "cells", cells, len(inside.epochs))


def outputs_text(inside: Inside) -> str:
    return _texts(_OUTPUTS_TEXT, inside, inside.output_counts, inside.output_edges)


def gradients_text(inside: Inside) -> str:
    edges = [inside.gradient_edges] * len(inside.gradient_counts)
    return _texts(_GRADIENTS_TEXT, inside, inside.gradient_counts, edges)


def confusion_text(inside: Inside, data: Dataset) -> str:
    rows = [
        _(_CORRECT, name=name, correct=of_class[k], samples=of_class.sum())
        for k, (name, of_class) in enumerate(zip(said_classes(data.class_names), inside.confusion[-1]))
    ]
    return _(_CONFUSION_TEXT, data=judging_data(data.spec), epoch=inside.epochs[-1], classes="; ".join(rows))


def _hidden_layers(inside: Inside) -> list[str]:
    return [_(_HIDDEN_LAYER, layer=number) for number in range(1, len(inside.dead) + 1)]


def _texts(message: str, inside: Inside, counts, edges) -> str:
    """Where the bulk of each histogram lies."""
    parts = []
    for layer, (of_layer, limits) in enumerate(zip(counts, edges), start=1):
        below = np.cumsum(of_layer[-1])
        low, high = np.searchsorted(below, [below[-1] / 4, below[-1] * 3 / 4])
        half = _HALF if below[-1] else _NONE
        parts.append(_(half, layer=layer, low=short(limits[low]), high=short(limits[high + 1])))
    return _(message, epoch=inside.epochs[-1], layers="; ".join(parts))


def _bars(layer: str, counts: np.ndarray, edges: np.ndarray, left_out: np.ndarray | float = 0.0) -> list[dict]:
    """One for each bin, with its share of the layer's values at every epoch, of which that share is in none."""
    counted = np.broadcast_to(1 - left_out, len(counts))[:, None]
    shares = counted * counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    return [
        {
            "layer": layer,
            "from": float(edges[k]),
            "to": float(edges[k + 1]),
            "shares": [round(share, 4) for share in shares[:, k].tolist()],
        }
        for k in range(counts.shape[1])
    ]


def _histograms(bars: list[dict], layers: list[str], axis: str, title: str, records: int, independent: bool) -> dict:
    base = alt.Chart().transform_calculate(share=at_record("shares"))
    x = alt.X("from:Q", title=axis, scale=alt.Scale(nice=False, zero=False), axis=alt.Axis(tickCount=5))
    chart = (
        base.mark_bar(fill=BAR_COLOUR, stroke=None)
        .encode(
            x=x,
            x2="to:Q",
            y=alt.Y("share:Q", title=_(_SHARE), axis=alt.Axis(format="%", tickCount=3), scale=alt.Scale(domainMin=0)),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("from:Q", title=_(_FROM), format=".4g"),
                alt.Tooltip("to:Q", title=_(_TO), format=".4g"),
                alt.Tooltip("share:Q", title=_(_SHARE), format=".1%"),
            ],
        )
        .properties(width=SIDE, height=HEIGHT)
        .facet(
            facet=alt.Facet("layer:N", sort=layers, title=None, header=alt.Header(labelFontSize=12)),
            columns=COLUMNS,
            data=alt.NamedData("bars"),
        )
        .properties(title=title)
    )
    if independent:
        chart = chart.resolve_scale(x="independent")
    return _with_data(chart, "bars", bars, records)


def _with_data(chart: alt.TopLevelMixin, name: str, rows: list[dict], records: int) -> dict:
    """The specification with its data put in last: Altair copies data several times over."""
    specification = vega_lite(chart)
    specification["datasets"] = {name: rows}
    return with_record(inlined(specification), records)
