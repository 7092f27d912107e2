"""From scores to probabilities: the steps side by side, probabilities over temperatures, and the picture of a digit."""

from collections.abc import Sequence

import altair as alt
import numpy as np

from core.lessons.softmax import Steps, over_temperatures
from ui.charts.boundaries import AVAILABLE_WIDTH
from ui.charts.palette import CLASS_COLOURS, DASHES, LINE_COLOUR
from ui.shell.numbers import exact, written

STEP, NUMBER, GAP, ROW = 230, 70, 24, 24  # pixels: one of the steps, in it the numbers, between two of them, a row
MARK = 80  # pixels that the last step is wider by: it says which class is true
LETTER = 6.5  # pixels that a letter of a class's name takes
HEAD = 112  # pixels of a step's title and axis
SUM, TRUE = "sum", "← true class"
HEIGHT = 340  # pixels of the curves, title, axis and legend included
LEAST_SCORE = 5.0  # the axis of scores reaches at least so far to both sides, so that small changes do not rescale it
TEMPERATURES = (0.1, 10.0)
SIDE, PIXEL = 8, 20  # pixels of a digit's side, and of the screen for each
PAPER, INK, MOST_INK = "#ffffff", "#1c1c1c", 16


def steps_chart(steps: Steps, names: Sequence[str], true_class: int, score: str) -> dict:
    """The Vega-Lite specification: scores, exponentials, probabilities as bars, a row for each class, side by side or
    below each other, as there is room; the last row has the sum, made of its parts.

    `score` says what the scores are, as the title of their axis: `z = a / T`.  An infinite exponential is drawn up to
    the greatest number that float32 can hold; NaN is no bar.
    """
    z, exponentials, probabilities = steps.scaled, steps.exponentials, steps.probabilities
    reach = [min(-LEAST_SCORE, float(z.min())), max(LEAST_SCORE, float(z.max()))]
    top = float(np.minimum(steps.total, np.finfo(np.float32).max)) or 1.0
    power = "e^(z - largest z)" if steps.subtract else "e^z"
    width = STEP - NUMBER - LETTER * max(map(len, (*names, SUM)))
    parts = [
        _bars(z, names, "1. z, from the scores", score, reach, 5),
        _bars(exponentials, names, "2. Exponentials", power, [0, top], 4, steps.total),
        _bars(probabilities, names, "3. Probabilities", "share of the sum", [0, 1], 3, probabilities.sum(), true_class),
    ]
    parts = [part.properties(width=width, height=ROW * (len(names) + 1)) for part in parts]
    # Flush: bars alone are laid out, so that nothing moves when a number or a name grows longer.
    chart = alt.concat(*parts, columns=3, bounds="flush", spacing={"row": HEAD, "column": STEP - width + GAP})
    specification = chart.configure_view(stroke=None).to_dict()
    # Two below each other and one beside them would be read in the wrong order.
    columns = {"signal": f"{AVAILABLE_WIDTH} < {3 * STEP + 2 * GAP + MARK} ? 1 : 3"}
    return specification | {"columns": columns, "autosize": "pad"}  # Streamlit's, fit, is not for several charts


def steps_text(steps: Steps, names: Sequence[str], true_class: int) -> str:
    """The picture of `steps_chart` in words, for those who cannot see it."""
    parts = [
        f"{name}: z {written(z)}, exponential {written(exponential)}, probability {written(p, 3)}"
        for name, z, exponential, p in zip(
            names, steps.scaled, steps.exponentials, steps.probabilities
        )
    ]  # fmt: skip
    return f"From scores to probabilities. {'; '.join(parts)}. True class: {names[true_class]}."


def temperature_chart(scores: Sequence[float], temperature: float, names: Sequence[str]) -> dict:
    """The Vega-Lite specification: the probability of each class over temperatures, with the chosen one marked."""
    temperatures = np.geomspace(*TEMPERATURES, 61)
    x = alt.X("temperature:Q", title="Temperature T", scale=alt.Scale(type="log", domain=TEMPERATURES, nice=False))
    y = alt.Y("probability:Q", title="Probability", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(tickCount=5))
    legend = alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolSize=400)
    colours = alt.Scale(domain=list(names), range=list(CLASS_COLOURS[: len(names)]))
    dashes = alt.Scale(domain=list(names), range=[DASHES[k % len(DASHES)] for k in range(len(names))])
    colour = alt.Color("class:N", scale=colours, legend=legend)
    tooltip = [
        alt.Tooltip("class:N"), alt.Tooltip("temperature:Q", format=".3g"), alt.Tooltip("probability:Q", format=".3g"),
    ]  # fmt: skip
    lines = (
        _table(_curves(scores, temperatures, names))
        .mark_line(strokeWidth=2)
        .encode(x=x, y=y, color=colour, strokeDash=alt.StrokeDash("class:N", scale=dashes), tooltip=tooltip)
    )
    rule = _table([{"temperature": temperature}]).mark_rule(color=LINE_COLOUR, strokeWidth=1.5).encode(x=x)
    here = _table(_curves(scores, [temperature], names)).mark_point(size=70, filled=True, opacity=1)
    points = here.encode(x=x, y=y, color=colour, tooltip=tooltip)
    return alt.layer(rule, lines, points).properties(title="Probabilities over temperatures", height=HEIGHT).to_dict()


