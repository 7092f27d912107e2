"""Paths of optimizers on a surface up to the replay's step, and their heights over the steps."""

import math

import altair as alt
import numpy as np
import pandas as pd

from core.lessons.descent import Paths
from core.lessons.surfaces import SURFACES
from ui.charts.layers import AVAILABLE_WIDTH, SCHEMA, between, layer, quantity
from ui.charts.lines import decades, line_channels, reading_rule
from ui.charts.palette import LINE_COLOUR, optimizer_look
from ui.charts.replay import RECORD, with_record
from ui.charts.specification import vega_lite
from ui.lessons.optimizers.surface import contour_values, surface_picture
from ui.shell.labels import label
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import exact, pair, written

WIDTH, HEIGHT = 1100, 550  # pixels of the surface at most: x and y have one scale, so that a circle looks like one
MARGIN = 68  # for the numbers and the name of the vertical axis
HEIGHTS_HEIGHT, LEGEND_ROW = 360, 20  # of the other chart, title and axes included; of a row of its legend
COLUMNS = 6  # of the legend
FAR = 1e3  # a coordinate beyond is drawn there: out of every window as well, and small enough for a browser
LEAST = 1e-9  # height above the lowest point: a logarithm has no 0
MOST_DECADES = 6  # with a label of their own
HEADROOM = 5  # times the height at the start: what blows up leaves the chart instead of flattening the rest
STAR = "M0,-1L.29,-.4L.95,-.31L.48,.15L.59,.81L0,.5L-.59,.81L-.48,.15L-.95,-.31L-.29,-.4Z"
TEXT = "currentColor"  # the page's, light or dark
_READABLE = {"labelFontSize": 12, "titleFontSize": 13, "labelColor": TEXT, "titleColor": TEXT}  # pixels
_ABOVE = N_("Height above the lowest point")
_START, _MINIMUM, _LOWEST = N_("the start"), N_("a minimum"), N_("the lowest point")
_DIVERGED_AT, _AT = N_("{name} diverged in step {step}"), N_("{name} at {place}")
_PATHS_TEXT = NN_(
    "Paths on the surface {surface}, after {number} step. {ends}.",
    "Paths on the surface {surface}, after {number} steps. {ends}.",
)
_HEIGHTS_TEXT = NN_(
    "Height above the lowest point after {number} step. {ends}.",
    "Height above the lowest point after {number} steps. {ends}.",
)
_TOO_HIGH = N_("Leaves the chart at the top: {names}.")
_IN_STEP = N_("{name} (step {step})")


def paths_chart(paths: Paths) -> dict:
    """The Vega-Lite specification of the surface with all paths up to the replay's step; a dot is a step, and the large
    ones are where the optimizers are."""
    surface = SURFACES[paths.surface]
    x, y = _axis(alt.X, "x", surface.window[0]), _axis(alt.Y, "y", surface.window[1])
    colour, dash = _channels(paths)
    colour, dash = alt.Color.from_dict(colour), alt.StrokeDash.from_dict(dash)
    base = alt.Chart(_table(paths))
    walked = base.transform_filter(f"datum.step <= {RECORD}")
    lines = walked.mark_line(strokeWidth=2, clip=True).encode(x=x, y=y, color=colour, strokeDash=dash, order="step:Q")
    dots = {"x": x, "y": y, "color": colour, "tooltip": _tooltip()}
    steps = walked.mark_circle(size=14, opacity=1, clip=True).encode(**dots)
    now = base.transform_filter(f"datum.seen_at == {RECORD}").mark_circle(
        size=130, opacity=1, stroke="white", strokeWidth=1.5, clip=True
    )
    begin, *minima = _places(paths, x, y)  # the star on top: it is small, and paths end there
    layers = (
        *_ground(paths.surface, x, y),
        lines,
        steps,
        begin,
        now.encode(**dots),
        *_exits(paths, x, y, colour),
        *minima,
    )
    chart = alt.layer(*layers).properties(title=_(surface.label), width=WIDTH, height=HEIGHT)
    return with_record(_as_wide_as_fits(_specification(chart)), paths.points.shape[1])


