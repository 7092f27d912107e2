"""Over datasets: average ranks, with bars that join what cannot be told apart, and the rank on each dataset."""

import numpy as np

from core import Grid
from core.analysis.luck import ROUNDING
from core.sweeps.ranks import Ranks
from ui.charts.choice import choosable
from ui.charts.layers import SCHEMA, layer, quantity
from ui.charts.layers import names as nominal
from ui.charts.linked import brought_out, linked
from ui.charts.palette import LINE_COLOUR
from ui.shell.experiments import listed
from ui.shell.language import N_, _
from ui.shell.numbers import cell, percent, rounded, written
from ui.sweep.naming import coloured, level_label, numbers_said, said_value, value_label, value_looks

ROW = 30  # pixels
BAR = 12  # pixels from one bar of a group to the next
_LEADS = N_("**On average, {best} has the lowest rank, {rank}, over {number} datasets.**")
_LEAD_TOGETHER = N_("**On average, {best} share the lowest rank, {rank}, over {number} datasets.**")
_NO_WINNER = N_("**No winner everywhere:** for each, the seeds show another one to be better on at least one dataset.")
_NOT_BEATEN = N_("Not shown to be beaten on any of these datasets: {names}.")
_TOLD = N_(
    "A bar at the right joins those whose difference is not statistically significant over datasets like these "
    "(Wilcoxon's signed-rank test for each pair, with Holm's correction)."
)
_TOO_FEW = N_("With fewer than {least} datasets, this test cannot show any difference.")
_FRIEDMAN = N_("Friedman's test that all are equal: p = {p}.")
_READING = N_("Rank 1 is the highest mean test accuracy. In the table: the rank on each dataset; bold: the best.")
_AVERAGE_TEXT, _AVERAGE = N_("Average ranks over datasets. {levels}. Joined by bars: {groups}."), N_("{level}: {rank}")
_NONE = N_("none")
_RANKS_TEXT, _BEST_ON = N_("Ranks on each dataset. {datasets}."), N_("{dataset}: best is {level}")


def average_chart(grid: Grid, found: Ranks) -> dict:
    """The Vega-Lite specification: a dot at each level's average rank, the lowest first; at the right, bars that join
    the levels of a group."""
    names = [value_label(found.factor, found.levels[level]) for level in found.order]
    rows = [
        {"network": name, "rank": float(found.average[level]), "told": rounded(found.average[level])}
        for name, level in zip(names, found.order)
    ]
    place = {level: number for number, level in enumerate(found.order)}
    bars = [
        {"from": names[min(place[level] for level in group)], "to": names[max(place[level] for level in group)]}
        | {"shift": BAR * (number + 1)}
        for number, group in enumerate(found.groups)
    ]
    colour = coloured(value_looks(grid, found.factor))
    scale = {"domain": [1, len(names)], "padding": 14, "nice": False}
    x = quantity("rank", _("Average rank"), scale=scale, axis={"tickMinStep": 1})
    y = nominal("network", scale={"domain": names}, axis={"ticks": False, "grid": True, "gridOpacity": 0.4})
    y["axis"] |= numbers_said(found.factor, found.levels)
    told = [nominal("network", _("Network")), nominal("told", _("Average rank"))]
    dots = {"x": x, "y": y, "color": colour, "opacity": brought_out(), "tooltip": told}
    layers = [
        layer("levels", {"type": "circle", "size": 110, "opacity": 1}, **dots),
        layer("levels", {"type": "text", "align": "left", "dx": 10}, x=x, y=y, text=nominal("told")),
        *(
            layer([bar], {"type": "rule", "strokeWidth": 4, "color": LINE_COLOUR, "strokeCap": "round",
                          "xOffset": bar["shift"]},
                  x={"value": "width"}, y=y | {"field": "from"}, y2={"field": "to"})
            for bar in bars
        ),
    ]  # fmt: skip
    specification = SCHEMA | {
        "layer": layers, "height": ROW * len(names), "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"right": 10 + BAR * (len(bars) + 1), "left": 5, "top": 5, "bottom": 5},
        "datasets": {"levels": rows},
    }  # fmt: skip
    return choosable(linked(specification))


