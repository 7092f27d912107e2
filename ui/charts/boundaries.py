"""Decision boundaries: one picture per network, as one chart.

A network's picture is a small PNG, which is some forty times lighter than the same picture as rectangles.  Its shade
is transparent where the network is unsure, so it sits well on a light and on a dark page.
"""

import altair as alt
import numpy as np
import pandas as pd

from core import ACTIVATIONS, Dataset, Experiment, History, final_figures, load
from core.analysis.boundary import ClassMaps, Grid
from core.analysis.summary import network_names
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, Look, first_activation, run_looks
from ui.charts.pictures import picture_url
from ui.charts.replay import AT_RECORD, RECORD, with_record
from ui.shell.numbers import percent
from ui.shell.plain import plain

SIDE = 190  # pixels of a picture, so that four stand side by side in a window 1280 pixels wide
GAP = 14  # pixels between two pictures
MOST_POINTS = 500  # drawn in a picture: more would hide the shade and slow the browser down
RESOLUTION = 64  # pixels of a picture's side before the browser enlarges it, smoothly
# Window less sidebar and margins, as Streamlit lays them out: below 768 pixels the sidebar lies over the page.
AVAILABLE_WIDTH = "(windowSize()[0] > 768 ? windowSize()[0] - 460 : windowSize()[0] - 32)"
_READING = (
    "Filled points were trained on, rings are the test. The shade is the class that the network predicts, the stronger "
    "the surer; without shade, it cannot tell."
)
_EXACT = "Across: {across}; up: {up}; both standardised. {reading}"
_SLICE = (
    "The networks see all {features} features. Each picture is the slice through the data's mean along the first two "
    "principal directions (across: the 1st, up: the 2nd), and the points are projected onto it: one that looks "
    "misplaced may well be right. {reading}"
)
_NOTICE = (
    "Notice: identity can only draw a straight line. What bends the line is the activation function: relu and its kin "
    "at corners, smooth functions in curves."
)
_SOME_DRAWN = "Of the {samples} samples, {drawn} are drawn."


def boundary_chart(history: History, data: Dataset, window: Grid, maps: ClassMaps) -> dict:
    """The Vega-Lite specification of all networks' pictures at the epoch of the replay's bar (see `ui.shell.replay`),
    as many in a row as the window has room for, all on the same window of the data's plane."""
    looks = dict(zip(network_names(history.experiment), run_looks(history.experiment)))
    return pictures_chart(looks, _pictures(history, data, window, maps), data, window, len(history.epochs))


def pictures_chart(
    looks: dict[str, Look], pictures: list[dict], data: Dataset, window: Grid, records: int, side: int = SIDE
) -> dict:
    """The Vega-Lite specification of pictures of the data's plane, by name, with the look of each one's frame.

    `pictures` holds a row for each name and recorded epoch, see `picture`; `side` is theirs in pixels.
    """
    names = list(looks)
    x, y = _position(window, "left", "bottom")
    colours = alt.Scale(domain=names, range=[look.colour for look in looks.values()])
    colour = alt.Color("network:N", scale=colours, legend=None)
    base = alt.Chart().transform_filter(AT_RECORD)
    right, top = alt.X2("right"), alt.Y2("top")
    shade = base.mark_image(aspect=False, aria=False).encode(
        url=alt.Url("picture:N"),
        x=x,
        x2=right,
        y=y,
        y2=top,
        tooltip=[alt.Tooltip("network:N"), alt.Tooltip("about:N"), alt.Tooltip("outcome:N")],
    )
    border = base.mark_rect(filled=False, strokeWidth=2).encode(x=x, x2=right, y=y, y2=top, color=colour)
    outcomes = base.mark_text(baseline="bottom", dy=-7, fontSize=12).encode(
        x=alt.XValue(side / 2), y=alt.YValue(0), text=alt.Text("outcome:N")
    )
    header = alt.Header(labelFontSize=13, labelFontWeight="bold", labelPadding=14)
    chart = (
        alt.layer(shade, _points(data, window), border, outcomes, data=alt.NamedData("pictures"))
        .properties(width=side, height=side)
        .facet(facet=alt.Facet("network:N", sort=names, title=None, header=header), columns=4, spacing=GAP)
        .configure_view(stroke=None)
    )
    specification = _as_many_as_fit(chart, len(names), side)
    # Put in last: Altair copies data several times over.
    specification["datasets"] = {"pictures": pictures} | _point_tables(data)
    return with_record(specification, records)


def picture(name: str, index: int, about: str, outcome: str, url: str, window: Grid) -> dict:
    """A row of `pictures_chart`: the picture of that name at a recorded epoch, by its place."""
    edges = {"left": window.x[0], "right": window.x[1], "bottom": window.y[0], "top": window.y[1]}
    return {RECORD: index, "network": name, "about": about, "outcome": outcome, "picture": url} | edges


