"""The gradient on its way back: its norm in every layer, and what the slopes alone would leave of it."""

import math

import altair as alt
import numpy as np

from core import History
from core.lessons.vanishing import Chain, back_to_layers, slope_bounds
from ui.charts.curves import HEIGHT as LOSS_HEIGHT  # of the chart beside the one of the slopes
from ui.charts.lines import decades, legend_rows, line_channels
from ui.charts.palette import LINE_COLOUR, run_looks
from ui.charts.replay import AT_RECORD, RECORD, with_record
from ui.charts.specification import vega_lite
from ui.lessons.vanishing.table import labelled_figures
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import if_finite, short

HEIGHT, LEGEND_ROW = 440, 20  # pixels, with title and axes; the rows of the legend come on top
LEGEND_COLUMNS, WIDTH = 3, 360  # where the picture is small, and the pixels of its axes then
MOST_DECADES, MOST_LAYERS = 8, 11  # with a label of their own
BAND = 0.12  # of the picture's height, below the logarithmic axis, for what is exactly 0
LEAST, LEAST_LABEL = -307, -300  # powers of 10 that a float64 has, and room for 0 below the axis
_ROWS, _CEILINGS, _ZERO = "rows", "ceilings", "zero"  # data sets
_LEGEND_COLUMNS = f"(width < 280 ? {LEGEND_COLUMNS - 1} : width < 500 ? {LEGEND_COLUMNS} : {2 * LEGEND_COLUMNS})"
_NORM_TEXT = N_("{network}: {first} in the first layer, {output} in the output layer")
_NORMS_TEXT = N_("Norm of the gradient after epoch {epoch}. {networks}.")
_SLOPE_TEXT = N_("{network}: {share}, of at most {bound}")
_SLOPES_TEXT = N_("What the slopes alone leave of the gradient after epoch {epoch}. {networks}.")
_LAYER, _OUTPUT, _OUT = N_("hidden layer {layer}"), N_("output layer"), N_("out")


def norms_chart(history: History) -> dict:
    """The Vega-Lite specification: for every network the norm of the gradient in each layer at the replay's epoch, and
    as a thin line that at the start."""
    return _chart(
        history, history.gradient_norm, HEIGHT, _("Gradient in each layer"), _("Norm of the gradient (log scale)")
    )


def slopes_chart(history: History, followed: Chain) -> dict:
    """The Vega-Lite specification: for every network what the slopes alone leave of the gradient, from the output back
    to each layer, at the replay's epoch and, as a thin line, at the start; a bar is the most that they can leave."""
    at_output = np.ones((*history.train_loss.shape, 1))
    left = np.concatenate([back_to_layers(followed.slopes), at_output], axis=2)
    bounds = np.concatenate([slope_bounds(history.experiment), at_output[:, 0]], axis=1)
    title, measure = _("What the slopes alone leave"), _("Share left (log scale)")
    return _chart(history, left, LOSS_HEIGHT, title, measure, bounds)


def norms_text(history: History) -> str:
    """The picture of `norms_chart` in words, for those who cannot see it: first and last layer."""
    ends = zip(network_labels(history.experiment), history.gradient_norm[:, -1])
    parts = [
        _(_NORM_TEXT, network=name, first=if_finite(of_run[0], short), output=if_finite(of_run[-1], short))
        for name, of_run in ends
    ]
    return _(_NORMS_TEXT, epoch=history.epochs[-1], networks="; ".join(parts))


def slopes_text(history: History, followed: Chain) -> str:
    """The picture of `slopes_chart` in words, for those who cannot see it: what is left at the first layer."""
    parts = [
        _(_SLOPE_TEXT, network=row.network, share=if_finite(row.slopes, short), bound=if_finite(row.bound, short))
        for row in labelled_figures(history, followed, -1).itertuples()
    ]
    return _(_SLOPES_TEXT, epoch=history.epochs[-1], networks="; ".join(parts))


def _chart(
    history: History, values: np.ndarray, height: int, title: str, measure: str, ceilings: np.ndarray | None = None
) -> dict:
    """Of values (R, E, layers) and ceilings (R, layers), the output layer last in both."""
    names, output = network_labels(history.experiment), values.shape[2]
    low, high, band = _decades(values, ceilings)
    x, y = _position(output, measure, low, high, band)
    colour, dash = _looks(history)
    picked = alt.selection_point(fields=["network"], bind="legend")
    strong, weak = (alt.condition(picked, alt.value(opacity), alt.value(0.12)) for opacity in (1, 0.8))
    base = alt.Chart(alt.NamedData(_ROWS)).encode(x=x, y=y, color=colour, opacity=strong)
    now = base.transform_filter(AT_RECORD)
    marks = [
        base.transform_filter(f"datum.{RECORD} == 0").mark_line(strokeWidth=1.4).encode(opacity=weak),
        now.mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=32)).encode(strokeDash=dash).add_params(picked),
    ]
    # Put in last: Altair copies data several times over.
    lanes = 10.0 ** np.maximum(low - band * (np.arange(len(names)) + 0.5) / len(names), LEAST)
    datasets = {_ROWS: _rows(history, values, lanes)}
    if ceilings is not None:
        bars = alt.Chart(alt.NamedData(_CEILINGS)).mark_tick(orient="horizontal", size=13, thickness=2)
        marks.insert(0, bars.encode(x=x, y=y, color=colour, opacity=weak))
        datasets[_CEILINGS] = _ceilings(names, ceilings)
    if band:
        zero = alt.Chart(alt.NamedData(_ZERO)).encode(y=alt.Y("edge:Q", scale=y["scale"]))
        label = zero.mark_text(align="right", fontSize=12, opacity=0.7).encode(
            x=alt.XValue(-16), text=alt.TextValue("0")
        )
        marks += [
            zero.mark_rule(color=LINE_COLOUR, strokeWidth=0.7),
            label.encode(y=alt.Y("middle:Q", scale=y["scale"])),
            now.mark_point(shape="triangle-down", size=45, filled=True).encode(y=alt.Y("lane:Q", scale=y["scale"])),
        ]
        datasets[_ZERO] = [{"edge": 10.0**low, "middle": 10.0 ** max(low - band / 2, LEAST)}]
    marks.append(_reading_rule(names, x))
    height += LEGEND_ROW * legend_rows(names, LEGEND_COLUMNS, WIDTH)
    specification = vega_lite(alt.layer(*marks).properties(title=title, height=height))
    return with_record(specification | {"datasets": datasets}, len(history.epochs))


