"""Every hidden unit of several networks: alive, saturated, dead or revived, at the replay's epoch."""

import altair as alt
import numpy as np

from core import History, load
from core.lessons.dead_relu import Fates
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS, run_looks
from ui.charts.panels import EACH, panels
from ui.charts.replay import RECORD, at_record, with_record
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import if_finite, percent, short

# A revived unit may be saturated, too, and every dead one is: the last that is true is shown.
STATES = (N_("alive"), N_("saturated"), N_("dead"), N_("revived"))
COLOURS = (LINE_COLOUR, UNIT_COLOURS["saturated_units"], UNIT_COLOURS["dead_units"], "#5B8C2A")
FILLS = (LINE_COLOUR, "transparent", "transparent", "#5B8C2A")
SHAPES = ("circle", "circle", "M-1,-1L1,1M-1,1L1,-1", "triangle-up")
FADED = 0.35  # units of a network that blew up: nothing changes in it any more
# Pixels of a unit across, of a layer down, and for the lines above them: as much as a phone has room for.
UNIT, LAYER, OUTCOME = 18, 26, 8
_OUTCOME = N_("Test accuracy {accuracy}\n{dead} dead · {revived} revived · {saturated} saturated")
_DIVERGED = N_("Diverged in epoch {epoch}\nBefore: test accuracy {accuracy} · {dead} dead")
_TEXT = N_("Hidden units after epoch {epoch}. {networks}.")
_TEXT_OF_NETWORK = N_("{network}: {outcome}")
_SAMPLES = N_("{number} of {samples}")


def fates_chart(history: History, fates: Fates) -> dict:
    """The Vega-Lite specification: a grid for each network, with a row for each hidden layer, the one next to the
    inputs on top, and the units side by side; above it the counts and the test accuracy of the epoch shown."""
    hidden, looks = history.experiment.hidden, run_looks(history.experiment)
    legend = alt.Legend(title=None, orient="bottom", direction="horizontal", columns=len(STATES), symbolSize=90)
    said = [_(state) for state in STATES]
    shapes, strokes, fills = (alt.Scale(domain=said, range=list(of)) for of in (SHAPES, COLOURS, FILLS))
    bare = {"ticks": False, "domain": False, "grid": False}
    units = (
        alt.Chart(EACH)
        .transform_calculate(
            state=f"{said}[{at_record('states')}]",
            flat=at_record("flat_samples"),
            gradient=at_record("gradients"),
            blown_up=f"{RECORD} >= datum.finite_records",
        )
        .mark_point(size=80, strokeWidth=2)
        .encode(
            x=alt.X("unit:O", title=_("Unit"), axis=alt.Axis(labelAngle=0, **bare)),
            y=alt.Y("layer:O", title=_("Hidden layer"), axis=alt.Axis(**bare)),
            shape=alt.Shape("state:N", scale=shapes, legend=legend),
            stroke=alt.Stroke("state:N", scale=strokes, legend=legend),
            fill=alt.Fill("state:N", scale=fills, legend=legend),
            opacity=alt.condition("datum.blown_up", alt.value(FADED), alt.value(1)),
            tooltip=[
                alt.Tooltip("layer:O", title=_("Hidden layer")),
                alt.Tooltip("unit:O", title=_("Unit")),
                alt.Tooltip("state:N", title=_("State")),
                alt.Tooltip("flat:N", title=_("Samples with zero or small slope")),
                alt.Tooltip("gradient:N", title=_("Norm of its gradient")),
            ],
        )
    )
    width, height = UNIT * max(hidden), LAYER * len(hidden)
    outcomes = (
        alt.Chart(EACH)
        .transform_calculate(outcome=at_record("outcomes"))
        .mark_text(baseline="bottom", dy=-22, fontSize=12, lineBreak="\n")  # the upper of two lines
        .encode(x=alt.XValue(width / 2), y=alt.YValue(0), text=alt.Text("outcome:N"))
    )
    parts = [
        (name, look, (_units(history, fates, run), _outcomes(history, fates, run)))
        for run, (name, look) in enumerate(zip(network_labels(history.experiment), looks))
    ]
    title = alt.Title("", offset=OUTCOME)
    chart = alt.layer(units, outcomes).properties(width=width, height=height, title=title)
    return with_record(panels(chart, parts, shared=("shape", "stroke", "fill")), len(history.epochs))


def fates_text(history: History, fates: Fates) -> str:
    """The picture of `fates_chart` in words, for those who cannot see it, after the last epoch."""
    names = network_labels(history.experiment)
    outcomes = (_outcome(history, fates, run, -1).replace("\n", " · ") for run in range(len(names)))
    networks = "; ".join(_(_TEXT_OF_NETWORK, network=name, outcome=each) for name, each in zip(names, outcomes))
    return _(_TEXT, epoch=history.epochs[-1], networks=networks)


def states(fates: Fates) -> np.ndarray:
    """(run, epoch, unit): the place of each unit's state among `STATES`."""
    return np.select([fates.revived, fates.dead, fates.saturated], [3, 2, 1], 0)


def _units(history: History, fates: Fates, run: int) -> list[dict]:
    """A row for each unit of a network, with a list entry for each recorded epoch."""
    samples = len(load(history.experiment.dataset).y_train)
    codes, norms = states(fates)[run], fates.gradient_norm[run]
    flat = (fates.flat_share[run] * samples).round().astype(int)
    finite = sum(not _blown_up(history, run, index) for index in range(len(history.epochs)))
    return [
        {
            "layer": int(layer),
            "unit": place - int(np.searchsorted(fates.layers, layer)) + 1,
            "states": codes[:, place].tolist(),
            "flat_samples": [_(_SAMPLES, number=count, samples=samples) for count in flat[:, place]],
            "gradients": [if_finite(norm, short) for norm in norms[:, place]],
            "finite_records": finite,
        }
        for place, layer in enumerate(fates.layers)
    ]


def _outcomes(history: History, fates: Fates, run: int) -> list[dict]:
    """One row, with a list entry for each recorded epoch."""
    return [{"outcomes": [_outcome(history, fates, run, index) for index in range(len(history.epochs))]}]


def _outcome(history: History, fates: Fates, run: int, index: int) -> str:
    """`Test accuracy 94.4 %` and, on a second line, `22 dead · 4 revived · 1 saturated`; or when it diverged."""
    counts = np.bincount(states(fates)[run, index], minlength=len(STATES))
    accuracy, epoch = percent(history.test_accuracy[run, index]), history.diverged_at[run]
    sentence = _DIVERGED if _blown_up(history, run, index) else _OUTCOME
    return _(sentence, accuracy=accuracy, epoch=epoch, **dict(zip(STATES, counts)))


def _blown_up(history: History, run: int, index: int) -> bool:
    return 0 <= history.diverged_at[run] <= history.epochs[index]
