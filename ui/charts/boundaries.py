"""Decision boundaries: one picture per network, as one chart.

A network's picture is a small PNG, which is some forty times lighter than the same picture as rectangles.  Its shade
is transparent where the network is unsure, so it sits well on a light and on a dark page.
"""

import base64
import io
import math

import altair as alt
import numpy as np
import pandas as pd
from PIL import Image, ImageColor

from core import ACTIVATIONS, Dataset, History, class_probabilities, final_figures, grid
from core.boundary import Grid
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, first_activation, run_colours

SIDE = 190  # pixels of a picture, so that four stand side by side in a window 1280 pixels wide
GAP = 14
MOST_POINTS = 500  # drawn in a picture: more would hide the shade and slow the browser down
STRONGEST = 0.5  # opacity of the shade where the network is certain
# Window less sidebar and margins, as Streamlit lays them out: below 768 pixels the sidebar lies over the page.
AVAILABLE_WIDTH = "(windowSize()[0] > 768 ? windowSize()[0] - 460 : windowSize()[0] - 32)"


def boundary_chart(history: History, data: Dataset, resolution: int = 100, epoch_index: int = -1) -> dict:
    """The Vega-Lite specification of all networks' pictures at a recorded epoch, as many in a row as the window has
    room for, all on the same window of the data's plane."""
    window = grid(data, resolution)
    probabilities = class_probabilities(history, data, window, epoch_index)
    figures = final_figures(history, epoch_index)
    titles = [f"{row.network}|{outcome(row, history)}" for row in figures.itertuples()]
    networks = pd.DataFrame(
        {
            "network": figures.network,
            "title": titles,
            "about": [ACTIVATIONS[first_activation(run)].note for run in history.experiment.runs],
            "picture": [picture_url(image) for image in probabilities],
            "left": window.x[0],
            "right": window.x[1],
            "bottom": window.y[0],
            "top": window.y[1],
        }
    )
    x, y = _position(window, "left", "bottom")
    colours = run_colours(history.experiment)
    colour = alt.Color("network:N", scale=alt.Scale(domain=list(figures.network), range=colours), legend=None)
    tooltip = ["network:N", "about:N"]
    shade = (
        alt.Chart().mark_image(aspect=False).encode(url="picture:N", x=x, x2="right", y=y, y2="top", tooltip=tooltip)
    )
    frame = alt.Chart().mark_rect(filled=False, strokeWidth=2).encode(x=x, x2="right", y=y, y2="top", color=colour)
    header = alt.Header(labelExpr="split(datum.label, '|')", labelFontSize=12, labelLineHeight=15, labelPadding=4)
    chart = (
        alt.layer(shade, _points(data, window), frame, data=networks)
        .properties(width=SIDE, height=SIDE)
        .facet(facet=alt.Facet("title:N", sort=titles, title=None, header=header), columns=4, spacing=GAP)
        .configure_view(stroke=None)
    )
    return _as_many_as_fit(chart, len(networks))


def boundary_text(history: History) -> str:
    """The same in words, for those who cannot see it."""
    rows = final_figures(history).itertuples()
    return "Decision boundaries. " + "; ".join(f"{row.network}: {outcome(row, history)}" for row in rows) + "."


def outcome(row, history: History) -> str:
    """What a network reached, from its row of `final_figures`: `97.5 % on test, 2 of 32 dead`."""
    accuracy, units = f"{100 * row.test_accuracy:.1f} % on test", sum(history.experiment.hidden)
    if not math.isnan(row.diverged_at):
        return f"{accuracy}, diverged: epoch {row.diverged_at:.0f}"
    return f"{accuracy}, {row.dead_units} of {units} dead" if units else accuracy


def points_drawn(data: Dataset) -> int:
    """How many of the training and test points are in each picture."""
    return min(MOST_POINTS, len(data.y_train) + len(data.y_test))


def picture_url(probabilities: np.ndarray) -> str:
    """Class probabilities (row, column, class) as a `data:` URL of a PNG: the likeliest class gives the colour, and how
    far its probability is above that of a guess gives the opacity."""
    classes = probabilities.shape[2]
    levels = 256 // classes
    guess = 1 / classes
    certainty = np.nan_to_num((probabilities.max(axis=2) - guess) / (1 - guess))  # NaN: it tells nothing at all
    level = np.clip(np.rint(certainty * (levels - 1)), 0, levels - 1)
    image = Image.fromarray((probabilities.argmax(axis=2) * levels + level).astype(np.uint8), mode="P")
    colours = [ImageColor.getrgb(colour) for colour in CLASS_COLOURS[:classes]]
    image.putpalette([channel for colour in colours for _ in range(levels) for channel in colour])
    opacity = np.rint(np.linspace(0, 255 * STRONGEST, levels)).astype(np.uint8)
    png = io.BytesIO()
    image.save(png, "PNG", transparency=bytes(np.tile(opacity, classes)))
    return "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()


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
    filled = {"fill": alt.Fill("class:N", scale=colours, legend=legend), "stroke": alt.value("white")}
    ring = {"fill": alt.value("white"), "stroke": alt.Stroke("class:N", scale=colours, legend=legend)}
    x, y = _position(window, "x", "y")
    parts = (("training", data.X_train, data.y_train, filled), ("test", data.X_test, data.y_test, ring))
    share = points_drawn(data) / (len(data.y_train) + len(data.y_test))
    layers = [
        alt.Chart(
            pd.DataFrame(data.to_plane(X).round(3), columns=["x", "y"])
            .assign(**{"class": np.array(data.class_names)[labels], "part": part})
            .head(round(share * len(X)))  # the split has shuffled them
        )
        .mark_point(size=18, strokeWidth=width, clip=True, opacity=1)
        .encode(
            x=x,
            y=y,
            shape=shape,
            tooltip=[
                "class:N", "part:N", alt.Tooltip("x:Q", title=data.plane_names[0], format=".2f"),
                alt.Tooltip("y:Q", title=data.plane_names[1], format=".2f"),
            ],
            **look,
        )
        for (part, X, labels, look), width in zip(parts, (0.4, 1.2))
    ]  # fmt: skip
    return alt.layer(*layers)


def _as_many_as_fit(chart: alt.FacetChart, pictures: int) -> dict:
    """The chart's specification with a number of columns that the browser works out: as many as there is room for, then
    fewer if that fills the rows more evenly.  Vega takes a signal here, which Vega-Lite's schema (and so Altair) does
    not know of."""
    room = f"max(1, floor(({AVAILABLE_WIDTH} + {GAP}) / {SIDE + GAP}))"
    specification = chart.to_dict()
    specification["columns"] = {"signal": f"ceil({pictures} / ceil({pictures} / {room}))"}
    return specification