def temperature_text(scores: Sequence[float], temperature: float, names: Sequence[str]) -> str:
    """The picture of `temperature_chart` in words, for those who cannot see it: at both ends, and at the chosen one."""
    ends = [TEMPERATURES[0], temperature, TEMPERATURES[1]]
    columns = over_temperatures(scores, ends).T
    parts = [
        f"at temperature {exact(at)}: " + ", ".join(f"{name} {written(p, 3)}" for name, p in zip(names, column))
        for at, column in zip(ends, columns)
    ]
    return f"Probabilities over temperatures; {'; '.join(parts)}."


def digit_chart(pixels: np.ndarray) -> dict:
    """The Vega-Lite specification of a digit's picture from its pixels (`SIDE` * `SIDE`,), row by row, with ink from 0
    to `MOST_INK`: dark on paper."""
    cells = [
        {"row": k // SIDE + 1, "column": k % SIDE + 1, "ink": ink} for k, ink in enumerate(pixels.tolist())
    ]  # fmt: skip
    shade = alt.Scale(domain=[0, MOST_INK], range=[PAPER, INK], interpolate="rgb")
    chart = (
        _table(cells)
        .mark_rect(strokeWidth=1)
        .encode(
            x=alt.X("column:O", axis=None),
            y=alt.Y("row:O", axis=None),
            color=alt.Color("ink:Q", scale=shade, legend=None),
            stroke=alt.Stroke("ink:Q", scale=shade, legend=None),  # else the page is seen between two squares
            tooltip=["row:O", "column:O", "ink:Q"],
        )
        .properties(width=SIDE * PIXEL, height=SIDE * PIXEL)
        .configure_view(stroke=LINE_COLOUR)
    )
    return chart.to_dict()


def digit_text(pixels: np.ndarray) -> str:
    """The picture of `digit_chart` in words, for those who cannot see it: its rows, a mark for each pixel that has
    more than half of the ink."""
    rows = ["".join("#" if ink > MOST_INK / 2 else "." for ink in row) for row in pixels.reshape(SIDE, SIDE)]
    return f"A handwritten digit of {SIDE} by {SIDE} pixels, row by row: {' '.join(rows)}."


def _bars(
    values: np.ndarray, names: Sequence[str], title: str, axis: str, domain: list[float], digits: int,
    total: np.float32 | None = None, true_class: int | None = None,
) -> alt.LayerChart:  # fmt: skip
    """One of the steps: a bar and a number for each class, and for the total one that is put together from them."""
    drawn = np.clip(np.nan_to_num(values.astype(float), nan=0), *domain)
    ends = np.minimum(np.cumsum(drawn), domain[1])
    bars = [
        {"row": name, "class": name, "from": 0.0, "to": float(to), "value": written(value, digits)}
        for name, to, value in zip(names, drawn, values)
    ]
    numbers = [{"row": bar["row"], "text": bar["value"]} for bar in bars]
    if true_class is not None:
        numbers[true_class]["text"] += f"  {TRUE}"
    if total is not None:
        parts = zip(bars, [0.0, *ends[:-1]], ends)
        bars += [bar | {"row": SUM, "from": float(start), "to": float(to)} for bar, start, to in parts]
        numbers.append({"row": SUM, "text": written(total, digits)})
    rows = alt.Scale(domain=[*names, SUM], paddingInner=0.25, paddingOuter=0.1)
    y = alt.Y("row:N", title=None, scale=rows, axis=alt.Axis(values=list({bar["row"]: 0 for bar in bars}), ticks=False))
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    colours = alt.Scale(domain=list(names), range=list(CLASS_COLOURS[: len(names)]))
    shapes = (
        _table(bars)
        .mark_bar()
        .encode(
            x=alt.X("from:Q", title=axis, scale=scale, axis=alt.Axis(tickCount=3, format=".5~g", grid=True)),
            x2=alt.X2("to"),
            y=y,
            color=alt.Color("class:N", scale=colours, legend=None),
            tooltip=[alt.Tooltip("class:N"), alt.Tooltip("value:N", title=axis)],
        )
    )
    texts = _table(numbers).mark_text(align="left", dx=6, fontSize=12).encode(x=alt.XValue("width"), y=y, text="text:N")
    return alt.layer(shapes, texts).properties(title=title)


def _curves(scores: Sequence[float], temperatures: Sequence[float], names: Sequence[str]) -> list[dict]:
    return [
        {"temperature": float(temperature), "class": name, "probability": float(p)}
        for name, row in zip(names, over_temperatures(scores, temperatures))
        for temperature, p in zip(temperatures, row)
    ]


def _table(rows: list[dict]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
