"""The heat map of two factors: means, their spread, and how many networks they are of."""

import numpy as np

from core import Results
from core.sweeps.cells import Cells
from core.sweeps.scores import scores_of
from ui.charts.choice import CLICKABLE, choosable, outline
from ui.charts.layers import SCHEMA, layer, quantity, spanning_shares
from ui.charts.layers import names as nominal
from ui.charts.linked import brought_out, linked
from ui.charts.palette import LINE_COLOUR
from ui.shell.language import N_, _
from ui.shell.numbers import fixed, percent, points
from ui.sweep.naming import heading, numbers_said, value_label
from ui.sweep.shown import NONE, Shown, cells_of, cells_to_choose, compared

ROW = 42  # pixels
LOW, HIGH = "#0072B200", "#0072B2A6"  # numbers stay readable on it
PHONE, LETTER = 270, 7  # pixels of the cells on a phone, and of a letter of their headings
WIDE, NARROW = 96, 34  # pixels of a cell that has room for mean and spread beside each other, or below each other
_SPREAD, _SEEDS, _DIVERGED = N_("± {points}"), N_("n = {number}"), N_("n = {number}, ∞ {diverged}")
_BOTH = N_("{mean} ± {points}")
_TEXT = N_("Mean test accuracy by {rows} and {columns}. {cells}.")
_TEXT_OF_ONE = N_("Mean test accuracy by {rows}. {cells}.")
_CELL, _CELL_OF_ONE = N_("{row}, {column}: {accuracy}"), N_("{row}: {accuracy}")
_HIGHEST = N_("{row}: highest {highest} at {column}, lowest {lowest}")
_NOT_YET = N_("not trained yet")
_MOST_TOLD = 40  # cells that a text names one by one


def heat_map_chart(results: Results, shown: Shown) -> dict:
    """The Vega-Lite specification: a cell for each pair of values, with mean, standard deviation and number of seeds.

    How much of it stands in a cell depends on its width, which the browser knows.  Cells that are chosen have a frame.
    """
    scores = scores_of(results)
    cells = cells_of(scores, shown)
    rows = _rows(cells, cells_to_choose(results.grid, scores, shown), compared(results.grid))
    across = list(dict.fromkeys(row["column"] for row in rows))
    down = list(dict.fromkeys(row["row"] for row in rows))
    room = f"width / {len(across)}"
    fits = len(across) * LETTER * max(map(len, across)) < PHONE
    bare = {"ticks": False, "domain": False, "labelOverlap": False}
    x_axis = bare | {
        "orient": "top", "title": heading(shown.columns) if shown.columns else None,
        "labelAngle": 0 if fits else -90,
    }  # fmt: skip
    x = nominal("column", scale={"domain": across}, axis=x_axis if shown.columns else None)
    y = nominal("row", scale={"domain": down}, axis=bare | {"title": None, "labelLimit": 130})
    y["axis"] |= numbers_said(shown.rows, cells.row_levels)
    scale = spanning_shares(rows, "mean") | {"range": [LOW, HIGH], "zero": False, "nice": False}
    colour = quantity("mean", scale=scale, legend=None)  # each cell has its number
    place = {"x": x, "y": y}
    told = [
        nominal("row", heading(shown.rows)),
        *([nominal("column", heading(shown.columns))] if shown.columns else []),
        *(nominal(field, _(title)) for field, title in _TOLD.items()),
    ]
    strength = brought_out() if compared(results.grid) in (shown.rows, shown.columns) else {"value": 1}
    rect = {"type": "rect", "stroke": LINE_COLOUR, "strokeWidth": 0.5}
    layers = [
        layer("cells", rect | CLICKABLE | {"fill": "transparent"}, **place, tooltip=told),
        layer("cells", rect | CLICKABLE, **place, fill=colour, fillOpacity=strength, tooltip=told),
        _writing("both", f"{room} > {WIDE}", -7, place, told),
        _writing("seeds", f"{room} > {WIDE}", 9, place, told, small=True),
        _writing("accuracy", f"{room} <= {WIDE} && {room} > {NARROW}", -12, place, told),
        _writing("spread", f"{room} <= {WIDE} && {room} > {NARROW}", 2, place, told, small=True),
        _writing("seeds", f"{room} <= {WIDE} && {room} > {NARROW}", 14, place, told, small=True),
        _writing("brief", f"{room} <= {NARROW}", 0, place, told),
        outline("cells", {"type": "rect"}, **place),
    ]
    layers[1]["transform"] = [{"filter": "isValid(datum.mean)"}]
    specification = SCHEMA | {
        "layer": layers, "height": ROW * len(down), "autosize": {"type": "fit-x", "contains": "padding"},
        "datasets": {"cells": rows},
    }  # fmt: skip
    return choosable(linked(specification))