def ranks_chart(grid: Grid, found: Ranks) -> dict:
    """The Vega-Lite specification: a table of the ranks of the levels on each dataset."""
    names = [value_label(found.factor, found.levels[level]) for level in found.order]
    datasets = [_dataset(each) for each in found.datasets]
    rows = [
        {
            "network": name, "dataset": dataset, "rank": float(found.ranks[number, level]),
            "told": rounded(found.ranks[number, level], 1), "accuracy": percent(found.accuracy[number, level]),
            "is_best": bool(found.ranks[number, level] == found.ranks[number].min()),
        }
        for number, dataset in enumerate(datasets)
        for name, level in zip(names, found.order)
    ]  # fmt: skip
    bare = {"ticks": False, "domain": False, "labelOverlap": False}
    x = nominal("dataset", scale={"domain": datasets}, axis=bare | {"orient": "top", "labelAngle": -40})
    y = nominal("network", scale={"domain": names}, axis=bare | numbers_said(found.factor, found.levels))
    told = [nominal("network", _("Network")), nominal("dataset", _("Dataset")), nominal("told", _("Rank"))]
    told.append(nominal("accuracy", _("Mean test accuracy")))
    scale = {"domain": [1, len(names)], "range": ["#0072B2A6", "#0072B200"]}
    fill = quantity("rank", scale=scale, legend=None)
    rect = {"type": "rect", "stroke": LINE_COLOUR, "strokeWidth": 0.5}
    texts = [
        layer("ranks", {"type": "text", "fontSize": 13, "fontWeight": weight}, x=x, y=y, text=nominal("told"))
        | {"transform": [{"filter": test}]}
        for weight, test in (("bold", "datum.is_best"), ("normal", "!datum.is_best"))
    ]  # fmt: skip
    cells = layer("ranks", rect, x=x, y=y, fill=fill, fillOpacity=brought_out(), tooltip=told)
    specification = SCHEMA | {
        "layer": [cells, *texts], "height": ROW * len(names), "autosize": {"type": "fit-x", "contains": "padding"},
        "datasets": {"ranks": rows},
    }  # fmt: skip
    return choosable(linked(specification))


def message(found: Ranks) -> str:
    """Who is ahead on average, and that nobody is everywhere."""
    lowest = found.average.min()
    best = _lowest(found.average)
    sentence, names = _LEADS if len(best) == 1 else _LEAD_TOGETHER, listed(_label(found, level) for level in best)
    says = [_(sentence, best=names, rank=rounded(lowest), number=len(found.datasets))]
    if found.no_winner:
        says.append(_(_NO_WINNER))
    elif found.beaten.any():
        names = listed(_label(found, level) for level in found.order if not found.beaten[level])
        says.append(_(_NOT_BEATEN, names=names))
    return " ".join(says)


def reading(found: Ranks) -> str:
    """How to read the pictures, and by which tests."""
    parts = [_(_TOLD)]
    if len(found.datasets) < found.least:
        parts.append(_(_TOO_FEW, least=found.least))
    if not np.isnan(found.friedman):
        parts.append(_(_FRIEDMAN, p=cell(found.friedman, lambda p: written(p, 2))))
    return " ".join([*parts, _(_READING)])


def average_text(found: Ranks) -> str:
    """The average ranks in words."""
    parts = [_(_AVERAGE, level=_label(found, level), rank=rounded(found.average[level])) for level in found.order]
    groups = "; ".join(", ".join(_label(found, level) for level in group) for group in found.groups)
    return _(_AVERAGE_TEXT, levels="; ".join(parts), groups=groups or _(_NONE))


def ranks_text(found: Ranks) -> str:
    """Who is best on each dataset, in words."""
    parts = [
        _(_BEST_ON, dataset=_dataset(dataset), level=listed(_label(found, level) for level in _lowest(ranks)))
        for dataset, ranks in zip(found.datasets, found.ranks)
    ]
    return _(_RANKS_TEXT, datasets="; ".join(parts))


def _lowest(ranks: np.ndarray) -> list[int]:
    """The levels that have the lowest rank, of which there may be several."""
    return np.flatnonzero(ranks <= ranks.min() + ROUNDING).tolist()


def _label(found: Ranks, level: int) -> str:
    return level_label(found.factor, found.levels[level])


def _dataset(setting: dict) -> str:
    return ", ".join(said_value(name, value) for name, value in setting.items())