def heights_chart(paths: Paths) -> dict:
    """The Vega-Lite specification of the paths' heights above the surface's lowest point."""
    table, domain = _table(paths), _ends_of_heights(paths)
    axis = decades(*(math.floor(math.log10(end)) for end in domain), MOST_DECADES)
    y = quantity("drawn", _("Height (log scale)"), scale=between(*domain) | {"type": "log"}, axis=axis)
    x = quantity("step", _("Steps"), scale={"nice": False}, axis={"tickMinStep": 1})
    colour, dash = _channels(paths)
    mark = {"type": "line", "strokeWidth": 2, "clip": True}
    lines = layer("heights", mark, x=x, y=y, color=colour, strokeDash=dash)
    now = layer("steps", {"type": "rule", "color": LINE_COLOUR, "strokeWidth": 1.5}, x=x)
    now["transform"] = [{"filter": f"datum.step == {RECORD}"}]
    steps = paths.points.shape[1]
    specification = SCHEMA | {
        "layer": [now, lines, reading_rule("heights", _names(paths), "above", x, ".3g")],
        "title": _("Height above the lowest point in each step"),
        "height": HEIGHTS_HEIGHT + LEGEND_ROW * math.ceil(len(paths.optimizers) / COLUMNS),
        "config": {"axis": _READABLE, "legend": _READABLE},
        "datasets": {"heights": table.to_dict("records"), "steps": [{"step": step} for step in range(steps)]},
    }
    return with_record(specification, steps)


def paths_text(paths: Paths) -> str:
    """The picture of `paths_chart` in words, for those who cannot see it: where each path ends."""
    ends = "; ".join(
        _(_DIVERGED_AT, name=name, step=at) if at >= 0 else _(_AT, name=name, place=pair(end, 3))
        for name, end, at in zip(_names(paths), paths.points[:, -1], paths.diverged_at)
    )
    steps = paths.points.shape[1] - 1
    return plural(*_PATHS_TEXT, steps, surface=_(SURFACES[paths.surface].label), ends=ends)


def heights_text(paths: Paths) -> str:
    """The picture of `heights_chart` in words, for those who cannot see it."""
    above = paths.heights[:, -1] - SURFACES[paths.surface].lowest
    ends = "; ".join(f"{name}: {written(height, 3)}" for name, height in zip(_names(paths), above))
    text = plural(*_HEIGHTS_TEXT, paths.points.shape[1] - 1, ends=ends)
    too_high = leaving_at_the_top(paths)
    return f"{text} {too_high}" if too_high else text


def leaving_at_the_top(paths: Paths) -> str | None:
    """Which curves of `heights_chart` are cut off, and in which step they first leave it; None if there are none."""
    above = _drawn_heights(paths) > _ends_of_heights(paths)[1]
    names = [
        _(_IN_STEP, name=label("optimizer", paths.optimizers[run]), step=above[run].argmax())
        for run in np.flatnonzero(above.any(axis=1))
    ]
    return _(_TOO_HIGH, names=", ".join(names)) if names else None


def leaving(paths: Paths) -> list[str]:
    """The optimizers whose paths are outside of the picture at some step."""
    return [name for name, is_out in zip(paths.optimizers, _outside(paths).any(axis=1)) if is_out]


def _drawn_heights(paths: Paths) -> np.ndarray:
    """(run, record) the heights above the lowest point, which are never 0 as they are drawn."""
    return (paths.heights - SURFACES[paths.surface].lowest).clip(LEAST)


def _ends_of_heights(paths: Paths) -> list[float]:
    """The ends of the axis of `heights_chart`."""
    drawn = _drawn_heights(paths)
    low, high = float(np.nanmin(drawn)), float(min(np.nanmax(drawn), HEADROOM * drawn[0, 0]))
    return [low, max(high, 10 * low)]  # else there would be no axis where all are at the lowest point


def _names(paths: Paths) -> list[str]:
    """One for each run, with its learning rate: `Adam (0.5)`."""
    return [f"{label('optimizer', name)} ({exact(rate)})" for name, rate in zip(paths.optimizers, paths.rates)]


def _specification(chart: alt.LayerChart) -> dict:
    """With letters that can be read."""
    chart = chart.configure_axis(**_READABLE).configure_legend(**_READABLE)
    return vega_lite(chart)


def _table(paths: Paths) -> pd.DataFrame:
    """A row for each run and step; what is `drawn` of a height is never 0."""
    runs, records = paths.points.shape[:2]
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
            "drawn": _drawn_heights(paths).ravel(),
            "seen_at": np.where(_outside(paths), -1, np.arange(records)).ravel(),  # -1: out of the picture
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


def _channels(paths: Paths) -> tuple[dict, dict]:
    looks = {name: optimizer_look(optimizer) for name, optimizer in zip(_names(paths), paths.optimizers)}
    columns = f"(width < 400 ? 2 : width < 700 ? 4 : {COLUMNS})"
    return line_channels("optimizer", looks, columns, title=_("Optimizer (learning rate)"))


