"""Each level of a factor at its best, every seed of it, beside its mean at the one common setting."""

import numpy as np

from core import Grid
from core.sweeps.best import AtBest
from ui.charts.choice import CLICKABLE, choosable, outline
from ui.charts.layers import SCHEMA, layer, quantity, spanning_shares
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.linked import brought_out, linked
from ui.shell.columns import Column, sortable
from ui.shell.language import N_, _
from ui.shell.numbers import cell, exact, percent, points
from ui.sweep.naming import coloured, level_label, noun, numbers_said, said_value, value_label, value_looks
from ui.sweep.shown import cell_at

ROW = 30  # pixels
_RANKS, _SAME_RANK = N_("{common} → {best}"), N_("{best}")
_TEXT = N_("Mean test accuracy at one common setting, and each at its best. {levels}.")
_LEVEL = N_("{level}: {common}, at its best {best}")
_ALONE, _LEVEL_ALONE = N_("Test accuracy of every seed. {levels}."), N_("{level}: mean {best}")
_WITH_SPREAD = N_("{accuracy} ± {points}")


def best_chart(grid: Grid, found: AtBest) -> dict:
    """The Vega-Lite specification: a row for each level, the best first; a dot for each seed and a bar at their mean, a
    ring at the mean at the common setting, and both ranks at the right."""
    looks = value_looks(grid, found.factor)
    levels, seeds = best_rows(grid, found)
    names = [row["network"] for row in levels]
    colour = coloured(looks)
    x_axis = {"labelExpr": in_percent(), "tickCount": 6}
    x = quantity(
        "accuracy",
        _("Test accuracy"),
        scale=spanning_shares([*levels, *seeds], "accuracy", "common") | {"zero": False, "padding": 10},
        axis=x_axis,
    )
    y = nominal("network", scale={"domain": names}, axis={"ticks": False, "grid": True, "gridOpacity": 0.4})
    y["axis"] |= numbers_said(found.factor, found.best.levels)
    place, level = {"x": x, "y": y}, nominal("network", _("Network"))
    told = [level, *(nominal(field, title) for field, title in _told(found).items())]
    of_seed = [level, quantity("seed", _("Seed")), nominal("told", _("Test accuracy"))]
    within = {"field": "place", "type": "quantitative", "scale": {"domain": [0, 1]}}
    of_common = x | {"field": "common"}
    shown, middle = {"fillOpacity": brought_out(0.6)}, {"yOffset": {"datum": 0.5}}
    strong = {"opacity": brought_out()}
    bar, ring = {"type": "tick", "thickness": 3, "size": ROW - 6}, {"type": "point", "size": 70, "strokeWidth": 2}
    layers = [
        layer("seeds", {"type": "circle", "size": 40}, **place, yOffset=within, color=colour, tooltip=of_seed, **shown),
        layer("levels", bar | CLICKABLE, **place, **middle, color=colour, tooltip=told, **strong),
    ]
    if any(found.tuned):
        rule, ranks = {"type": "rule", "strokeWidth": 1.5}, {"type": "text", "align": "left", "dx": 8}
        joined = {"x": of_common, "x2": {"field": "accuracy"}, "y": y, **middle, **strong}
        at_right = {"x": {"value": "width"}, "y": y, **middle}
        layers[:0] = [layer("levels", rule, **joined, color=colour)]
        layers += [
            layer("levels", ring | CLICKABLE, x=of_common, y=y, **middle, color=colour, tooltip=told, **strong),
            layer("levels", ranks, **at_right, text=nominal("ranks")),
        ]
    layers.append(outline("levels", {"type": "point", "shape": "square", "size": 300}, **place, **middle))
    specification = SCHEMA | {
        "layer": layers, "height": ROW * len(names), "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": {"right": 52, "left": 5, "top": 5, "bottom": 5}, "datasets": {"levels": levels, "seeds": seeds},
    }  # fmt: skip
    return choosable(linked(specification))


def best_rows(grid: Grid, found: AtBest) -> tuple[list[dict], list[dict]]:
    """Rows for the levels, the best first, and for their seeds."""
    common, best = ranks_of(found.common.accuracy), ranks_of(found.best.accuracy)
    means = [each.accuracy.mean(axis=1) for each in (found.common, found.best)]
    levels, seeds = [], []
    for level in found.best.order:
        value = found.best.levels[level]
        name, own = value_label(found.factor, value), found.best.settings[level][0]
        same = common[level] == best[level]
        ranks = _(_SAME_RANK if same else _RANKS, common=common[level], best=best[level])
        levels.append(
            {
                "network": name, "accuracy": float(means[1][level]), "common": float(means[0][level]), "ranks": ranks,
                "cell": cell_at(grid, {found.factor: value} | {k: v for k, v in own.items() if k}),
                "at_best": percent(means[1][level]), "at_common": percent(means[0][level]),
                "own": settings_text(found, level),
            }
        )  # fmt: skip
        accuracies = found.best.accuracy[level]
        seeds += [
            {"network": name, "accuracy": float(each), "told": percent(each), "seed": number,
             "place": (number + 0.5) / len(accuracies)}
            for number, each in enumerate(accuracies)
        ]  # fmt: skip
    return levels, seeds


