"""Cross-entropy and squared error at the same scores, and their slopes, in float64: sentences, table and picture."""

import numpy as np
import pandas as pd

from core.lessons.softmax import Steps, lead, loss_and_slopes, over_leads, probability_of
from ui.charts.layers import AVAILABLE_WIDTH, LEGEND, SCHEMA, Rows, between, layer, names, one_each, quantity
from ui.charts.palette import DASHES, LINE_COLOUR
from ui.lessons.softmax.controls import NAMES, class_names
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import probability, written

TITLE = N_("Two losses: cross-entropy and squared error")
INTRODUCTION = N_(
    "Both losses are computed from the probabilities. A slope ∂L/∂z below 0 means that a larger z makes the loss "
    "smaller. A step of gradient descent is proportional to the slope: where the slope is near 0, the network learns "
    "very little."
)
SHOWN = ("cross_entropy", "mse")  # of the registry
_NAME, _LOSS, _SLOPE = N_("Loss function"), N_("Loss L"), N_("∂L/∂z of {name}")

_MISTAKE = N_(
    "**Mistake:** the z of the true class, {name}, is {behind} below the largest z. Its probability is {p}. The slope "
    "∂L/∂z of {name} is **{of_entropy}** for cross-entropy and **{of_squares}** for squared error."
)
_RIGHT = N_(
    "**Correct:** the z of the true class, {name}, is {ahead} above every other z. Its probability is {p}. The slope "
    "∂L/∂z of {name} is **{of_entropy}** for cross-entropy and **{of_squares}** for squared error."
)
_TIE = N_(
    "**Undecided:** the true class, {name}, shares the largest z with another class. Its probability is {p}. The slope "
    "∂L/∂z of {name} is **{of_entropy}** for cross-entropy and **{of_squares}** for squared error."
)
_ENDS = N_(
    "On the right of the charts, the network is right and confident: both slopes go to 0. On the left is a confident "
    "mistake: the slope of cross-entropy goes to −1, but the slope of squared error goes back to 0. With squared "
    "error, the network would learn the least from the worst mistakes."
)
_WORDS = N_("Two losses and their slopes for the z of the true class, over its lead. {parts}.")
_AT_ONE = N_("{name} at lead {lead}: loss {loss}, slope {slope}")

WIDTH, HEIGHT, SPACE = 330, 220, 30  # pixels of a panel, and between two
ROOM = 60  # pixels for the labels of both vertical axes
LEAST_REACH = 10.0  # of the lead, to both sides
PLACES = 121
TEXT = "currentColor"  # the page's, light or dark
PANELS = {"loss": N_("Loss L"), "slope": N_("Slope ∂L/∂z of the true class")}
_LEAD = N_("Lead: z of the true class − largest other z")
_SHORT = {"lead": N_("Lead"), "loss": N_("Loss L"), "slope": N_("Slope")}


def losses_table(shown: Steps, true_class: int) -> pd.DataFrame:
    """A row for each loss: itself, and its slope by the z of each class."""
    rows = []
    for name in SHOWN:
        loss, slopes = loss_and_slopes(name, shown.scaled.astype(float), true_class)
        rows.append([label("loss", name), written(loss), *(written(slope, 3) for slope in slopes)])
    columns = [_(_NAME), _(_LOSS), *(_(_SLOPE, name=name) for name in class_names())]
    return pd.DataFrame(rows, columns=columns)


def losses_words(shown: Steps, true_class: int) -> tuple[str, str]:
    """What the slopes are at the scores on screen, and how they go on to both sides."""
    ahead = lead(shown.scaled, true_class)
    sentence = _RIGHT if ahead > 0 else _MISTAKE if ahead < 0 else _TIE
    scaled = shown.scaled.astype(float)
    of_entropy, of_squares = (loss_and_slopes(name, scaled, true_class)[1][true_class] for name in SHOWN)
    here = _(
        sentence, name=_(NAMES[true_class]), ahead=written(ahead), behind=written(-ahead),
        p=probability(probability_of(scaled, true_class)), of_entropy=written(of_entropy, 3),
        of_squares=written(of_squares, 3),
    )  # fmt: skip
    return here, _(_ENDS)


def losses_chart(shown: Steps, true_class: int) -> dict:
    """The Vega-Lite specification: both losses, and their slopes by the true class's z, over its lead; the lead on
    screen is marked.  Side by side or below each other, as there is room."""
    here = lead(shown.scaled, true_class)
    reach = max(LEAST_REACH, abs(here))
    curves = _rows(shown, true_class, np.linspace(-reach, reach, PLACES))
    marked = _rows(shown, true_class, np.array([here]))
    return SCHEMA | {
        "concat": [_panel(field, _(title), reach, curves, marked) for field, title in PANELS.items()],
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
        _(
            _AT_ONE, name=row["name"], lead=written(row["lead"]), loss=written(row["loss"], 3),
            slope=written(row["slope"], 3),
        )
        for row in _rows(shown, true_class, np.array([-reach, here, reach]))
    ]  # fmt: skip
    return _(_WORDS, parts="; ".join(parts))


def _rows(shown: Steps, true_class: int, leads: np.ndarray) -> Rows:
    return [
        {"name": label("loss", name), "lead": at, "loss": loss, "slope": slope}
        for name in SHOWN
        for at, loss, slope in zip(
            leads.tolist(), *(each.tolist() for each in over_leads(name, shown.scaled.astype(float), true_class, leads))
        )
    ]


def _panel(field: str, title: str, reach: float, curves: Rows, marked: Rows) -> dict:
    x, y = quantity("lead", _(_LEAD), scale=between(-reach, reach)), quantity(field)
    legend = LEGEND | {"symbolStrokeColor": TEXT}
    dashes = one_each([label("loss", name) for name in SHOWN], [list(DASHES[k]) for k in range(len(SHOWN))])
    dash = names("name", scale=dashes, legend=legend)
    told = [
        names("name", _(_NAME)),
        *(quantity(each, _(title), format=".3~g") for each, title in _SHORT.items()),
    ]  # fmt: skip
    line = {"type": "line", "strokeWidth": 2, "color": TEXT}
    point = {"type": "point", "filled": True, "size": 70, "opacity": 1, "color": TEXT}
    rule = {"type": "rule", "color": LINE_COLOUR, "strokeDash": [3, 3], "aria": False}
    layers = [
        layer(marked, rule, x=x),
        layer(curves, line, x=x, y=y, strokeDash=dash, tooltip=told),
        layer(marked, point, x=x, y=y, tooltip=told),
    ]
    return {"title": title, "width": WIDTH, "height": HEIGHT, "layer": layers}
