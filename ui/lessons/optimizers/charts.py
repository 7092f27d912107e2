"""Paths of optimizers on a surface up to the replay's step, and their heights over the steps.

The surface is a small picture of one colour, the stronger the higher, through which the page shines: it does for a
light and for a dark one.
"""

import math
from functools import cache

import altair as alt
import numpy as np
import pandas as pd
from scipy.stats import rankdata

from core.lessons.descent import Paths
from core.lessons.surfaces import SURFACES
from ui.charts.boundaries import AVAILABLE_WIDTH
from ui.charts.lines import line_channels, reading_rule
from ui.charts.palette import LINE_COLOUR, optimizer_look
from ui.charts.pictures import picture_url
from ui.charts.replay import RECORD, with_record
from ui.shell.numbers import exact, pair, written

WIDTH, HEIGHT = 740, 370  # pixels of the surface at most: x and y have one scale, so that a circle looks like one
MARGIN = 68  # for the numbers and the name of the vertical axis
HEIGHTS_HEIGHT, LEGEND_ROW = 360, 20  # of the other chart, title and axes included; of a row of its legend
COLUMNS = 6  # of the legend
ROWS = 200  # of the picture, before the browser enlarges it
STRONGEST = 0.6
FAR = 1e3  # a coordinate beyond is drawn there: out of every window as well, and small enough for a browser
LEAST = 1e-9  # height above the lowest point: a logarithm has no 0
HEADROOM = 5  # times the height at the start: what blows up leaves the chart instead of flattening the rest
STAR = "M0,-1L.29,-.4L.95,-.31L.48,.15L.59,.81L0,.5L-.59,.81L-.48,.15L-.95,-.31L-.29,-.4Z"


def paths_chart(paths: Paths) -> dict:
    """The Vega-Lite specification of the surface with all paths up to the replay's step; a dot is a step, and the large
    ones are where the optimizers are."""
    surface = SURFACES[paths.surface]
    x, y = _axis(alt.X, "x", surface.window[0]), _axis(alt.Y, "y", surface.window[1])
    colour, dash = _channels(paths)
    base = alt.Chart(_table(paths))
    walked = base.transform_filter(f"datum.step <= {RECORD}")
    lines = walked.mark_line(strokeWidth=2, clip=True).encode(x=x, y=y, color=colour, strokeDash=dash, order="step:Q")
    dots = {"x": x, "y": y, "color": colour, "tooltip": _tooltip()}
    steps = walked.mark_circle(size=14, opacity=1, clip=True).encode(**dots)
    now = base.transform_filter(f"datum.step == {RECORD}").mark_circle(
        size=130, opacity=1, stroke="white", strokeWidth=1.5, clip=True
    )
    begin, *minima = _places(paths, x, y)  # the star on top: it is small, and paths end there
    layers = (_shade(paths.surface, x, y), lines, steps, begin, now.encode(**dots), *minima)
    chart = alt.layer(*layers).properties(title=surface.label, width=WIDTH, height=HEIGHT)
    return with_record(_as_wide_as_fits(chart.to_dict(validate=False)), paths.points.shape[1])


def heights_chart(paths: Paths) -> dict:
    """The Vega-Lite specification of the paths' heights above the surface's lowest point."""
    table = _table(paths)
    domain = [table.drawn.min(), min(table.drawn.max(), HEADROOM * table.drawn[0])]
    y = alt.Y(
        "drawn:Q",
        title="Height (log scale)",
        scale=alt.Scale(type="log", domain=domain, nice=False),
        axis=alt.Axis(tickCount=5, format="~e"),
    )
    x = alt.X("step:Q", title="Step", scale=alt.Scale(nice=False), axis=alt.Axis(tickMinStep=1))
    colour, dash = _channels(paths)
    lines = alt.Chart(table).mark_line(strokeWidth=2, clip=True).encode(x=x, y=y, color=colour, strokeDash=dash)
    moments = pd.DataFrame({"step": range(paths.points.shape[1])})
    rule = alt.Chart(moments).transform_filter(f"datum.step == {RECORD}").mark_rule(color=LINE_COLOUR, strokeWidth=1.5)
    height = HEIGHTS_HEIGHT + LEGEND_ROW * math.ceil(len(paths.optimizers) / COLUMNS)
    layers = (rule.encode(x=x), lines, reading_rule(table, _names(paths), "above", x, ".3g"))
    chart = alt.layer(*layers).properties(title="Height above the lowest point, over the steps", height=height)
    return with_record(chart.to_dict(validate=False), paths.points.shape[1])  # a quarter faster; the tests validate


def paths_text(paths: Paths) -> str:
    """The picture of `paths_chart` in words, for those who cannot see it: where each path ends."""
    ends = "; ".join(
        f"{name} blew up in step {at}" if at >= 0 else f"{name} at {pair(end, 3)}"
        for name, end, at in zip(_names(paths), paths.points[:, -1], paths.diverged_at)
    )
    return f"Paths on the surface {SURFACES[paths.surface].label}, after {paths.points.shape[1] - 1} steps. {ends}."


