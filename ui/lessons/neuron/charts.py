"""One neuron over the plane of its two inputs, and its output as one of its parameters is nudged."""

from collections.abc import Sequence
from functools import lru_cache

import altair as alt
import numpy as np
import pandas as pd
from PIL import ImageColor

from core import ACTIVATIONS
from core.lessons.neuron import Neuron, Nudge, plane
from ui.charts.layers import AVAILABLE_WIDTH
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE, Look, activation_look
from ui.charts.pictures import STRONGEST, picture_url
from ui.charts.specification import vega_lite
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, pair, written

REACH = 3.0  # of the plane: from -REACH to REACH along both inputs
FARTHEST = 2.0  # change of a parameter
SIDE, CURVE_HEIGHT = 320, 190  # pixels; the side is another where there is less or more room
WIDE, CONTROLS = 1000, 192  # pixels: of a window with room for the controls beside two charts, and of these controls
BESIDE, GAP, MOST_SIDE = 78, 16, 440  # pixels of the vertical axis' texts, between two charts, and of a side at most
RESOLUTION = 192  # pixels of a picture's side before the browser enlarges it
WITHIN = 2  # outputs along each side of such a pixel, which shows their mean: else there were false stripes
PLACES = 12  # along its side that tell their output: few, because the browser draws each
STEPS = 200  # along a curve: a jump looks upright
MOST, COARSE = 18, 0.4  # up to so many times more steps, so that k z goes on by no more in each: no false peaks
READ = 5  # one in so many of them can be pointed at, for the same reason
INPUTS, PARAMETERS = ("x₁", "x₂"), ("w₁", "w₂", "b")
ALL = len(PARAMETERS)  # in the place of one of them: all are nudged, by the same amount
NUDGED = (*PARAMETERS, N_("each of w₁, w₂ and b"))
BEFORE, AFTER = N_("z = 0"), N_("z = 0 after the change")
TRUE, PREDICTED = N_("True output"), N_("Predicted by the slope")
TEXT = "currentColor"  # the page's, light or dark
INSIDE = alt.AutoSizeParams(type="pad")  # Streamlit would count title, axes and legends in
LEFT = 40  # pixels for the labels of an axis, so that charts below each other are aligned
_READABLE = {"labelFontSize": 12, "titleFontSize": 13, "labelColor": TEXT, "titleColor": TEXT}  # pixels
_PLANE_OUTCOME = N_("Output {before}, after the change {after}")
_PLANE_TEXT = N_(
    "{activation}: the output for all inputs of the plane, from {least} to {greatest}. At the input {x} it is "
    "{before}, and {after} after {parameter} changes by {amount}."
)
_CURVE = N_("{activation}: change of {parameter}")
_TRUE_OUTCOME, _PREDICTED_OUTCOME = N_("True change of the output: {change}"), N_("Predicted by the slope: {change}")
_CURVE_TEXT = N_(
    "{activation}: when {parameter} changes by {amount}, the output changes by {change}. "
    "Its slope predicts {predicted}."
)


def plane_chart(neuron: Neuron, x: Sequence[float], parameter: int, amount: float) -> dict:
    """The Vega-Lite specification: the output all over the plane of the inputs as a shade; the line where z is 0, now
    and after one of the `PARAMETERS`, by its place, or `ALL` are changed by an amount; and the input x (2,)."""
    nudge = neuron.nudge(x, changes(parameter, amount))
    outcome = _(_PLANE_OUTCOME, before=written(nudge.before), after=written(nudge.after))
    title = _title(label("activation", neuron.activation), outcome)
    scale = alt.Scale(domain=[-REACH, REACH], nice=False)
    across = alt.X("x1:Q", title=_("Input x₁"), scale=scale, axis=alt.Axis(tickCount=7, grid=False))
    up = alt.Y("x2:Q", title=_("Input x₂"), scale=scale, axis=alt.Axis(tickCount=7, grid=False, minExtent=LEFT))
    nudged = neuron.nudged(changes(parameter, amount))
    layers = (*_shade(neuron, across, up), _lines(neuron, nudged, across, up), _input(neuron, x, nudge, across, up))
    chart = (
        alt.layer(*layers)
        .properties(width=SIDE, height=SIDE, title=title, autosize=INSIDE)
        .configure_view(stroke=activation_look(neuron.activation).colour, strokeWidth=2)
    )
    return _as_wide_as_fits(chart, width=_side(), height="width")


