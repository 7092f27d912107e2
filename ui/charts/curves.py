"""Loss over epochs, one line per network."""

import math

import altair as alt
import numpy as np
import pandas as pd

from core import History, final_figures
from core.summary import network_name
from ui.charts.palette import activation_colour, activation_dash

HEIGHT = 310  # pixels, title and axes included
PARTS = {"train_loss": "Training", "test_loss": "Test"}
LEAST_LOSS = 1e-6  # a logarithm has no 0
HEADROOM = 2  # times a usual loss at the start: what blows up leaves the picture instead of flattening the rest
COLUMNS, LEGEND_ROW = 4, 20  # of the legend; the row in pixels


def loss_chart(history: History, column: str, log: bool = False) -> alt.LayerChart:
    """The curve of `column`, "train_loss" or "test_loss", for every network.

    Both parts are drawn on the same vertical scale, so that two charts beside each other can be compared.
    """
    names = [network_name(run.activation) for run in history.experiment.runs]
    frame = history.to_frame()
    frame = pd.DataFrame(
        {
            "network": [names[run] for run in frame.run],
            "epoch": frame.epoch,
            "loss": frame[column].clip(lower=LEAST_LOSS),
        }
    )
    look = {
        "color": alt.Color(
            "network:N",
            scale=alt.Scale(domain=names, range=[activation_colour(name) for name in names]),
            legend=alt.Legend(title=None, orient="bottom", columns=COLUMNS, symbolType="stroke", symbolSize=400),
        ),
        "strokeDash": alt.StrokeDash(
            "network:N", scale=alt.Scale(domain=names, range=[list(activation_dash(name)) for name in names])
        ),
    }
    picked = alt.selection_point(fields=["network"], bind="legend")
    base = alt.Chart(frame).encode(
        x=alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False)),
        y=alt.Y("loss:Q", title="Loss", scale=_scale(history, log), axis=alt.Axis(tickCount=5)),
    )
    lines = base.mark_line(strokeWidth=2, clip=True).encode(
        **look, opacity=alt.condition(picked, alt.value(1), alt.value(0.12))
    )
    hover = base.mark_circle(size=80, opacity=0, clip=True).encode(
        tooltip=["network:N", "epoch:Q", alt.Tooltip("loss:Q", format=".4f", title=f"{PARTS[column].lower()} loss")],
    )
    return alt.layer(lines.add_params(picked), hover).properties(
        title=f"{PARTS[column]} loss", height=HEIGHT + LEGEND_ROW * math.ceil(len(names) / COLUMNS)
    )


def loss_text(history: History, column: str) -> str:
    """The same in words: where each curve ends."""
    ends = "; ".join(f"{row.network}: {getattr(row, column):.4f}" for row in final_figures(history).itertuples())
    return f"{PARTS[column]} loss after {history.epochs[-1]} epochs. {ends}."


def _scale(history: History, log: bool) -> alt.Scale:
    losses = [getattr(history, column) for column in PARTS]
    top = min(max(loss.max() for loss in losses), HEADROOM * np.median(losses[0][:, 0]))
    if log:
        low = max(min(loss.min() for loss in losses), LEAST_LOSS)
        return alt.Scale(type="log", domain=[low, max(loss.max() for loss in losses)])
    return alt.Scale(domain=[0, top], nice=True)
