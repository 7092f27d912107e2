"""How outputs and gradients are spread in each layer, and which classes are taken for which, at the replay's epoch."""

import altair as alt
import numpy as np

from core import Dataset
from core.analysis.inside import Inside
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS
from ui.charts.replay import at_record, inlined, with_record
from ui.shell.numbers import short

BAR_COLOUR = UNIT_COLOURS["saturated_units"]
SIDE, HEIGHT, COLUMNS = 165, 90, 4  # pixels of a layer's histogram, and how many stand in a row
CELL = 44  # pixels of the confusion matrix


def outputs_chart(inside: Inside) -> dict:
    """The Vega-Lite specification: for each hidden layer, a histogram of its outputs, over units and samples."""
    layers = [f"hidden layer {number}" for number in range(1, len(inside.dead) + 1)]
    bars = [
        bar for name, counts, edges in zip(layers, inside.output_counts, inside.output_edges)
        for bar in _bars(name, counts, edges)
    ]  # fmt: skip
    return _histograms(bars, layers, "Output", "Outputs of each layer", len(inside.epochs), independent=True)


def gradients_chart(inside: Inside) -> dict:
    """The Vega-Lite specification: for each layer, a histogram of its weights' gradients, as powers of 10.

    Shares are of all the layer's weights; those whose gradient is exactly 0 are in no bar.
    """
    layers = [*(f"hidden layer {number}" for number in range(1, len(inside.dead) + 1)), "output layer"]
    bars = [
        bar for name, counts, zeros in zip(layers, inside.gradient_counts, inside.zero_gradients)
        for bar in _bars(name, counts, inside.gradient_edges, zeros)
    ]  # fmt: skip
    title = "Size of the gradient of each weight (0 is in no bar)"
    return _histograms(bars, layers, "log10 of its size", title, len(inside.epochs), independent=False)


def confusion_chart(inside: Inside, data: Dataset) -> dict:
    """The Vega-Lite specification: how many test samples of each class were taken for each class."""
    names = list(data.class_names)
    cells = [
        {"true": names[i], "predicted": names[j], "counts": inside.confusion[:, i, j].tolist(), "right": i == j}
        for i in range(len(names))
        for j in range(len(names))
    ]
    of_class = inside.confusion[0].sum(axis=1).max()
    base = (
        alt.Chart(alt.InlineData(values=cells))
        .transform_calculate(samples=at_record("counts"))
        .encode(
            x=alt.X(
                "predicted:N",
                sort=names,
                title="Predicted",
                axis=alt.Axis(orient="top", labelAngle=-30, labelOverlap=False),
            ),
            y=alt.Y("true:N", sort=names, title="True class"),
            tooltip=["true:N", "predicted:N", "samples:Q"],
        )
    )
    opacity = alt.Opacity("samples:Q", scale=alt.Scale(domain=[0, int(of_class)], range=[0, 0.5]), legend=None)
    rect = base.mark_rect(stroke=LINE_COLOUR, strokeWidth=0.5).encode(
        opacity=opacity, fill=alt.condition("datum.right", alt.value(BAR_COLOUR), alt.value(UNIT_COLOURS["dead_units"]))
    )
    text = base.mark_text(fontSize=12).encode(text="samples:Q")
    side = CELL * len(names)
    chart = alt.layer(rect, text).properties(title="Test samples", width=side, height=side)
    return with_record(inlined(chart.to_dict()), len(inside.epochs))


def outputs_text(inside: Inside) -> str:
    return _texts("Outputs by hidden layer", inside, inside.output_counts, inside.output_edges)


def gradients_text(inside: Inside) -> str:
    edges = [inside.gradient_edges] * len(inside.gradient_counts)
    return _texts("log10 of the gradients' sizes by layer", inside, inside.gradient_counts, edges)


def confusion_text(inside: Inside, data: Dataset) -> str:
    rows = [
        f"{name}: {of_class[k]} of {of_class.sum()} right"
        for k, (name, of_class) in enumerate(zip(data.class_names, inside.confusion[-1]))
    ]
    return f"Confusion matrix of the test samples after epoch {inside.epochs[-1]}. {'; '.join(rows)}."


def _texts(what: str, inside: Inside, counts, edges) -> str:
    """Where the bulk of each histogram lies."""
    parts = []
    for layer, (of_layer, limits) in enumerate(zip(counts, edges), start=1):
        below = np.cumsum(of_layer[-1])
        low, high = np.searchsorted(below, [below[-1] / 4, below[-1] * 3 / 4])
        between = f"half of them between {short(limits[low])} and {short(limits[high + 1])}"
        parts.append(f"layer {layer}: {between if below[-1] else 'none'}")
    return f"{what} after epoch {inside.epochs[-1]}. {'; '.join(parts)}."


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
            y=alt.Y("share:Q", title="Share", axis=alt.Axis(format="%", tickCount=3), scale=alt.Scale(domainMin=0)),
            y2=alt.Y2Datum(0),
            tooltip=[
                alt.Tooltip("from:Q", format=".4g"),
                alt.Tooltip("to:Q", format=".4g"),
                alt.Tooltip("share:Q", format=".1%"),
            ],
        )
        .properties(width=SIDE, height=HEIGHT)
        .facet(
            facet=alt.Facet("layer:N", sort=layers, title=None, header=alt.Header(labelFontSize=12)),
            columns=COLUMNS,
            data=alt.InlineData(values=bars),
        )
        .properties(title=title)
    )
    if independent:
        chart = chart.resolve_scale(x="independent")
    return with_record(inlined(chart.to_dict()), records)