def _told(found: AtBest) -> dict[str, str]:
    return {"at_best": _("Mean at its best"), "at_common": _("Mean at the common setting"), "own": _("Its best")}


def ranks_of(accuracy: np.ndarray) -> list[int]:
    """(level,) the place of each in the ranking by its mean over the seeds; equal ones share the better place."""
    means = np.round(accuracy.mean(axis=1), 9)
    return [int((means > mean).sum()) + 1 for mean in means]


def settings_text(found: AtBest, level: int, of_common: bool = False) -> str:
    """The settings at which a level was measured: all that halves of the seeds have chosen, the most frequent first."""
    ranking = found.common if of_common else found.best
    write = value_label if len(found.tuned) == 1 and not of_common else said_value  # a column, or within a sentence
    return "; ".join(
        ", ".join(write(name, value) for name, value in setting.items() if name) for setting in ranking.settings[level]
    )


def best_text(found: AtBest) -> str:
    """The picture in words."""
    is_alone = not any(found.tuned)
    message = _LEVEL_ALONE if is_alone else _LEVEL
    means = [each.accuracy.mean(axis=1) for each in (found.common, found.best)]
    levels = "; ".join(
        _(message, level=level_label(found.factor, found.best.levels[level]), common=percent(means[0][level]),
          best=percent(means[1][level]))
        for level in found.best.order
    )  # fmt: skip
    return _(_ALONE if is_alone else _TEXT, levels=levels)


def best_columns(found: AtBest) -> list[Column]:
    """The columns of the table of both rankings, whose rows are the levels, the best first."""
    order = found.best.order
    ranks = {name: np.array(ranks_of(each.accuracy))[order] for name, each in _both(found).items()}
    means = {name: each.accuracy.mean(axis=1)[order] for name, each in _both(found).items()}
    spread = {
        name: each.accuracy.std(axis=1, ddof=1)[order] if each.accuracy.shape[1] > 1 else np.full(len(order), np.nan)
        for name, each in _both(found).items()
    }
    texts = {
        name: [
            _(_WITH_SPREAD, accuracy=percent(mean), points=cell(sd, points))
            for mean, sd in zip(means[name], spread[name])
        ]
        for name in means
    }
    gain, low, high = (each[order] for each in (found.gain, found.low, found.high))
    tuned = ", ".join(noun(name) for name in found.tuned if name)
    return [
        Column("rank", _("Rank at its best"), _("1 is the highest mean test accuracy."),
               [exact(int(rank)) for rank in ranks["best"]], sortable(ranks["best"]), is_usual=False),
        Column("best", _("Test accuracy at its best"), _(_MEANING, tuned=tuned),
               texts["best"], sortable(means["best"])),
        Column("common_rank", _("Rank at the common setting"), _("1 is the highest mean test accuracy."),
               [exact(int(rank)) for rank in ranks["common"]], sortable(ranks["common"]), is_usual=False),
        Column("common", _("Test accuracy at the common setting"), _("Mean ± standard deviation between seeds."),
               texts["common"], sortable(means["common"])),
        Column("gain", _("Gain"), _(_GAIN), [_gain(*each) for each in zip(gain, low, high)], sortable(gain)),
        Column("own", _("Its best"), _(_OWN),
               [settings_text(found, level) for level in order], sortable(range(len(order)))),
        Column("diverged", _("Diverged"), _("Networks measured at its best that diverged: numbers became infinite."),
               [exact(int(number)) for number in found.best.diverged[order]],
               sortable(found.best.diverged[order]), is_usual=bool(found.best.diverged.any())),
    ]  # fmt: skip


_MEANING = N_("Mean ± standard deviation between seeds, in percentage points. Chosen for each row: {tuned}.")
_GAIN = N_(
    "Mean difference between the two, in percentage points. In brackets: an interval, where there are enough seeds. "
    "All intervals together are true with 95 % confidence."
)
_OWN = N_(
    "What the halves of the seeds have chosen for this row. If they have chosen differently, the most frequent comes "
    "first."
)
_INTERVAL = N_("{gain} ({low} to {high})")


def _both(found: AtBest) -> dict:
    return {"common": found.common, "best": found.best}


def _gain(gain: float, low: float, high: float) -> str:
    return points(gain) if np.isnan(low) else _(_INTERVAL, gain=points(gain), low=points(low), high=points(high))
