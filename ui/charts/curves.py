"""Loss over epochs: a line for each network or, where it was trained from several seeds, their median and range."""

import altair as alt
import numpy as np
import pandas as pd

from core import Experiment, History
from core.analysis.repeats import runs_by_setting, setting_names, without_repeats
from core.train.parts import Part
from ui.charts.lines import legend_rows, line_channels, reading_rule
from ui.charts.palette import Look, run_looks
from ui.charts.replay import record_rule, with_record
from ui.shell.numbers import if_finite

PARTS = {"train_loss": "Training", "test_loss": "Test"}
HEIGHT = 320  # pixels, title and axes included
COLUMNS, LEGEND_ROW = 3, 20  # of the legend; the row in pixels
WIDTH = 360  # pixels of the axes where two charts stand side by side in a window 1280 pixels wide
_COLUMNS = f"(width < 280 ? {COLUMNS - 1} : {COLUMNS})"
LEAST_LOSS = 1e-6  # where a loss of 0 is drawn on a logarithmic scale, which has no 0
HEADROOM = 2  # times a usual loss at the start: what blows up leaves the picture instead of flattening the rest


def loss_chart(
    history: History,
    column: str,
    log: bool = False,
    looks: dict[str, Look] | None = None,
    scale: dict[str, object] | None = None,
) -> dict:
    """The Vega-Lite specification of the curves of `column`, "train_loss" or "test_loss".

    `looks` has a name and a look for each setting, in their order, if they are not to be those of Compare; `scale` is
    the vertical one, if it is not to be that of `loss_scale`.

    Both parts are drawn on the same vertical scale, so that two charts beside each other can be compared.  A line is
    the median of the repeats that have not diverged, its band goes from the least to the greatest of them.  The line
    ends in a cross, at the last recorded epoch before, where all of them have diverged.
    """
    looks = looks or dict(zip(setting_names(history.experiment), run_looks(without_repeats(history.experiment))))
    names = list(looks)
    table = _losses(history, column, log, names)
    ends = table[table.diverged].groupby("network").tail(1)
    x = alt.X("epoch:Q", title="Epoch", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1))
    title = "Loss (log scale)" if log else "Loss"
    y = alt.Y(
        "drawn:Q", title=title, scale=alt.Scale(**(scale or loss_scale(history, log))), axis=alt.Axis(tickCount=5)
    )
    colour, dash = line_channels("network", looks, _COLUMNS)
    picked = alt.selection_point(fields=["network"], bind="legend")
    opacity = alt.condition(picked, alt.value(1), alt.value(0.12))
    base = alt.Chart(table)
    lines = base.mark_line(strokeWidth=2, clip=True).encode(x=x, y=y, color=colour, strokeDash=dash, opacity=opacity)
    layers = [record_rule(history), lines.add_params(picked), reading_rule(table, names, "loss", x)]
    if len(history.experiment.runs) > len(names):
        bands = base.mark_area(clip=True).encode(
            x=x, y=alt.Y("least:Q", title=title), y2=alt.Y2("greatest:Q"),
            fill=alt.Fill("network:N", scale=colour["scale"]),
            fillOpacity=alt.condition(picked, alt.value(0.18), alt.value(0.02)),
        )  # fmt: skip
        layers.insert(0, bands)
    if len(ends):
        crosses = alt.Chart(ends).mark_point(shape="cross", angle=45, size=90, filled=True, clip=True)
        layers.append(crosses.encode(x=x, y=y, color=colour))
    chart = alt.layer(*layers).properties(title=f"{PARTS[column]} loss", height=_height(names))
    return with_record(chart.to_dict(), len(history.epochs))