def plane_text(neuron: Neuron, x: Sequence[float], parameter: int, amount: float) -> str:
    """The picture of `plane_chart` in words, for those who cannot see it."""
    nudge, (least, greatest) = neuron.nudge(x, changes(parameter, amount)), _range(neuron)
    return _(
        _PLANE_TEXT, activation=label("activation", neuron.activation), least=written(least),
        greatest=written(greatest), x=pair(x), before=written(nudge.before), after=written(nudge.after),
        parameter=_(NUDGED[parameter]), amount=exact(amount),
    )  # fmt: skip


def nudge_chart(neuron: Neuron, x: Sequence[float], parameter: int, amount: float, axis: tuple[float, float]) -> dict:
    """The Vega-Lite specification: the output for the input x after any change of that parameter, or of `ALL`, and the
    straight line that the slopes predict, with the amount marked.  `axis` has the outputs at the ends of the vertical
    axis."""
    nudge = neuron.nudge(x, changes(parameter, amount))
    name, changed = label("activation", neuron.activation), _(NUDGED[parameter])
    outcomes = ((_TRUE_OUTCOME, nudge.change), (_PREDICTED_OUTCOME, nudge.predicted))
    outcome = [_(sentence, change=written(change)) for sentence, change in outcomes]
    title = _title(_(_CURVE, activation=name, parameter=changed), outcome)
    looks = {_(TRUE): activation_look(neuron.activation), _(PREDICTED): Look(LINE_COLOUR, (1, 0))}
    legend = alt.Legend(
        title=None, orient="bottom", symbolType="stroke", symbolSize=400, labelLimit=0, columns=1, offset=4
    )
    colours = alt.Scale(domain=list(looks), range=[look.colour for look in looks.values()])
    dashes = alt.Scale(domain=list(looks), range=[look.dash for look in looks.values()])
    across = alt.X(
        "change:Q", title=_("Change of {parameter}", parameter=changed), scale=alt.Scale(nice=False, padding=6)
    )
    up = alt.Y("output:Q", title=_("Output"), scale=alt.Scale(domain=axis), axis=alt.Axis(tickCount=5, minExtent=LEFT))
    colour, dash = (alt.Color("line:N", scale=colours, legend=legend), alt.StrokeDash("line:N", scale=dashes))
    finer = _finer(neuron, x, parameter)
    curves = _outputs(neuron, x, parameter, np.linspace(-FARTHEST, FARTHEST, STEPS * finer + 1))
    marked = _outputs(neuron, x, parameter, np.array([amount]))
    lines = _by_line(curves).mark_line(clip=True, strokeWidth=2).encode(x=across, y=up, color=colour, strokeDash=dash)
    points = _by_line(marked).mark_point(filled=True, size=80, opacity=1, clip=True)
    rule = alt.Chart(marked).mark_rule(color=LINE_COLOUR, strokeDash=[3, 3]).encode(x=across)
    layers = alt.layer(
        rule, lines, points.encode(x=across, y=up, color=colour), _reader(curves[:: READ * finer], across)
    )
    chart = layers.properties(width=SIDE, height=CURVE_HEIGHT, title=title, autosize=INSIDE)
    return _as_wide_as_fits(chart, width=_side())


def nudge_text(neuron: Neuron, x: Sequence[float], parameter: int, amount: float) -> str:
    """The picture of `nudge_chart` in words, for those who cannot see it."""
    nudge = neuron.nudge(x, changes(parameter, amount))
    return _(
        _CURVE_TEXT, activation=label("activation", neuron.activation), parameter=_(NUDGED[parameter]),
        amount=exact(amount), change=written(nudge.change), predicted=written(nudge.predicted),
    )  # fmt: skip


def output_axis(neurons: Sequence[Neuron], x: Sequence[float], parameter: int) -> tuple[float, float]:
    """Ends of an axis with room for the outputs of all these neurons after any change of that parameter."""
    every = changes(parameter, np.linspace(-FARTHEST, FARTHEST, STEPS * MOST + 1))
    outputs = np.concatenate([neuron.nudge(x, every).after for neuron in neurons])
    room = np.ptp(outputs) / 12 or 1.0
    return float(outputs.min() - room), float(outputs.max() + room)


