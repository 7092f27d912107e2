"""Cross-entropy and squared error at the same scores, and their slopes: sentences, table and picture."""

import altair as alt
import numpy as np
import pandas as pd

from core import LOSSES
from core.lessons.softmax import Steps, lead, loss_and_slopes, over_leads
from ui.charts.boundaries import AVAILABLE_WIDTH
from ui.charts.palette import DASHES, LINE_COLOUR
from ui.lessons.softmax.controls import NAMES
from ui.shell.numbers import probability, written

TITLE = "Two losses: cross-entropy and squared error"
INTRODUCTION = (
    "Both are taken of the probabilities above. A slope below 0 says that a larger z makes the loss smaller. A step of "
    "gradient descent is proportional to the slope: where it is near 0, hardly anything is learnt."
)
SHOWN = ("cross_entropy", "mse")  # of the registry
_LOSS, _SLOPE = "Loss", "Slope by z of {name}"

_MISTAKE = (
    "**A mistake:** the true class, {name}, is {behind} behind in z and has probability {p}. The loss's slope by its z "
    "is **{of_entropy}** with cross-entropy and **{of_squares}** with squared error."
)
_RIGHT = (
    "**Right:** the true class, {name}, is {ahead} ahead in z and has probability {p}. The loss's slope by its z is "
    "**{of_entropy}** with cross-entropy and **{of_squares}** with squared error."
)
_TIE = (
    "**Undecided:** the true class, {name}, shares the largest z and has probability {p}. The loss's slope by its z is "
    "**{of_entropy}** with cross-entropy and **{of_squares}** with squared error."
)
_ENDS = (
    "To the right, where the network is right and confident, both slopes go to 0: nothing is left to learn. To the "
    "left is the confident mistake. There the slope of cross-entropy goes to −1, and that of squared error back to 0: "
    "the worst mistakes would be learnt from the least."
)

WIDTH, HEIGHT, SPACE = 330, 220, 30  # pixels of a panel, and between two
ROOM = 60  # pixels for the labels of both vertical axes
LEAST_REACH = 10.0  # of the lead, to both sides
PLACES = 121
TEXT = "currentColor"  # the page's, light or dark
PANELS = {"loss": "Loss", "slope": "Slope by the true class's z"}


def losses_table(shown: Steps, true_class: int) -> pd.DataFrame:
    """A row for each loss: itself, and its slope by the z of each class."""
    rows = {}
    for name in SHOWN:
        loss, slopes = loss_and_slopes(name, shown.scaled, true_class)
        rows[LOSSES[name].label] = [written(loss), *(written(slope, 3) for slope in slopes)]
    columns = [_LOSS, *(_SLOPE.format(name=name) for name in NAMES)]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def losses_words(shown: Steps, true_class: int) -> tuple[str, str]:
    """What the slopes are at the scores on screen, and how they go on to both sides."""
    ahead = lead(shown.scaled, true_class)
    sentence = _RIGHT if ahead > 0 else _MISTAKE if ahead < 0 else _TIE
    of_entropy, of_squares = (loss_and_slopes(name, shown.scaled, true_class)[1][true_class] for name in SHOWN)
    here = sentence.format(
        name=NAMES[true_class], ahead=written(ahead), behind=written(-ahead),
        p=probability(shown.probabilities[true_class]), of_entropy=written(of_entropy, 3),
        of_squares=written(of_squares, 3),
    )  # fmt: skip
    return here, _ENDS


def losses_chart(shown: Steps, true_class: int) -> dict:
    """The Vega-Lite specification: both losses, and their slopes by the true class's z, over its lead; the lead on
    screen is marked.  Side by side or below each other, as there is room."""
    here = lead(shown.scaled, true_class)
    reach = max(LEAST_REACH, abs(here))
    curves = _rows(shown, true_class, np.linspace(-reach, reach, PLACES))
    marked = _rows(shown, true_class, np.array([here]))
    return {
        "$schema": alt.SCHEMA_URL,  # without it, and with `concat` alone, it would be taken for Vega
        "concat": [_panel(field, title, reach, curves, marked) for field, title in PANELS.items()],
        "columns": {"signal": f"{AVAILABLE_WIDTH} < {2 * (WIDTH + SPACE) + ROOM} ? 1 : 2"},
        "spacing": SPACE,
        "autosize": "pad",
        "config": {"view": {"stroke": None}},
    }


def losses_text(shown: Steps, true_class: int) -> str:
    """The picture of `losses_chart` in words, for those who cannot see it: at both ends and at the lead on screen."""
    here = lead(shown.scaled, true_class)
    reach = max(LEAST_REACH, abs(here))
    parts = [
        f"{row['name']} at lead {written(row['lead'])}: loss {written(row['loss'], 3)}, "
        f"slope {written(row['slope'], 3)}"
        for row in _rows(shown, true_class, np.array([-reach, here, reach]))
    ]
    return f"Two losses and their slopes by the true class's z, over its lead. {'; '.join(parts)}."


def _rows(shown: Steps, true_class: int, leads: np.ndarray) -> list[dict]:
    return [
        {"name": LOSSES[name].label, "lead": at, "loss": loss, "slope": slope}
        for name in SHOWN
        for at, loss, slope in zip(
            leads.tolist(), *(each.tolist() for each in over_leads(name, shown.scaled, true_class, leads))
        )
    ]


def _panel(field: str, title: str, reach: float, curves: list[dict], marked: list[dict]) -> dict:
    scale = {"domain": [-reach, reach], "nice": False}
    x = {"field": "lead", "type": "quantitative", "title": "Lead of the true class in z", "scale": scale}
    y = {"field": field, "type": "quantitative", "title": None}
    legend = {"title": None, "orient": "bottom", "symbolSize": 400, "symbolStrokeColor": TEXT, "labelLimit": 0}
    dashes = {"domain": [LOSSES[name].label for name in SHOWN], "range": [list(DASHES[k]) for k in range(len(SHOWN))]}
    dash = {"field": "name", "type": "nominal", "scale": dashes, "legend": legend}
    told = [
        {"field": "name", "type": "nominal", "title": "loss function"},
        *({"field": each, "type": "quantitative", "format": ".3~g"} for each in ("lead", "loss", "slope")),
    ]
    line = {"type": "line", "strokeWidth": 2, "color": TEXT}
    point = {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": TEXT}
    rule = {"type": "rule", "color": LINE_COLOUR, "strokeDash": [3, 3], "aria": False}
    return {
        "title": title,
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [
            {"data": {"values": marked}, "mark": rule, "encoding": {"x": x, "tooltip": {"value": None}}},
            {
                "data": {"values": curves},
                "mark": line,
                "encoding": {"x": x, "y": y, "strokeDash": dash, "tooltip": told},
            },
            {"data": {"values": marked}, "mark": point, "encoding": {"x": x, "y": y, "tooltip": told}},
        ],
    }
