"""Layers of charts as plain Vega-Lite, for charts that are made anew in every rerun: Altair's objects take fifty times
as long, and copy data several times over."""

import json
import math
from collections.abc import Sequence
from textwrap import wrap

from altair import SCHEMA_URL

SCHEMA = {"$schema": SCHEMA_URL}  # without it, charts beside each other would be taken for Vega
LEGEND = {"title": None, "orient": "bottom", "symbolType": "stroke", "symbolSize": 400, "labelLimit": 0}
LETTERS, MOST_LINES, LINE_HEIGHT = 18, 4, 14  # of a long name on an axis: letters of a line, lines, pixels of a line
LEAST_SHARES = 0.1  # of an axis of shares: its least width
TITLE = 32  # letters of a line of an axis's title, which has room on a phone
# Window less sidebar and margins, as Streamlit lays them out: below 768 pixels the sidebar lies over the page.
AVAILABLE_WIDTH = "(windowSize()[0] > 768 ? windowSize()[0] - 460 : windowSize()[0] - 32)"

Rows = list[dict]


def layer(rows: Rows | str, mark: dict, **channels: dict) -> dict:
    """A mark for each of the rows, which may be the name of a data set of the chart.

    No mark is described by itself: the chart's text says in words what all of them show, and hundreds of descriptions
    would cost the browser a part of every change.  A mark without a channel of tooltips has none: Streamlit's would
    have all that its channels use, by the names that it has in the code.
    """
    data = {"name": rows} if isinstance(rows, str) else {"values": rows}
    return {"data": data, "mark": mark | {"aria": False, "tooltip": None}, "encoding": channels}


def quantity(field: str, title: str | list[str] | None = None, **others: object) -> dict:
    """A channel that has numbers."""
    return {"field": field, "type": "quantitative", "title": title} | others


def names(field: str, title: str | None = None, **others: object) -> dict:
    """A channel that has names."""
    return {"field": field, "type": "nominal", "title": title} | others


def in_lines(names: Sequence[str]) -> tuple[dict, int]:
    """What an axis needs for names that are too long for one line, and the pixels that the highest of them takes."""
    lines = {name: wrap(name, LETTERS, max_lines=MOST_LINES, placeholder=" …") for name in names}
    axis = {"labelExpr": f"{json.dumps(lines)}[datum.value]", "labelLimit": 0}
    return axis, LINE_HEIGHT * max(map(len, lines.values()))


def title_in_lines(title: str, letters: int = TITLE) -> list[str]:
    """The title of a horizontal axis, in lines that have room on a phone."""
    return wrap(title, letters)


def between(least: float, greatest: float) -> dict:
    """The scale from one to the other, and no further."""
    return {"domain": [least, greatest], "nice": False}


def spanning(rows: Rows, *fields: str) -> dict:
    """The scale that has room for these fields of the rows, where they are numbers.

    It is said beforehand: data come to the browser after their chart, and of a scale without any Vega complains.
    """
    numbers = [row[field] for row in rows for field in fields if row.get(field) is not None]
    numbers = [number for number in numbers if math.isfinite(number)] or [0.0, 1.0]
    return {"domain": [min(numbers), max(numbers)]}


def spanning_shares(rows: Rows, *fields: str) -> dict:
    """The same for shares, which make no axis narrower than `LEAST_SHARES`."""
    return {"domain": list(no_narrower(spanning(rows, *fields)["domain"], LEAST_SHARES, 1.0))}


def no_narrower(ends: Sequence[float], width: float, greatest: float = math.inf) -> tuple[float, float]:
    """The least and the greatest of these numbers, which are from 0 to `greatest`, or as much further apart as makes
    them so wide: else seeds that are as good as alike would fill a chart, over an axis on which all labels are alike.
    """
    low, high = min(ends), max(ends)
    if high - low >= width:
        return low, high
    low = max(0.0, min((low + high - width) / 2, greatest - width))
    return low, low + width


def one_each(domain: Sequence, range_: Sequence) -> dict:
    """The scale that has one of the range for each of the domain."""
    return {"domain": list(domain), "range": list(range_)}