_TOLD = {
    "accuracy_told": N_("Mean test accuracy"), "spread_told": N_("Standard deviation, in percentage points"),
    "networks": N_("Networks"), "number": N_("Seeds"), "diverged": N_("Diverged"), "missing": N_("Not trained yet"),
}  # fmt: skip


def _writing(field: str, test: str, dy: int, place: dict, told: list, small: bool = False) -> dict:
    """A line of each cell, where there is room for it."""
    mark = {"type": "text", "dy": dy, "fontSize": 11 if small else 13, "fontWeight": "normal" if small else "bold"}
    opacity = {"condition": {"test": test, "value": 1}, "value": 0}
    return layer("cells", mark | CLICKABLE, **place, text=nominal(field), opacity=opacity, tooltip=told)


def heat_map_text(results: Results, shown: Shown) -> str:
    """The heat map in words: each cell, or of many the highest and the lowest of each row."""
    cells = cells_of(scores_of(results), shown)
    columns = [value_label(shown.columns, value) if shown.columns else "" for value in cells.column_levels]
    parts = []
    for value, means in zip(cells.row_levels, cells.mean):
        row = value_label(shown.rows, value)
        if cells.mean.size <= _MOST_TOLD:
            told = zip(columns, means)
            message = _CELL if shown.columns else _CELL_OF_ONE
            parts += [_(message, row=row, column=column, accuracy=_accuracy(mean)) for column, mean in told]
        elif not np.isnan(means).all():
            highest, lowest = np.nanargmax(means), np.nanmin(means)
            column, greatest = columns[highest], percent(means[highest])
            parts.append(_(_HIGHEST, row=row, column=column, highest=greatest, lowest=percent(lowest)))
    names = {"rows": heading(shown.rows), "columns": heading(shown.columns) if shown.columns else ""}
    return _(_TEXT if shown.columns != NONE else _TEXT_OF_ONE, **names, cells="; ".join(parts))


def _rows(cells: Cells, choices: np.ndarray, factor: str) -> list[dict]:
    """A row for each cell; its `network` is the level of that factor, by which it is brought out."""
    named = (cells.rows, cells.columns)
    return [
        {
            "row": value_label(cells.rows, row),
            "column": value_label(cells.columns, column) if cells.columns else "",
            "network": value_label(factor, column if factor == cells.columns else row) if factor in named else "",
            "cell": int(choices[i, j]),
            **_figures(cells, i, j),
        }
        for i, row in enumerate(cells.row_levels)
        for j, column in enumerate(cells.column_levels)
    ]


def _figures(cells: Cells, i: int, j: int) -> dict[str, object]:
    """What is written in a cell, and told of it."""
    mean, sd, number, diverged = (each[i, j] for each in (cells.mean, cells.sd, cells.seeds, cells.diverged))
    is_there, has_spread = number > 0, not np.isnan(sd)
    accuracy, spread = fixed(100 * mean, 1), points(sd)
    return {
        "mean": float(mean) if is_there else None,
        "accuracy": accuracy if is_there else "",
        "brief": fixed(100 * mean, 0) if is_there else "",
        "spread": _(_SPREAD, points=spread) if has_spread else "",
        "both": _(_BOTH, mean=accuracy, points=spread) if has_spread else accuracy if is_there else "",
        "seeds": _(_DIVERGED if diverged else _SEEDS, number=number, diverged=diverged) if is_there else "",
        "accuracy_told": _accuracy(mean),
        "spread_told": spread if has_spread else "–",
        "number": int(number), "networks": int(cells.networks[i, j]), "diverged": int(diverged),
        "missing": int(cells.missing[i, j]),
    }  # fmt: skip


def _accuracy(mean: float) -> str:
    return _(_NOT_YET) if np.isnan(mean) else percent(mean)