def _tooltip() -> list[alt.Tooltip]:
    numbers = [alt.Tooltip(f"{name}:Q", format=".4g") for name in ("x", "y")]
    above = alt.Tooltip("above:Q", title=_(_ABOVE), format=".3g")
    names = [alt.Tooltip("optimizer:N", title=_("Optimizer")), alt.Tooltip("step:Q", title=_("Steps"))]
    return [*names, *numbers, above]


def _ground(name: str, x: alt.X, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """The picture of the surface, and the values of its contour lines."""
    (left, right), (bottom, top) = SURFACES[name].window
    row = {"picture": surface_picture(name), "x": left, "right": right, "y": bottom, "top": top}
    image = alt.Chart(pd.DataFrame([row])).mark_image(aspect=False, aria=False)
    at = {"x": x, "x2": alt.X2("right"), "y": y, "y2": alt.Y2("top")}
    values = [{"x": across, "y": up, "text": written(level)} for across, up, level in contour_values(name)]
    texts = alt.Chart(pd.DataFrame(values, columns=["x", "y", "text"])).mark_text(fontSize=12, aria=False)
    return (
        image.encode(url=alt.Url("picture:N"), **at),
        texts.encode(x=x, y=y, text="text:N"),
    )


def _exits(paths: Paths, x: alt.X, y: alt.Y, colour: alt.Color) -> list[alt.Chart]:
    """Triangles where paths cross the picture's edge and leave it."""
    outside = _outside(paths)
    leaves = np.argwhere(outside & ~np.roll(outside, 1, axis=1))  # run and step; the start is inside
    if not len(leaves):
        return []
    least, greatest = np.transpose(SURFACES[paths.surface].window)
    points = paths.points[*leaves.T]
    before = paths.points[leaves[:, 0], leaves[:, 1] - 1]
    moved = np.where(points == before, 1, points - before)
    inside = np.where(
        points < least, (least - before) / moved, np.where(points > greatest, (greatest - before) / moved, 1)
    )
    axis = inside.argmin(axis=1)  # whose border is reached first, after that share of the step
    at = (before + inside.min(axis=1, keepdims=True) * (points - before)).clip(least, greatest)
    shapes = (("triangle-left", "triangle-right"), ("triangle-down", "triangle-up"))
    goes_up = np.take_along_axis(points > before, axis[:, None], axis=1)[:, 0]
    table = pd.DataFrame({"x": at[:, 0], "y": at[:, 1], "step": leaves[:, 1]})
    table["shape"] = [shapes[along][int(up)] for along, up in zip(axis, goes_up)]
    table["optimizer"] = [_names(paths)[run] for run in leaves[:, 0]]
    table["told"] = [_("{name} leaves the chart in step {step}", name=name, step=step) for name, step in zip(
        table.optimizer, table.step
    )]  # fmt: skip
    marks = alt.Chart(table).transform_filter(f"datum.step <= {RECORD}").mark_point(size=140, filled=True, opacity=1)
    shape = alt.Shape("shape:N", scale=None, legend=None)
    return [marks.encode(x=x, y=y, color=colour, shape=shape, tooltip=alt.Tooltip("told:N", title=_("Path")))]


def _outside(paths: Paths) -> np.ndarray:
    """(run, step): whether a path is out of the picture."""
    least, greatest = np.transpose(SURFACES[paths.surface].window)
    return ((paths.points < least) | (paths.points > greatest)).any(axis=2)


def _places(paths: Paths, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The start, all minima, and the lowest of them."""
    surface = SURFACES[paths.surface]
    minima = pd.DataFrame(surface.minima, columns=["x", "y"])
    minima["height"] = surface.value(minima.x, minima.y)
    lowest = minima.apply(lambda row: (row.x, row.y) in surface.lowest_points, axis=1)
    begin = pd.DataFrame([paths.points[0, 0]], columns=["x", "y"]).assign(height=paths.heights[0, 0])
    star = {"shape": STAR, "size": 360, "fill": "currentColor", "stroke": "white", "strokeWidth": 1, "opacity": 1}
    tables = {
        _(_START): (begin, {"shape": "circle", "size": 200, "strokeWidth": 2}),
        _(_MINIMUM): (minima[~lowest], {"shape": "circle", "size": 30, "strokeWidth": 1.2}),
        _(_LOWEST): (minima[lowest], star),
    }
    titles = {"x": "x", "y": "y", "height": _("Height")}
    tooltip = [
        alt.Tooltip("place:N", title=_("Position")),
        *(alt.Tooltip(f"{name}:Q", title=title, format=".4g") for name, title in titles.items()),
    ]
    return [
        alt.Chart(table.assign(place=place))
        .mark_point(**{"stroke": "currentColor", "clip": True} | look)
        .encode(x=x, y=y, tooltip=tooltip)
        for place, (table, look) in tables.items()
        if len(table)
    ]
