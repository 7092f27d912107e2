"""Every hidden unit of several networks: alive, saturated, dead or revived, at the replay's epoch."""

import altair as alt
import numpy as np

from core import History
from core.fates import Fates
from core.summary import network_names
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS, run_looks
from ui.charts.panels import EACH, panels
from ui.charts.replay import at_frame, with_frame

# A revived unit may be saturated, too, and every dead one is: the last that is true is shown.
STATES = ("alive", "saturated", "dead", "revived")
COLOURS = (LINE_COLOUR, UNIT_COLOURS["saturated_units"], UNIT_COLOURS["dead_units"], "#5B8C2A")
FILLS = (LINE_COLOUR, "transparent", "transparent", "#5B8C2A")
SHAPES = ("circle", "circle", "M-1,-1L1,1M-1,1L1,-1", "triangle-up")
UNIT, LAYER, OUTCOME = 20, 26, 22  # pixels of a unit across, of a layer down, and for the line above them


def fates_chart(history: History, fates: Fates) -> dict:
    """The Vega-Lite specification: a grid for each network, with a row for each hidden layer, the one next to the
    inputs on top, and the units side by side; above it the counts and the test accuracy of the epoch shown."""
    hidden, looks = history.experiment.hidden, run_looks(history.experiment)
    legend = alt.Legend(title=None, orient="bottom", direction="horizontal", columns=len(STATES), symbolSize=90)
    shapes, strokes, fills = (alt.Scale(domain=list(STATES), range=list(of)) for of in (SHAPES, COLOURS, FILLS))
    bare = {"ticks": False, "domain": False, "grid": False}
    units = (
        alt.Chart(EACH)
        .transform_calculate(
            state=f"{list(STATES)}[{at_frame('states')}]", flat=at_frame("flat_shares"), gradient=at_frame("gradients")
        )
        .mark_point(size=80, strokeWidth=2, opacity=1)
        .encode(
            x=alt.X("unit:O", title="Unit", axis=alt.Axis(labelAngle=0, **bare)),
            y=alt.Y("layer:O", title="Hidden layer", axis=alt.Axis(**bare)),
            shape=alt.Shape("state:N", scale=shapes, legend=legend),
            stroke=alt.Stroke("state:N", scale=strokes, legend=legend),
            fill=alt.Fill("state:N", scale=fills, legend=legend),
            tooltip=[
                alt.Tooltip("layer:O", title="hidden layer"),
                alt.Tooltip("unit:O"),
                alt.Tooltip("state:N"),
                alt.Tooltip("flat:Q", title="samples where it is flat", format=".0%"),
                alt.Tooltip("gradient:Q", title="norm of its weights' gradient", format=".2g"),
            ],
        )
    )
    width, height = UNIT * max(hidden), LAYER * len(hidden)
    outcomes = (
        alt.Chart(EACH)
        .transform_calculate(outcome=at_frame("outcomes"))
        .mark_text(baseline="bottom", dy=-7, fontSize=12)
        .encode(x=alt.XValue(width / 2), y=alt.YValue(0), text=alt.Text("outcome:N"))
    )
    parts = [
        (name, look, (_units(fates, run), _outcomes(history, fates, run)))
        for run, (name, look) in enumerate(zip(network_names(history.experiment), looks))
    ]
    title = alt.Title("", offset=OUTCOME)
    chart = alt.layer(units, outcomes).properties(width=width, height=height, title=title)
    return with_frame(panels(chart, parts, shared=("shape", "stroke", "fill")), len(history.epochs))


def fates_text(history: History, fates: Fates) -> str:
    """The same in words, after the last epoch."""
    names = network_names(history.experiment)
    outcomes = "; ".join(f"{name}: {_outcome(history, fates, run, -1)}" for run, name in enumerate(names))
    return f"Hidden units after epoch {history.epochs[-1]}. {outcomes}."


def states(fates: Fates) -> np.ndarray:
    """(run, epoch, unit): the place of each unit's state among `STATES`."""
    return np.select([fates.revived, fates.dead, fates.saturated], [3, 2, 1], 0)


def _units(fates: Fates, run: int) -> list[dict]:
    """A row for each unit of a network, with a list entry for each recorded epoch."""
    codes, flat, norms = states(fates)[run], fates.flat_share[run].round(3), fates.gradient_norm[run]
    return [
        {
            "layer": int(layer),
            "unit": place - int(np.searchsorted(fates.layers, layer)) + 1,
            "states": codes[:, place].tolist(),
            "flat_shares": flat[:, place].tolist(),
            "gradients": [float(f"{norm:.2g}") if np.isfinite(norm) else None for norm in norms[:, place]],
        }
        for place, layer in enumerate(fates.layers)
    ]


def _outcomes(history: History, fates: Fates, run: int) -> list[dict]:
    """One row, with a list entry for each recorded epoch."""
    return [{"outcomes": [_outcome(history, fates, run, index) for index in range(len(history.epochs))]}]


def _outcome(history: History, fates: Fates, run: int, index: int) -> str:
    """`22 dead, 4 revived, 1 saturated · 94.4 % on test`, and whether it blew up."""
    counts = np.bincount(states(fates)[run, index], minlength=len(STATES))
    parts = ", ".join(f"{counts[STATES.index(state)]} {state}" for state in ("dead", "revived", "saturated"))
    diverged = 0 <= history.diverged_at[run] <= history.epochs[index]
    accuracy = f"{100 * history.test_accuracy[run, index]:.1f} % on test"
    return f"{parts} · {accuracy}, blew up" if diverged else f"{parts} · {accuracy}"