def heights_text(paths: Paths) -> str:
    above = paths.heights[:, -1] - SURFACES[paths.surface].lowest
    ends = "; ".join(f"{name}: {written(height, 3)}" for name, height in zip(_names(paths), above))
    return f"Height above the lowest point after {paths.points.shape[1] - 1} steps. {ends}."


def _names(paths: Paths) -> list[str]:
    """One for each run, with its learning rate: `adam (0.5)`."""
    return [f"{name} ({exact(rate)})" for name, rate in zip(paths.optimizers, paths.rates)]


def _table(paths: Paths) -> pd.DataFrame:
    """A row for each run and step; what is `drawn` of a height is never 0."""
    runs, records, _ = paths.points.shape
    above = (paths.heights - SURFACES[paths.surface].lowest).ravel()
    points = paths.points.clip(-FAR, FAR).reshape(-1, 2)
    return pd.DataFrame(
        {
            "optimizer": np.repeat(_names(paths), records),
            "line": np.repeat(np.arange(runs), records),
            "step": np.tile(np.arange(records), runs),
            "x": points[:, 0],
            "y": points[:, 1],
            "above": above,
            "drawn": above.clip(LEAST),
        }
    )


def _as_wide_as_fits(specification: dict) -> dict:
    """With sizes that the browser works out: a chart that Streamlit fits into its place would not keep one scale for x
    and y.  Vega lets parameters of these names take the place of its own sizes."""
    room = f"min({WIDTH}, {AVAILABLE_WIDTH} - {MARGIN})"
    sizes = [{"name": "width", "expr": room}, {"name": "height", "expr": f"width * {HEIGHT / WIDTH}"}]
    return specification | {"autosize": {"type": "pad"}, "params": [*specification.get("params", []), *sizes]}


def _axis(channel: type, name: str, window: tuple[float, float]):
    scale = alt.Scale(domain=window, nice=False, zero=False)
    return channel(f"{name}:Q", title=name, scale=scale, axis=alt.Axis(grid=False))


def _channels(paths: Paths) -> tuple[alt.Color, alt.StrokeDash]:
    looks = {name: optimizer_look(optimizer) for name, optimizer in zip(_names(paths), paths.optimizers)}
    columns = f"(width < 400 ? 2 : width < 700 ? 4 : {COLUMNS})"
    return line_channels("optimizer", looks, columns, title="Optimizer (learning rate)")


def _tooltip() -> list[alt.Tooltip]:
    numbers = [alt.Tooltip(f"{name}:Q", format=".4g") for name in ("x", "y")]
    above = alt.Tooltip("above:Q", title="height above the lowest point", format=".3g")
    return [alt.Tooltip("optimizer:N"), alt.Tooltip("step:Q"), *numbers, above]


def _shade(name: str, x: alt.X, y: alt.Y) -> alt.Chart:
    (left, right), (bottom, top) = SURFACES[name].window
    row = {"picture": _picture(name), "x": left, "right": right, "y": bottom, "top": top}
    image = alt.Chart(pd.DataFrame([row])).mark_image(aspect=False, aria=False)
    at = {"x": x, "x2": alt.X2("right"), "y": y, "y2": alt.Y2("top")}
    return image.encode(url=alt.Url("picture:N"), tooltip=alt.value(None), **at)  # else Streamlit's has all of the row


@cache
def _picture(name: str) -> str:
    """Every shade covers the same area, whatever the range of the heights: so there is something to see everywhere."""
    surface, columns = SURFACES[name], ROWS * WIDTH // HEIGHT
    (left, right), (bottom, top) = surface.window
    x = left + (np.arange(columns) + 0.5) / columns * (right - left)
    y = top - (np.arange(ROWS) + 0.5) / ROWS * (top - bottom)
    heights = surface.value(*np.meshgrid(x, y))
    level = rankdata(heights).reshape(heights.shape) / heights.size
    return picture_url(np.zeros_like(level), level, [LINE_COLOUR], STRONGEST)


def _places(paths: Paths, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The start, all minima, and the lowest of them."""
    surface = SURFACES[paths.surface]
    minima = pd.DataFrame(surface.minima, columns=["x", "y"])
    minima["height"] = surface.value(minima.x, minima.y)
    lowest = minima.apply(lambda row: (row.x, row.y) in surface.lowest_points, axis=1)
    begin = pd.DataFrame([paths.points[0, 0]], columns=["x", "y"]).assign(height=paths.heights[0, 0])
    star = {"shape": STAR, "size": 360, "fill": "currentColor", "stroke": "white", "strokeWidth": 1, "opacity": 1}
    tables = {
        "the start": (begin, {"shape": "circle", "size": 200, "strokeWidth": 2}),
        "a minimum": (minima[~lowest], {"shape": "circle", "size": 30, "strokeWidth": 1.2}),
        "the lowest point": (minima[lowest], star),
    }
    tooltip = ["place:N", *(alt.Tooltip(f"{name}:Q", format=".4g") for name in ("x", "y", "height"))]
    return [
        alt.Chart(table.assign(place=place))
        .mark_point(**{"stroke": "currentColor", "clip": True} | look)
        .encode(x=x, y=y, tooltip=tooltip)
        for place, (table, look) in tables.items()
        if len(table)
    ]
