"""What kills units: a heat map over learning rates and initial biases, for each network of a sweep."""

import altair as alt

from core import Experiment
from core.analysis.summary import network_names
from core.lessons.dead_relu_map import Sweep
from ui.charts.palette import LINE_COLOUR, UNIT_COLOURS, run_looks
from ui.charts.panels import EACH, panels
from ui.shell.numbers import fixed

CELL, ROW = 50, 26  # pixels across and down
NONE_DEAD, ALL_DEAD = (UNIT_COLOURS["dead_units"] + opacity for opacity in ("00", "A6"))  # numbers stay readable on it


def sweep_chart(ends: Sweep, experiment: Experiment) -> dict:
    """The Vega-Lite specification: for each run of the experiment a cell for each learning rate and bias.

    The colour is the share of its hidden units that are dead in the end, the number its test accuracy in percent; the
    cell that is the run itself has a frame.
    """
    legend = alt.Legend(title="Units dead in the end", format=".0%", orient="bottom", values=[0, 0.5, 1])
    scale = alt.Scale(domain=[0, 1], range=[NONE_DEAD, ALL_DEAD])
    bare = {"ticks": False, "domain": False, "labelFlush": False}
    base = alt.Chart(EACH).encode(
        x=alt.X("rate:O", title="Learning rate", axis=alt.Axis(labelAngle=0, **bare)),
        y=alt.Y("bias:O", title="Initial bias", sort="descending", axis=alt.Axis(**bare)),
        tooltip=[
            alt.Tooltip("network:N"),
            alt.Tooltip("rate:O", title="learning rate"),
            alt.Tooltip("bias:O", title="initial bias"),
            alt.Tooltip("dead:Q", title="dead units"),
            alt.Tooltip("saturated:Q", title="saturated, the dead among them"),
            alt.Tooltip("accuracy:Q", title="accuracy on test", format=".1%"),
            alt.Tooltip("end:N"),
        ],
    )
    cells = base.mark_rect(stroke=LINE_COLOUR, strokeWidth=0.5).encode(
        fill=alt.Fill("share:Q", scale=scale, legend=legend)
    )
    numbers = base.mark_text(fontSize=12).encode(text=alt.Text("number:N"))
    here = base.mark_rect(filled=False, strokeWidth=3).encode(stroke=alt.Stroke("colour:N", scale=None))
    width, height = CELL * len(ends.learning_rates), ROW * len(ends.biases)
    parts = []
    for run, (name, look) in enumerate(zip(network_names(experiment), run_looks(experiment))):
        rows = _cells(ends, experiment, run)
        asked = experiment.runs[run].rate, experiment.runs[run].bias
        at = [{**row, "colour": look.colour} for row in rows if (row["rate"], row["bias"]) == asked]
        parts.append((name, look, (rows, rows, at)))
    chart = alt.layer(cells, numbers, here).properties(width=width, height=height)
    return panels(chart, parts, shared=("fill",))


def sweep_text(ends: Sweep, experiment: Experiment) -> str:
    """The picture of `sweep_chart` in words, for those who cannot see it: where units die."""
    networks = ends.dead_units[0].size
    dying = zip(network_names(experiment), ends.dead_units > 0)
    parts = "; ".join(f"{name}: {of_run.sum()} of {networks}" for name, of_run in dying)
    return f"Networks with dead units in the end, over all learning rates and initial biases. {parts}."


def _cells(ends: Sweep, experiment: Experiment, run: int) -> list[dict]:
    """A row for each learning rate and bias."""
    name, units = network_names(experiment)[run], sum(experiment.hidden)
    return [
        {
            "network": name,
            "rate": rate,
            "bias": bias,
            "dead": int(ends.dead_units[run, j, k]),
            "share": float(ends.dead_units[run, j, k] / units),
            "saturated": int(ends.saturated_units[run, j, k]),
            "accuracy": float(ends.test_accuracy[run, j, k]),
            "number": "∞" if ends.diverged[run, j, k] else fixed(100 * ends.test_accuracy[run, j, k], 0),
            "end": "blew up; this is its last finite state" if ends.diverged[run, j, k] else "trained to the end",
        }
        for j, rate in enumerate(ends.learning_rates)
        for k, bias in enumerate(ends.biases)
    ]
