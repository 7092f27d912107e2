"""Loss and accuracy over epochs: a line for each network or, where it was trained from several seeds, their median and
range."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from core import Experiment, History
from core.analysis.luck import ROUNDING
from core.analysis.repeats import runs_by_setting
from core.analysis.summary import chance_differs, chance_level, never_finite
from core.train.parts import Part
from ui.charts.layers import SCHEMA, Rows, between, layer, quantity
from ui.charts.layers import names as nominal
from ui.charts.lines import as_in_sentences, in_percent, legend_rows, line_channels, reading_rule
from ui.charts.linked import linked, visible
from ui.charts.palette import LINE_COLOUR, Look, setting_looks
from ui.charts.replay import branch_rule, record_rule, records, with_record
from ui.charts.steady import steady, steady_scale
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import if_finite, percent

PARTS = {"train_loss": N_("Training"), "test_loss": N_("Test")}
TITLES = {
    "train_loss": N_("Training loss"),
    "test_loss": N_("Test loss"),
    "train_accuracy": N_("Training accuracy"),
    "test_accuracy": N_("Test accuracy"),
}
ACCURACIES = ("train_accuracy", "test_accuracy")
HEIGHT = 320  # pixels, title and axes included
COLUMNS, LEGEND_ROW = 3, 20  # of the legend; the row in pixels
WIDTH = 360  # pixels of the axes where two charts stand side by side in a window 1280 pixels wide
_COLUMNS = f"(width < 280 ? {COLUMNS - 1} : {COLUMNS})"
LEAST_LOSS = 1e-6  # where a loss of 0 is drawn on a logarithmic scale, which has no 0
HEADROOM = 2  # times a usual loss at the start: what blows up leaves the picture instead of flattening the rest
SPREAD = 10  # how many times the least of the final losses the greatest may be on a linear scale
ARROW = 9  # pixels
_PICKED = "picked"  # the parameter of a legend
LABEL_SHARE = 0.12  # of the height of the accuracies: what the label of chance level needs below them
_CHANCE = N_("Chance level {share}")
_MEAN_CHANCE = N_("Chance level {share} (mean of the seeds)")
_SINGLE = N_("{title} after epoch {epoch}. {ends}.")
_MEDIANS = N_("{title} after epoch {epoch}, median of the seeds that have not diverged. {ends}.")


@dataclass(frozen=True)
class _Measure:
    """What curves are of: a column of the history and its vertical axis.  Values below `floor` are drawn there, those
    above `top` are out of sight, and `number` is Vega's format of one."""

    column: str
    y: dict
    floor: float = 0.0
    top: float = np.inf
    number: str = ".4g"


def loss_chart(
    history: History,
    column: str,
    log: bool = False,
    looks: dict[str, Look] | None = None,
    is_linked: bool = False,
    scale: dict[str, object] | None = None,
) -> dict:
    """The Vega-Lite specification of the curves of `column`, "train_loss" or "test_loss".

    `looks` has a name and a look for each setting, in their order, if they are not to be those of Compare.  With
    `is_linked`, the chart has no legend, and follows that of the page (`ui.shell.linked`).  `scale` is the vertical
    one, if it is not to be that of `loss_scale`.

    Both parts are drawn on the same vertical scale, so that two charts beside each other can be compared.  A line is
    the median of the repeats that have not diverged, its band goes from the least to the greatest of them.  The line
    ends in a cross, at the last recorded epoch before, where all of them have diverged.  A triangle at the upper edge
    is where a line leaves the chart.
    """
    scale = scale or loss_scale(history, log)
    title = _("Loss (log scale)") if log else _("Loss")
    y = quantity("drawn", title, scale=steady_scale("y", **scale), axis={"tickCount": 5})
    measure = _Measure(column, y, floor=LEAST_LOSS if log else 0, top=scale["domain"][1])
    specification, text = _curves(history, measure, looks, is_linked), loss_text(history, column, looks)
    return steady(specification, text, x=_epochs(history), y=scale["domain"])


def accuracy_chart(history: History, column: str) -> dict:
    """The Vega-Lite specification of the curves of `column`, "train_accuracy" or "test_accuracy", as `loss_chart` has
    those of a loss, with a dashed rule at the chance level of its part; linked to the page's legend."""
    axis = {"tickCount": 5, "labelExpr": in_percent()}
    y = quantity("drawn", _("Accuracy"), scale=steady_scale("y"), axis=axis)
    part = column.removesuffix("_accuracy")
    chance = chance_level(history.experiment, part)
    label = _(_MEAN_CHANCE if chance_differs(history.experiment, part) else _CHANCE, share=percent(chance))
    rule = layer("level", {"type": "rule", "color": LINE_COLOUR, "strokeDash": [5, 4]}, y=y)
    mark = {"type": "text", "align": "right", "baseline": "bottom", "dx": -4, "dy": -4, "fontSize": 12}
    text = layer("level", mark, x={"value": "width"}, y={"value": "height"}, text=nominal("text"))
    specification = _curves(history, _Measure(column, y, number=".1%"), is_linked=True, below=[rule, text])
    specification["datasets"]["level"] = [{"drawn": chance, "text": label}]
    text = accuracy_text(history, column)
    return steady(specification, text, x=_epochs(history), y=accuracy_range(history))