def progress_chart(experiment: Experiment, part: Part) -> dict:
    """The Vega-Lite specification of the training losses so far, on an axis as long as the training will be; of several
    seeds, the median of those that are finite."""
    names, groups = setting_names(experiment), runs_by_setting(experiment)
    losses = np.ma.masked_invalid(part.train_loss)
    medians = np.ma.array([np.ma.median(losses[runs], axis=0) for runs in groups]).filled(np.nan).ravel()
    epochs = np.tile(part.epochs, len(names))
    table = pd.DataFrame({"network": np.repeat(names, len(part.epochs)), "epoch": epochs, "loss": medians}).dropna()
    domain = [0, min(table.loss.max(), HEADROOM * table.loss[table.epoch == 0].median())] if len(table) else [0, 1]
    looks = dict(zip(names, run_looks(without_repeats(experiment))))
    colour, dash = line_channels("network", looks, _COLUMNS)
    chart = (
        alt.Chart(table)
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            x=alt.X("epoch:Q", title="Epoch", scale=alt.Scale(domain=[0, experiment.epochs], nice=False)),
            y=alt.Y("loss:Q", title="Loss", scale=alt.Scale(domain=domain, nice=True)),
            color=colour,
            strokeDash=dash,
        )
        .properties(title="Training loss so far", height=_height(names))
    )
    return chart.to_dict()


def loss_text(history: History, column: str, looks: dict[str, Look] | None = None) -> str:
    """The chart of `loss_chart` in words: where each curve ends."""
    losses = zip(looks or setting_names(history.experiment), _ends(history, column))
    ends = "; ".join(f"{name}: {if_finite(loss)}" for name, loss in losses)
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    median = ", median of the seeds that have not diverged" if several else ""
    return f"{PARTS[column]} loss after epoch {history.epochs[-1]}{median}. {ends}."


def loss_scale(history: History, log: bool) -> dict[str, object]:
    """The vertical scale of training and test loss: a linear one leaves out what blows up (see `out_of_sight`)."""
    losses = np.concatenate([history.train_loss, history.test_loss])[np.tile(history.diverged_at, 2) != 0]
    if not losses.size:
        return {"domain": [0, 1]}
    if log:
        return {"type": "log", "domain": [max(losses.min(), LEAST_LOSS), max(losses.max(), 2 * LEAST_LOSS)]}
    top = HEADROOM * np.median(losses[:, 0])
    if top < losses.max() and (losses[:, -1] > top).all():
        top = losses.max()  # else there would be nothing to see
    return {"domain": [0, min(losses.max(), top)], "nice": True}


def out_of_sight(history: History) -> list[str]:
    """The names of settings whose training or test loss ends above the linear scale."""
    top = loss_scale(history, log=False)["domain"][1]
    ends = zip(setting_names(history.experiment), *(_ends(history, column) for column in PARTS))
    return [name for name, *losses in ends if max(losses) > top]


def _ends(history: History, column: str) -> list[float]:
    """For each setting where its line ends: the median of the repeats that have not diverged or, where all have, of
    their last finite losses."""
    losses, finite = getattr(history, column)[:, -1], history.diverged_at < 0
    groups = [np.array(runs) for runs in runs_by_setting(history.experiment)]
    return [float(np.median(losses[runs[finite[runs]] if finite[runs].any() else runs])) for runs in groups]


def _height(names: list[str]) -> int:
    return HEIGHT + LEGEND_ROW * legend_rows(names, COLUMNS, WIDTH)


def _losses(history: History, column: str, log: bool, names: list[str]) -> pd.DataFrame:
    """For each setting and recorded epoch the median of its repeats that have not diverged (none: no row), with the
    least and the greatest of them; a logarithmic scale cannot draw a 0."""
    losses, floor = getattr(history, column), LEAST_LOSS if log else 0
    going = (history.diverged_at[:, None] < 0) | (history.epochs < history.diverged_at[:, None])
    tables = []
    for number, (name, runs) in enumerate(zip(names, runs_by_setting(history.experiment))):
        some = going[runs].any(axis=0)
        of_setting = np.ma.array(losses[runs][:, some], mask=~going[runs][:, some])
        table = {
            "network": name,
            "line": number,
            "epoch": history.epochs[some],
            "loss": np.ma.median(of_setting, axis=0),
            "least": np.maximum(of_setting.min(axis=0), floor),
            "greatest": np.maximum(of_setting.max(axis=0), floor),
            "diverged": not some.all(),
        }
        tables.append(pd.DataFrame(table))
    return pd.concat(tables).assign(drawn=lambda table: table.loss.clip(lower=floor))
