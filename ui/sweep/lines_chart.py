"""Accuracy along a factor of numbers, such as the learning rate: a line for each level of the other one."""

import numpy as np

from core import Results
from core.sweeps.scores import scores_of
from ui.charts.choice import CLICKABLE, choosable, outline
from ui.charts.layers import SCHEMA, layer, one_each, quantity, spanning_shares
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.linked import linked, visible
from ui.shell.language import N_, _
from ui.shell.numbers import percent
from ui.sweep.naming import coloured, heading, value_label, value_looks
from ui.sweep.shown import NUMBERS, Shown, cells_of, cells_to_choose, compared

HEIGHT = 300
FEW = 8  # lines that each have a band: more would hide each other
_TEXT = N_("Mean test accuracy along {along}. {lines}.")
_LINE = N_("{line}: {values}")
_VALUE = N_("{value}: {accuracy}")


def lines_chart(results: Results, shown: Shown) -> dict:
    """The Vega-Lite specification: a line of means for each level, in bands of one standard deviation to either side
    where there are few of them.  The steps between numbers are drawn alike, as those of most grids are."""
    lines, along, rows = _rows(results, shown)
    looks = value_looks(results.grid, lines) if lines else {"": next(iter(value_looks(results.grid, along).values()))}
    order = list(dict.fromkeys(row["value"] for row in rows))
    x = {"field": "value", "type": "ordinal", "title": heading(along), "scale": {"domain": order}}
    x["axis"] = {"labelAngle": 0, "labelOverlap": True}
    y = quantity(
        "mean",
        _("Mean test accuracy"),
        scale=spanning_shares(rows, "mean", "low", "high") | {"zero": False, "nice": True},
        axis={"labelExpr": in_percent(), "tickCount": 5},
    )
    colour = coloured(looks)
    dashes = colour | {"scale": one_each(looks, [list(look.dash) for look in looks.values()])}
    told = [nominal("network", heading(lines))] if lines else []
    told += [nominal("value", heading(along)), nominal("accuracy", _("Mean test accuracy"))]
    of_lines = {"x": x, "y": y, "color": colour}
    band = {"y": quantity("low", y["title"], scale=y["scale"], axis=y["axis"]), "y2": {"field": "high"}}
    is_linked = lines == compared(results.grid)
    band_strength = 0.15 if len(looks) <= FEW else 0
    filled = visible(band_strength, 0.02) if is_linked else {"value": band_strength}
    strength = visible() if is_linked else {"value": 1}
    layers = [
        layer("means", {"type": "area"}, x=x, **band, fill=colour, fillOpacity=filled, detail=colour),
        layer("means", {"type": "line", "strokeWidth": 2}, **of_lines, strokeDash=dashes, opacity=strength),
        layer("means", {"type": "circle", "size": 45} | CLICKABLE, **of_lines, opacity=strength, tooltip=told),
        outline("means", {"type": "point", "size": 160}, x=x, y=y),
    ]
    return choosable(linked(SCHEMA | {"layer": layers, "height": HEIGHT, "datasets": {"means": rows}}))


def lines_text(results: Results, shown: Shown) -> str:
    """The chart in words."""
    _lines, along, rows = _rows(results, shown)
    parts = []
    for name in dict.fromkeys(row["network"] for row in rows):
        told = [row for row in rows if row["network"] == name]
        values = ", ".join(_(_VALUE, value=row["value"], accuracy=row["accuracy"]) for row in told)
        parts.append(_(_LINE, line=name, values=values) if name else values)
    return _(_TEXT, along=heading(along), lines="; ".join(parts))


def _rows(results: Results, shown: Shown) -> tuple[str, str, list[dict]]:
    """The factor of the lines, that along them, and a row for each mean that is there."""
    scores = scores_of(results)
    cells, choices = cells_of(scores, shown), cells_to_choose(results.grid, scores, shown)
    mean, sd, (lines, line_levels) = cells.mean, np.nan_to_num(cells.sd), (cells.rows, cells.row_levels)
    along, levels = cells.columns, cells.column_levels
    if along not in NUMBERS:  # then the rows are
        (lines, line_levels), (along, levels) = (along, levels), (lines, line_levels)
        mean, sd, choices = mean.T, sd.T, choices.T
    order = sorted(range(len(levels)), key=lambda k: np.inf if levels[k] is None else levels[k])
    rows = [
        {
            "network": value_label(lines, value) if lines else "",
            "value": value_label(along, levels[k]),
            "mean": float(mean[i, k]),
            "low": float(max(mean[i, k] - sd[i, k], 0)),
            "high": float(min(mean[i, k] + sd[i, k], 1)),
            "accuracy": percent(mean[i, k]),
            "cell": int(choices[i, k]),
        }
        for i, value in enumerate(line_levels)
        for k in order
        if not np.isnan(mean[i, k])
    ]
    return lines, along, rows