def _position(output: int, measure: str, low: int, high: int, band: float) -> tuple[alt.X, alt.Y]:
    """Channels of `layer`, counted from 1 to the output layer's number, and of `drawn`, whose axis has labels from one
    power of 10 to another, and so many more below, for what is 0."""
    layers = alt.Axis(
        values=[*range(1, output, math.ceil(output / MOST_LAYERS)), output],
        labelExpr=f"datum.value == {output} ? '{_(_OUT)}' : datum.value", labelOverlap=False, labelFlush=False,
        grid=False,
    )  # fmt: skip
    across = alt.Scale(domain=[1, output], nice=False, padding=14)
    bottom = 10.0 ** max(low - band, LEAST)
    up = alt.Scale(type="log", domain=[bottom, 10.0**high], nice=False, padding=6)
    x = alt.X("layer:Q", title=_("Layer, from the input to the output"), axis=layers, scale=across)
    return x, alt.Y("drawn:Q", title=measure, axis=decades(low, high, MOST_DECADES), scale=up)


def _reading_rule(names: list[str], x: alt.X) -> alt.Chart:
    """A rule at the layer nearest to the pointer, that tells the values of all networks there at the replay's epoch.

    Like `reading_rule` of ui.charts.lines, but for rows of which the replay chooses some."""
    nearest = alt.selection_point(nearest=True, on="pointerover", clear="pointerout", fields=["layer"], empty=False)
    texts = {
        f"text{run}": f"isValid(datum.line{run}) ? format(datum.line{run}, '.3~g') : '–'" for run in range(len(names))
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=name) for field, name in zip(texts, names)]
    return (
        alt.Chart(alt.NamedData(_ROWS))
        .transform_filter(AT_RECORD)
        .transform_calculate(key="'line' + datum.line")
        .transform_pivot("key", value="value", groupby=["layer", "place", "epoch"])
        .transform_calculate(**texts)
        .mark_rule(color=LINE_COLOUR)
        .encode(
            x=x,
            opacity=alt.condition(nearest, alt.value(0.6), alt.value(0)),
            tooltip=[alt.Tooltip("place:N", title=_("Layer")), alt.Tooltip("epoch:Q", title=_("Epoch")), *tooltip],
        )
        .add_params(nearest)
    )


def _looks(history: History) -> tuple[alt.Color, alt.StrokeDash]:
    looks = dict(zip(network_labels(history.experiment), run_looks(history.experiment)))
    colour, dash = line_channels("network", looks, _LEGEND_COLUMNS)
    return alt.Color.from_dict(colour), alt.StrokeDash.from_dict(dash)


def _decades(values: np.ndarray, ceilings: np.ndarray | None) -> tuple[int, int, float]:
    """The powers of 10 that the axis goes from and to, and how many more there have to be below it for what is 0."""
    drawn = np.append(values, [] if ceilings is None else ceilings)
    drawn = drawn[np.isfinite(drawn) & (drawn > 0)]
    low, high = (math.floor(np.log10(drawn.min())), math.ceil(np.log10(drawn.max()))) if len(drawn) else (-1, 0)
    low = max(min(low, high - 1), LEAST_LABEL)
    high = max(high, low + 1)
    return low, high, BAND / (1 - BAND) * (high - low) if (values == 0).any() else 0


def _rows(history: History, values: np.ndarray, lanes: np.ndarray) -> list[dict]:
    """One for each network, recorded epoch and layer that has a number: `drawn` on the logarithmic axis or, if it is 0,
    on the network's `lane` below."""
    names, output = network_labels(history.experiment), values.shape[2]
    return [
        {
            RECORD: index,
            "network": names[run],
            "line": run,
            "epoch": int(history.epochs[index]),
            "layer": layer,
            "place": _layer_name(layer, output),
            "value": value,
            "drawn": value or None,
            "lane": None if value else float(lanes[run]),
        }
        for run, of_run in enumerate(values.tolist())
        for index, of_epoch in enumerate(of_run)
        for layer, value in enumerate(of_epoch, start=1)
        if math.isfinite(value)
    ]


def _ceilings(names: list[str], ceilings: np.ndarray) -> list[dict]:
    output = ceilings.shape[1]
    return [
        {"network": name, "layer": layer, "place": _layer_name(layer, output), "drawn": limit}
        for name, of_run in zip(names, ceilings.tolist())
        for layer, limit in enumerate(of_run, start=1)
        if 0 < limit < math.inf and layer < output
    ]


def _layer_name(layer: int, output: int) -> str:
    return _(_OUTPUT) if layer == output else _(_LAYER, layer=layer)
