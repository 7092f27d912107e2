"""Loss over epochs, one line per network."""

import math

import altair as alt
import numpy as np
import pandas as pd

from core import History, final_figures
from core.summary import network_names
from ui.charts.palette import run_colours, run_dashes

PARTS = {"train_loss": "Training", "test_loss": "Test"}
HEIGHT = 320  # pixels, title and axes included
COLUMNS, LEGEND_ROW = 3, 20  # of the legend; the row in pixels
LEAST_LOSS = 1e-6  # a logarithm has no 0
HEADROOM = 2  # times a usual loss at the start: what blows up leaves the picture instead of flattening the rest


def loss_chart(history: History, column: str, log: bool = False) -> alt.LayerChart:
    """The curve of `column`, "train_loss" or "test_loss", for every network.

    Both parts are drawn on the same vertical scale, so that two charts beside each other can be compared.  The line of
    a network that diverged ends in a cross, at the last epoch before.
    """
    names = network_names(history.experiment)
    frame = _losses(history, column, log)
    ends = frame[frame.diverged].groupby("network").tail(1)
    colours = alt.Scale(domain=names, range=run_colours(history.experiment))
    dashes = alt.Scale(domain=names, range=run_dashes(history.experiment))
    legend = alt.Legend(
        title=None,
        orient="bottom",
        columns=alt.ExprRef(f"width < 280 ? {COLUMNS - 1} : {COLUMNS}"),
        symbolType="stroke",
        symbolSize=400,
    )
    picked = alt.selection_point(fields=["network"], bind="legend")
    x = alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1))
    y = alt.Y("drawn:Q", title="Loss", scale=alt.Scale(**loss_scale(history, log)), axis=alt.Axis(tickCount=5))
    colour = alt.Color("network:N", scale=colours, legend=legend)
    opacity = alt.condition(picked, alt.value(1), alt.value(0.12))
    lines = (
        alt.Chart(frame)
        .mark_line(strokeWidth=2, clip=True)
        .encode(x=x, y=y, color=colour, strokeDash=alt.StrokeDash("network:N", scale=dashes), opacity=opacity)
        .add_params(picked)
    )
    layers = [lines, _reader(frame, names, x)]
    if len(ends):
        crosses = alt.Chart(ends).mark_point(shape="cross", angle=45, size=90, filled=True, clip=True)
        layers.append(crosses.encode(x=x, y=y, color=colour))
    height = HEIGHT + LEGEND_ROW * math.ceil(len(names) / COLUMNS)
    return alt.layer(*layers).properties(title=f"{PARTS[column]} loss", height=height)


def loss_text(history: History, column: str) -> str:
    """The same in words: where each curve ends."""
    ends = "; ".join(f"{row.network}: {getattr(row, column):.4g}" for row in final_figures(history).itertuples())
    return f"{PARTS[column]} loss after epoch {history.epochs[-1]}. {ends}."


def loss_scale(history: History, log: bool) -> dict[str, object]:
    """The vertical scale of both parts: on a linear one, what blows up is left out (see `out_of_sight`)."""
    losses = np.concatenate([history.train_loss, history.test_loss])[np.tile(history.diverged_at, 2) != 0]
    if not losses.size:
        return {"domain": [0, 1]}
    if log:
        return {"type": "log", "domain": [max(losses.min(), LEAST_LOSS), max(losses.max(), 2 * LEAST_LOSS)]}
    return {"domain": [0, min(losses.max(), HEADROOM * np.median(losses[:, 0]))], "nice": True}


def out_of_sight(history: History) -> list[str]:
    """Networks whose loss ends above the linear scale, in one part or the other."""
    top = loss_scale(history, log=False)["domain"][1]
    above = np.maximum(history.train_loss[:, -1], history.test_loss[:, -1]) > top
    return [name for name, hidden in zip(network_names(history.experiment), above) if hidden]


def _losses(history: History, column: str, log: bool) -> pd.DataFrame:
    """Every recorded loss as long as its network had not diverged; a logarithmic scale cannot draw a 0."""
    names = network_names(history.experiment)
    frame = history.to_frame()
    diverged_at = history.diverged_at[frame.run]
    table = pd.DataFrame(
        {
            "network": [names[run] for run in frame.run],
            "key": [f"run{run}" for run in frame.run],
            "epoch": frame.epoch,
            "loss": frame[column],
            "drawn": frame[column].clip(lower=LEAST_LOSS) if log else frame[column],
            "diverged": diverged_at >= 0,
        }
    )
    return table[(diverged_at < 0) | (frame.epoch < diverged_at)]


def _reader(frame: pd.DataFrame, names: list[str], x: alt.X) -> alt.Chart:
    """A rule at the recorded epoch nearest to the pointer, that tells every network's loss there."""
    nearest = alt.selection_point(nearest=True, on="pointerover", clear="pointerout", fields=["epoch"], empty=False)
    values = [alt.Tooltip(f"run{run}:Q", title=name, format=".4g") for run, name in enumerate(names)]
    return (
        alt.Chart(frame)
        .transform_pivot("key", value="loss", groupby=["epoch"])
        .mark_rule(color="#808080")
        .encode(x=x, opacity=alt.condition(nearest, alt.value(0.6), alt.value(0)), tooltip=["epoch:Q", *values])
        .add_params(nearest)
    )