def too_fine(neuron: Neuron) -> bool:
    """Whether a neuron does most of what it does on the plane within the width of a pixel, or of the line z = 0."""
    shades, samples = _shades(neuron)
    away = np.abs(neuron.weighted_sum(plane(REACH, RESOLUTION))) > np.linalg.norm(neuron.weights) * 2 * REACH / SIDE
    return bool(away.any() and np.ptp(shades[away]) < np.ptp(samples) / 2)


def changes(parameter: int, amounts: float | np.ndarray) -> np.ndarray:
    """(..., 3): of all parameters, so that only this one changes, or each of them, by each of the amounts (...)."""
    places = np.arange(len(PARAMETERS))
    return np.multiply.outer(amounts, (places == parameter) | (parameter == ALL))


def _side() -> str:
    """An expression: the width of a plot, of which two stand side by side where the window has room for that."""
    beside, alone = f"({AVAILABLE_WIDTH} - {CONTROLS + GAP}) / 2", AVAILABLE_WIDTH
    return (
        f"windowSize()[0] > {WIDE} ? min({MOST_SIDE}, {beside} - {BESIDE}) : min({SIDE}, {alone} - {BESIDE})"
    )  # fmt: skip


def _as_wide_as_fits(chart: alt.LayerChart, **sizes: str) -> dict:
    """The specification, with letters that can be read and sizes that the browser works out: Vega lets parameters of
    these names take the place of its own."""
    chart = chart.configure_axis(**_READABLE).configure_legend(**_READABLE)
    specification = vega_lite(chart)
    own = [{"name": name, "expr": size} for name, size in sizes.items()]
    return specification | {"params": [*specification.get("params", []), *own]}


def _title(text: str, outcome: str | list[str]) -> alt.TitleParams:
    return alt.TitleParams(text, subtitle=outcome, subtitleColor=TEXT, subtitleFontSize=13, subtitlePadding=4, offset=8)


