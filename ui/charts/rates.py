"""Learning rates that change: a line for each setting."""

import numpy as np

from core import History
from core.analysis.repeats import without_repeats
from ui.charts.curves import HEIGHT
from ui.charts.layers import SCHEMA, layer, quantity
from ui.charts.lines import line_channels, reading_rule
from ui.charts.linked import linked, visible
from ui.charts.palette import setting_looks
from ui.charts.replay import branch_rule, record_rule, records, with_record
from ui.charts.steady import steady, steady_scale
from ui.shell.labels import setting_labels
from ui.shell.language import N_, _
from ui.shell.numbers import written

MOST_POINTS = 200  # of a line: more could not be told apart
HEADROOM = 1.1  # times the highest rate: room for the label of a branch above it
_ENDS = N_("{name}: {first} in the first epoch, {last} in the last")
_TEXT = N_("Learning rate of each epoch. {ends}.")


def rates_chart(history: History) -> dict:
    """The Vega-Lite specification of the learning rate in every epoch, with a rule at the epoch of the replay; it
    follows the page's legend."""
    looks, epochs, rates = setting_looks(history.experiment), *_rates(history)
    rows = [
        {"network": name, "line": line, "epoch": epoch, "drawn": rate}
        for line, (name, of_setting) in enumerate(zip(looks, rates.tolist()))
        for epoch, rate in zip(epochs.tolist(), of_setting)
    ]
    x = quantity("epoch", _("Epoch"), scale=steady_scale("x"), axis={"tickMinStep": 1})
    y = quantity("drawn", _("Learning rate"), scale=steady_scale("y"), axis={"tickCount": 5})
    colour, dash = line_channels("network", looks, "1")
    of_lines = {"color": colour | {"legend": None}, "strokeDash": dash | {"legend": None}, "opacity": visible()}
    mark = {"type": "line", "strokeWidth": 2, "interpolate": "step-before"}
    lines = layer("rates", mark, x=x, y=y, **of_lines)
    rules = [*branch_rule(history.experiment, x), record_rule(x)]
    layers = [*rules, lines, reading_rule("rates", list(looks), "drawn", x)]
    specification = SCHEMA | {"layer": layers, "title": _("Learning rate"), "height": HEIGHT}
    specification |= {"datasets": {"rates": rows} | records(history)}
    specification = linked(with_record(specification, len(history.epochs)))
    return steady(specification, rates_text(history), x=(0, history.epochs[-1]), y=(0, HEADROOM * rates.max()))


def rates_text(history: History) -> str:
    """The chart in words: where each line begins and ends."""
    rates = _rates(history)[1]
    ends = [
        _(_ENDS, name=name, first=written(of_setting[0], 2), last=written(of_setting[-1], 2))
        for name, of_setting in zip(setting_labels(history.experiment), rates.tolist())
    ]
    return _(_TEXT, ends="; ".join(ends))


def _rates(history: History) -> tuple[np.ndarray, np.ndarray]:
    """Epochs up to the last, or as many of them as can be told apart, and the rates (setting, epoch) in them; at 0 that
    of the first."""
    last, experiment = int(history.epochs[-1]), without_repeats(history.experiment)
    epochs = np.unique(np.linspace(0, last, min(last, MOST_POINTS) + 1).round().astype(int))
    return epochs, np.array([experiment.rates(max(epoch - 1, 0)) for epoch in epochs.tolist()]).T