def _curves(
    history: History,
    measure: _Measure,
    looks: dict[str, Look] | None = None,
    is_linked: bool = False,
    below: Sequence[dict] = (),
) -> dict:
    """The chart of `loss_chart` or `accuracy_chart`, with these layers below the curves."""
    looks = looks or setting_looks(history.experiment)
    names, y = list(looks), measure.y
    of_names = _values(history, measure.column, measure.floor, names)
    tables = {
        "curves": list(chain.from_iterable(of_names)),
        "ends": [rows[-1] for rows in of_names if rows and rows[-1]["diverged"]],
        "leaving": _leaving(of_names, measure.top),
    }
    x = quantity("epoch", _("Epoch"), scale=steady_scale("x"), axis={"tickMinStep": 1})
    colour, dash = line_channels("network", looks, _COLUMNS)
    if is_linked:
        colour, dash = colour | {"legend": None}, dash | {"legend": None}
        strength, filled = visible(), visible(0.18, 0.02)
    else:
        strength, filled = _picked(1, 0.12), _picked(0.18, 0.02)
    of_curves = {"x": x, "y": y, "color": colour, "opacity": strength}
    lines = layer("curves", {"type": "line", "strokeWidth": 2, "clip": True}, strokeDash=dash, **of_curves)
    if not is_linked:
        select = {"type": "point", "fields": ["network"]}
        lines["params"] = [{"name": _PICKED, "select": select, "bind": "legend"}]
    branch = branch_rule(history.experiment, x)
    layers = [*below, *branch, record_rule(x), lines, reading_rule("curves", names, "value", x, measure.number)]
    if len(history.experiment.runs) > len(names):
        least = quantity("least", y["title"], scale=y["scale"])
        bands = {"x": x, "y": least, "y2": {"field": "greatest"}, "fill": colour, "fillOpacity": filled}
        layers.insert(0, layer("curves", {"type": "area", "clip": True}, **bands))
    cross = {"type": "point", "shape": "cross", "angle": 45, "size": 90, "filled": True, "clip": True}
    layers.append(layer("ends", cross, **of_curves))
    arrow = {"type": "point", "shape": "triangle-up", "size": 80, "filled": True}
    tooltip = [nominal("network", _("Network")), quantity("epoch", _("Leaves the chart after epoch"))]
    layers.append(layer("leaving", arrow, **of_curves | {"y": {"value": ARROW / 2}, "tooltip": tooltip}))
    height = HEIGHT if is_linked else _height(names)
    datasets = tables | records(history)
    specification = SCHEMA | {"layer": layers, "title": _(TITLES[measure.column]), "config": as_in_sentences()}
    specification = with_record(specification | {"height": height, "datasets": datasets}, len(history.epochs))
    return linked(specification) if is_linked else specification


def _epochs(history: History) -> np.ndarray:
    """The first and the last that are recorded."""
    return history.epochs[[0, -1]]


def _picked(full: float, faded: float) -> dict:
    """The value of a channel of opacity for curves: `faded` while the legend has picked another one."""
    return {"condition": {"param": _PICKED, "value": full}, "value": faded}


def progress_chart(experiment: Experiment, part: Part) -> dict:
    """The Vega-Lite specification of the training losses so far, on an axis as long as the training will be; of several
    seeds, the median of those that are finite."""
    looks, groups = setting_looks(experiment), runs_by_setting(experiment)
    names = list(looks)
    losses = np.ma.masked_invalid(part.train_loss)
    medians = np.ma.array([np.ma.median(losses[runs], axis=0) for runs in groups]).filled(np.nan)
    finite, first = medians[np.isfinite(medians)], medians[np.isfinite(medians[:, 0]), 0]
    domain = [0, float(min(finite.max(), HEADROOM * np.median(first)))] if first.size else [0, 1]
    rows = [
        {"network": name, "epoch": epoch, "loss": loss}
        for name, of_name in zip(names, medians.tolist())
        for epoch, loss in zip(part.epochs.tolist(), of_name)
        if math.isfinite(loss)
    ]
    colour, dash = line_channels("network", looks, _COLUMNS)
    lines = layer(
        "losses",
        {"type": "line", "strokeWidth": 2, "clip": True},
        x=quantity("epoch", _("Epoch"), scale=between(0, experiment.epochs)),
        y=quantity("loss", _("Loss"), scale={"domain": domain, "nice": True}),
        color=colour,
        strokeDash=dash,
    )
    chart = {"title": _("Training loss so far"), "height": _height(names), "datasets": {"losses": rows}}
    return SCHEMA | lines | chart