def _shade(neuron: Neuron, x: alt.X, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """A picture of the outputs; and places, not to be seen, that tell z and output there and carry the legend."""
    outputs = _shades(neuron)[0]
    low, high = ACTIVATIONS[neuron.activation].range
    greatest = max(-low, high) if np.isfinite([low, high]).all() else float(np.abs(outputs).max()) or 1.0
    url = picture_url(outputs < 0, np.abs(outputs) / greatest, (POSITIVE, NEGATIVE))
    picture = alt.Chart(pd.DataFrame([{"left": -REACH, "right": REACH, "picture": url}]))
    corners = {"x": alt.X("left:Q"), "x2": alt.X2("right"), "y": alt.Y("left:Q"), "y2": alt.Y2("right")}
    picture = picture.mark_image(aspect=False, aria=False).encode(url=alt.Url("picture:N"), **corners)

    negative, positive = (-greatest, _tint(NEGATIVE, STRONGEST)), (greatest, _tint(POSITIVE, STRONGEST))
    stops = dict([negative] * (low < 0) + [(0.0, _tint(POSITIVE, 0))] + [positive] * (high > 0))
    colours = alt.Scale(domain=list(stops), range=list(stops.values()))
    legend = alt.Legend(
        title=_("Output"), orient="bottom", gradientLength=140, gradientOpacity=1, tickCount=3, offset=4
    )
    points = plane(REACH, PLACES).reshape(-1, 2)
    table = pd.DataFrame(points, columns=["x1", "x2"])
    table = table.assign(z=neuron.weighted_sum(points), output=neuron.output(points))
    places = alt.Chart(table).mark_square(size=(SIDE / PLACES) ** 2, opacity=0, aria=False)
    titles = (_("Input x₁"), _("Input x₂"), _("Weighted sum z"), _("Output"))
    tooltip = [alt.Tooltip(f"{field}:Q", title=title, format=".4~g") for field, title in zip(table, titles)]
    return picture, places.encode(x=x, y=y, color=alt.Color("output:Q", scale=colours, legend=legend), tooltip=tooltip)


@lru_cache(maxsize=8)
def _shades(neuron: Neuron) -> tuple[np.ndarray, np.ndarray]:
    """The mean output in each pixel of the picture (row, column), and the outputs that these are means of."""
    samples = neuron.output(plane(REACH, RESOLUTION * WITHIN))
    return samples.reshape(RESOLUTION, WITHIN, RESOLUTION, WITHIN).mean(axis=(1, 3)), samples


@lru_cache(maxsize=8)
def _range(neuron: Neuron) -> tuple[float, float]:
    """The least and the greatest output in the picture."""
    outputs = neuron.output(plane(REACH, RESOLUTION))
    return outputs.min(), outputs.max()


def _finer(neuron: Neuron, x: Sequence[float], parameter: int) -> int:
    """How many times as many steps the curve needs."""
    step = neuron.sharpness * abs(changes(parameter, 1) @ (*x, 1)) * 2 * FARTHEST / STEPS
    return int(np.clip(np.ceil(step / COARSE), 1, MOST))


def _tint(colour: str, opacity: float) -> str:
    red, green, blue = ImageColor.getrgb(colour)
    return f"rgba({red}, {green}, {blue}, {opacity})"


def _lines(neuron: Neuron, nudged: Neuron, x: alt.X, y: alt.Y) -> alt.Chart:
    """Where z is 0; a neuron without weights has no such line."""
    lines = {_(BEFORE): neuron.line(4 * REACH), _(AFTER): nudged.line(4 * REACH)}
    tables = [
        pd.DataFrame(line, columns=["x1", "x2"]).assign(line=name) for name, line in lines.items() if line is not None
    ]
    legend = alt.Legend(title=None, orient="top", symbolSize=400, symbolStrokeColor=TEXT, labelLimit=0, offset=4)
    dash = alt.StrokeDash("line:N", scale=alt.Scale(domain=list(lines), range=[[1, 0], [5, 4]]), legend=legend)
    chart = alt.Chart(pd.concat(tables) if tables else pd.DataFrame(columns=["line", "x1", "x2"]))
    return chart.mark_line(clip=True, strokeWidth=2, color=TEXT).encode(x=x, y=y, strokeDash=dash)


def _input(neuron: Neuron, x: Sequence[float], nudge: Nudge, across: alt.X, up: alt.Y) -> alt.Chart:
    row = {"x1": x[0], "x2": x[1], "z": neuron.weighted_sum(x), "output": nudge.before, "after": nudge.after}
    titles = (_("Input x₁"), _("Input x₂"), _("Weighted sum z"), _("Output"), _("Output after the change"))
    point = alt.Chart(pd.DataFrame([row], dtype=float)).mark_point(
        shape="circle", size=130, fill="white", stroke="black", strokeWidth=2.5, opacity=1
    )
    tooltip = [alt.Tooltip(f"{field}:Q", title=title, format=".4~g") for field, title in zip(row, titles)]
    return point.encode(x=across, y=up, tooltip=tooltip)


def _outputs(neuron: Neuron, x: Sequence[float], parameter: int, amounts: np.ndarray) -> pd.DataFrame:
    """A row for each amount."""
    nudge = neuron.nudge(x, changes(parameter, amounts))
    return pd.DataFrame({"change": amounts, _(PREDICTED): nudge.before + nudge.predicted, _(TRUE): nudge.after})


def _by_line(table: pd.DataFrame) -> alt.Chart:
    """A row for each amount and line; what is true is drawn on top."""
    return alt.Chart(table).transform_fold([_(PREDICTED), _(TRUE)], as_=["line", "output"])


def _reader(table: pd.DataFrame, across: alt.X) -> alt.Chart:
    """A rule at the change nearest to the pointer, that tells what is predicted and what is true there."""
    nearest = alt.selection_point(nearest=True, on="pointerover", clear="pointerout", fields=["change"], empty=False)
    opacity = alt.condition(nearest, alt.value(0.6), alt.value(0))
    tooltip = [alt.Tooltip("change:Q", title=_("Change"), format=".2f")]
    tooltip += [alt.Tooltip(f"{_(line)}:Q", format=".4~g") for line in (TRUE, PREDICTED)]
    rules = alt.Chart(table).mark_rule(color=LINE_COLOUR).encode(x=across, opacity=opacity, tooltip=tooltip)
    return rules.add_params(nearest)
