"""What kills units: a heat map over learning rates and initial biases, for each network of a sweep."""

import altair as alt

from core import Experiment
from core.lessons.dead_relu_map import Sweep
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS, run_looks
from ui.charts.panels import EACH, panels
from ui.shell.labels import network_labels
from ui.shell.language import N_, _
from ui.shell.numbers import fixed, percent

CELL, ROW = 48, 26  # pixels across and down
_DIVERGED, _TRAINED = N_("diverged; this is its last finite state"), N_("trained to the last epoch")
_TEXT = N_("Networks with dead units in the end, over all learning rates and initial biases. {networks}.")
_TEXT_OF_NETWORK = N_("{network}: {dying} of {networks}")
_TRUE_MINUS = "replace(datum.label, '-', '−')"
NONE_DEAD, ALL_DEAD = (UNIT_COLOURS["dead_units"] + opacity for opacity in ("00", "A6"))  # numbers stay readable on it


def sweep_chart(ends: Sweep, experiment: Experiment) -> dict:
    """The Vega-Lite specification: for each run of the experiment a cell for each learning rate and bias.

    The colour is the share of its hidden units that are dead in the end, the number its test accuracy in percent; the
    cell that is the run itself has a frame.
    """
    legend = alt.Legend(title=_("Units dead in the end"), format=".0%", orient="bottom", values=[0, 0.5, 1])
    scale = alt.Scale(domain=[0, 1], range=[NONE_DEAD, ALL_DEAD])
    bare = {"ticks": False, "domain": False, "labelFlush": False}
    base = alt.Chart(EACH).encode(
        x=alt.X("rate:O", title=_("Learning rate"), axis=alt.Axis(labelAngle=0, **bare)),
        y=alt.Y("bias:O", title=_("Initial bias"), sort="descending", axis=alt.Axis(labelExpr=_TRUE_MINUS, **bare)),
        tooltip=[
            alt.Tooltip("network:N", title=_("Network")),
            alt.Tooltip("rate:O", title=_("Learning rate")),
            alt.Tooltip("bias:O", title=_("Initial bias")),
            alt.Tooltip("dead:Q", title=_("Dead units")),
            alt.Tooltip("saturated:Q", title=_("Saturated units, with the dead")),
            alt.Tooltip("accuracy:N", title=_("Test accuracy")),
            alt.Tooltip("end:N", title=_("End")),
        ],
    )
    cells = base.mark_rect(stroke=LINE_COLOUR, strokeWidth=0.5).encode(
        fill=alt.Fill("share:Q", scale=scale, legend=legend)
    )
    numbers = base.mark_text(fontSize=12).encode(text=alt.Text("number:N"))
    here = base.mark_rect(filled=False, strokeWidth=3).encode(stroke=alt.Stroke("colour:N", scale=None))
    width, height = CELL * len(ends.learning_rates), ROW * len(ends.biases)
    parts = []
    for run, (name, look) in enumerate(zip(network_labels(experiment), run_looks(experiment))):
        rows = _cells(ends, experiment, run)
        asked = experiment.runs[run].rate, experiment.runs[run].bias
        at = [{**row, "colour": look.colour} for row in rows if (row["rate"], row["bias"]) == asked]
        parts.append((name, look, (rows, rows, at)))
    chart = alt.layer(cells, numbers, here).properties(width=width, height=height)
    return panels(chart, parts, shared=("fill",))


def sweep_text(ends: Sweep, experiment: Experiment) -> str:
    """The picture of `sweep_chart` in words, for those who cannot see it: where units die."""
    networks = ends.dead_units[0].size
    dying = dict(zip(network_labels(experiment), (ends.dead_units > 0).sum(axis=(1, 2))))
    parts = (_(_TEXT_OF_NETWORK, network=name, dying=number, networks=networks) for name, number in dying.items())
    return _(_TEXT, networks="; ".join(parts))


def _cells(ends: Sweep, experiment: Experiment, run: int) -> list[dict]:
    """A row for each learning rate and bias."""
    name, units = network_labels(experiment)[run], sum(experiment.hidden)
    return [
        {
            "network": name,
            "rate": rate,
            "bias": bias,
            "dead": int(ends.dead_units[run, j, k]),
            "share": float(ends.dead_units[run, j, k] / units),
            "saturated": int(ends.saturated_units[run, j, k]),
            "accuracy": percent(ends.test_accuracy[run, j, k]),
            "number": "∞" if ends.diverged[run, j, k] else fixed(100 * ends.test_accuracy[run, j, k], 0),
            "end": _(_DIVERGED if ends.diverged[run, j, k] else _TRAINED),
        }
        for j, rate in enumerate(ends.learning_rates)
        for k, bias in enumerate(ends.biases)
    ]