def loss_text(history: History, column: str, looks: dict[str, Look] | None = None) -> str:
    """The chart of `loss_chart` in words: where each curve ends."""
    return _text(history, column, looks, if_finite)


def accuracy_text(history: History, column: str) -> str:
    """The chart of `accuracy_chart` in words: where each curve ends."""
    return _text(history, column, None, percent)


def _text(history: History, column: str, looks: dict[str, Look] | None, write: Callable[[float], str]) -> str:
    values = zip(looks or setting_labels(history.experiment), _ends(history, column))
    ends = "; ".join(f"{name}: {write(value)}" for name, value in values)
    several = len(history.experiment.runs) > len(runs_by_setting(history.experiment))
    return _(_MEDIANS if several else _SINGLE, title=_(TITLES[column]), epoch=history.epochs[-1], ends=ends)


def automatic_scale(history: History) -> bool:
    """Whether the losses are best seen on a logarithmic scale: where, on the training or on the test data, the greatest
    of the networks' final losses is more than `SPREAD` times the least.  Those that diverged do not count."""
    finite = np.array([(history.diverged_at[runs] < 0).any() for runs in runs_by_setting(history.experiment)])
    ends = np.maximum([_ends(history, column) for column in PARTS], LEAST_LOSS)[:, finite]
    return bool(finite.any() and (ends.max(axis=1) > SPREAD * ends.min(axis=1)).any())


def accuracy_range(history: History) -> list[float]:
    """The vertical range of the accuracies of both parts: chance levels and all that were measured in the second half
    of the records, with room for a label below.  Networks that have hardly begun may lie below."""
    drawn, late = ~never_finite(history), slice(len(history.epochs) // 2, None)
    values = np.concatenate([history.train_accuracy[drawn, late], history.test_accuracy[drawn, late]])
    values = np.append(values, [chance_level(history.experiment, part) for part in ("train", "test")])
    room = max(0.04 * np.ptp(values), 0.005)
    low = values.min() - LABEL_SHARE * (np.ptp(values) + room)
    return [float(max(low, 0)), float(min(values.max() + room, 1.01))]


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
    """The labels of settings whose training or test loss ends above the linear scale."""
    top = loss_scale(history, log=False)["domain"][1]
    ends = zip(setting_labels(history.experiment), *(_ends(history, column) for column in PARTS))
    return [name for name, *losses in ends if max(losses) > top]


def _ends(history: History, column: str) -> list[float]:
    """For each setting where its line ends: the median of the repeats that have not diverged or, where all have, of
    their last finite losses."""
    losses, finite = getattr(history, column)[:, -1], history.diverged_at < 0
    groups = [np.array(runs) for runs in runs_by_setting(history.experiment)]
    return [float(np.median(losses[runs[finite[runs]] if finite[runs].any() else runs])) for runs in groups]


def _height(names: list[str]) -> int:
    return HEIGHT + LEGEND_ROW * legend_rows(names, COLUMNS, WIDTH)


def _values(history: History, column: str, floor: float, names: list[str]) -> list[Rows]:
    """For each setting a row for each recorded epoch: the median of its repeats that have not diverged (none: no row),
    with the least and the greatest of them; what is drawn is at least `floor`."""
    values = getattr(history, column)
    going = (history.diverged_at[:, None] < 0) | (history.epochs < history.diverged_at[:, None])
    lines = []
    for number, (name, runs) in enumerate(zip(names, runs_by_setting(history.experiment))):
        some = going[runs].any(axis=0)
        of_setting = np.ma.array(values[runs][:, some], mask=~going[runs][:, some])
        median = of_setting[0] if len(runs) == 1 else np.ma.median(of_setting, axis=0)
        columns = {
            "epoch": history.epochs[some],
            "value": _in_tenths(median) if column in ACCURACIES else median,
            "least": np.maximum(of_setting.min(axis=0), floor),
            "greatest": np.maximum(of_setting.max(axis=0), floor),
            "drawn": np.maximum(median, floor),
        }
        of_all = {"network": name, "line": number, "diverged": not some.all()}
        rows = zip(*(each.tolist() for each in columns.values()))
        lines.append([of_all | dict(zip(columns, row)) for row in rows])
    return lines


def _in_tenths(shares: np.ndarray) -> np.ndarray:
    """Rounded to tenths of a percent as in sentences, which the browser's `.1%` then leaves as they are: by itself, it
    makes 51.2 % of 41/80."""
    return np.floor(1000 * shares + 0.5 + ROUNDING) / 1000


def _leaving(lines: Sequence[Rows], top: float) -> Rows:
    """Of each line the last row before it first goes above `top`."""
    above = [[row["drawn"] > top for row in rows] for rows in lines]
    return [rows[max(are.index(True) - 1, 0)] for rows, are in zip(lines, above) if True in are]