def _pictures(history: History, data: Dataset, window: Grid, maps: ClassMaps) -> list[dict]:
    """A row for each network and recorded epoch."""
    names, colours = network_names(history.experiment), CLASS_COLOURS[: data.classes]
    about = [ACTIVATIONS[first_activation(run.activation)].note for run in history.experiment.runs]
    return [
        picture(
            names[run],
            index,
            about[run],
            outcome(row, history, index),
            picture_url(maps.likeliest[run, index], maps.certainty[run, index], colours),
            window,
        )
        for index in range(len(history.epochs))
        for run, row in enumerate(final_figures(history, index).itertuples())
    ]


def reading_boundaries(experiment: Experiment) -> str:
    """How to read the pictures of the decision boundaries, and what to notice in them."""
    data = load(experiment.dataset)
    across, up = data.plane_names
    sentence = _SLICE if data.spec.view == "all" else _EXACT
    parts = [sentence.format(features=data.features, across=plain(across), up=plain(up), reading=_READING)]
    drawn, samples = points_drawn(data), len(data.y_train) + len(data.y_test)
    if drawn < samples:
        parts.append(_SOME_DRAWN.format(drawn=drawn, samples=samples))
    if experiment.hidden and any(run.activation == "identity" for run in experiment.runs):
        parts.append(_NOTICE)
    return " ".join(parts)


def boundary_text(history: History) -> str:
    """The chart of the decision boundaries in words: what each network had reached in the end."""
    rows = final_figures(history).itertuples()
    return "Decision boundaries. " + "; ".join(f"{row.network}: {outcome(row, history)}" for row in rows) + "."


def outcome(row, history: History, index: int = -1) -> str:
    """What a network had reached at a recorded epoch, from its `final_figures`: `97.5 % on test, 2 of 32 dead`."""
    accuracy, units = f"{percent(row.test_accuracy)} on test", sum(history.experiment.hidden)
    if history.epochs[index] >= row.diverged_at:  # never true of NaN
        return f"{accuracy}, diverged: epoch {int(row.diverged_at)}"
    return f"{accuracy}, {row.dead_units} of {units} dead" if units else accuracy


def points_drawn(data: Dataset) -> int:
    """How many of the training and test points each picture of a decision boundary shows."""
    return min(MOST_POINTS, len(data.y_train) + len(data.y_test))


def _position(window: Grid, across: str, up: str) -> tuple[alt.X, alt.Y]:
    """Channels of two fields that hold coordinates in the window."""
    x = alt.X(across, type="quantitative", scale=alt.Scale(domain=window.x, nice=False), axis=None)
    y = alt.Y(up, type="quantitative", scale=alt.Scale(domain=window.y, nice=False), axis=None)
    return x, y


def _points(data: Dataset, window: Grid) -> alt.LayerChart:
    """The data, in every picture: class by colour and shape, training points filled, test points as rings on top."""
    names = list(data.class_names)
    legend = alt.Legend(title=None, orient="bottom", direction="horizontal", columns=5)
    colours = alt.Scale(domain=names, range=list(CLASS_COLOURS[: len(names)]))
    shapes = alt.Scale(domain=names, range=list(CLASS_SHAPES[: len(names)]))
    shape = alt.Shape("class:N", scale=shapes, legend=legend)
    filled = {"fill": alt.Fill("class:N", scale=colours, legend=legend), "stroke": alt.StrokeValue("white")}
    ring = {"fill": alt.FillValue("white"), "stroke": alt.Stroke("class:N", scale=colours, legend=legend)}
    x, y = _position(window, "x", "y")
    layers = [
        alt.Chart(alt.NamedData(part))
        .mark_point(size=18, strokeWidth=width, clip=True, opacity=1, aria=False)  # the chart's text speaks for them
        .encode(
            x=x,
            y=y,
            shape=shape,
            tooltip=[
                alt.Tooltip("class:N"), alt.Tooltip("part:N"),
                alt.Tooltip("x:Q", title=data.plane_names[0], format=".2f"),
                alt.Tooltip("y:Q", title=data.plane_names[1], format=".2f"),
            ],
            **look,
        )
        for part, look, width in (("training", filled, 0.4), ("test", ring, 1.2))
    ]  # fmt: skip
    return alt.layer(*layers)


def _point_tables(data: Dataset) -> dict[str, list[dict]]:
    """A row for each point that is drawn, of each part."""
    parts = {"training": (data.X_train, data.y_train), "test": (data.X_test, data.y_test)}
    share = points_drawn(data) / (len(data.y_train) + len(data.y_test))
    return {
        part: pd.DataFrame(data.to_plane(X).round(3), columns=["x", "y"])
        .assign(**{"class": np.array(data.class_names)[labels], "part": part})
        .head(round(share * len(X)))  # the split has shuffled them
        .to_dict("records")
        for part, (X, labels) in parts.items()
    }


def _as_many_as_fit(chart: alt.FacetChart, pictures: int, side: int) -> dict:
    """The chart's specification with a number of columns that the browser works out: as many as there is room for, then
    fewer if that fills the rows more evenly.  Vega takes a signal here, which Vega-Lite's schema (and so Altair) does
    not know of."""
    room = f"max(1, floor(({AVAILABLE_WIDTH} + {GAP}) / {side + GAP}))"
    specification = chart.to_dict()
    specification["columns"] = {"signal": f"ceil({pictures} / ceil({pictures} / {room}))"}
    return specification
