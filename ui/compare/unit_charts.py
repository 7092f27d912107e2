"""Dead and saturated units: a strip for each network's layer, over the epochs."""

import altair as alt
import pandas as pd

from core import History
from ui.charts.lines import IN_PERCENT
from ui.charts.linked import brought_out, linked
from ui.charts.palette import UNIT_COLOURS
from ui.charts.replay import record_rule, records, with_record
from ui.charts.specification import vega_lite
from ui.shell.labels import network_labels
from ui.shell.language import N_, _

KINDS = {"dead_units": N_("Dead units"), "saturated_units": N_("Saturated or dead units")}
_DEAD = N_("Dead units by layer after epoch {epoch}. {networks}.")
_SATURATED = N_("Saturated or dead units by layer after epoch {epoch}. {networks}.")
_IN_WORDS = {"dead_units": _DEAD, "saturated_units": _SATURATED}
_OF_UNITS = N_("{count} of {units}")
ROW_HEIGHT, LEAST_STRIP, SURROUNDINGS = 22, 4, 205  # pixels; the last: title, axis and legend


def unit_chart(history: History, column: str) -> dict:
    """Share of each hidden layer's units that are dead (or saturated), as the strength of a colour.

    `column` is "dead_units" or "saturated_units".  Each network has a row, and in it a strip for each hidden layer, the
    one nearest to the input on top.
    """
    names = network_labels(history.experiment)
    table = history.layer_frame()
    last = history.epochs[-1]
    ends = dict(zip(history.epochs, [*history.epochs[1:], last + max(last, 1) / 40]))  # a record holds until the next
    table = pd.DataFrame(
        {
            "network": [names[run] for run in table.run],
            "layer": table.layer,
            "epoch": table.epoch,
            "until": table.epoch.map(ends),
            "count": table[column],
            "units": table.units,
            "share": table[column] / table.units,
        }
    )
    rows = {
        "y": alt.Y("network:N", sort=names, title=None, scale=alt.Scale(paddingInner=0.3), axis=alt.Axis(ticks=False)),
        "yOffset": alt.YOffset("layer:O", scale=alt.Scale(paddingInner=0.1)),
    }
    across = alt.X("epoch:Q", title=_("Epoch"), scale=alt.Scale(nice=False), axis=alt.Axis(grid=False, tickMinStep=1))
    legend = alt.Legend(
        title=_("Share of the layer's units"), labelExpr=IN_PERCENT, orient="bottom", values=[0.25, 0.5, 0.75, 1]
    )
    share = alt.Opacity("share:Q", scale=alt.Scale(type="sqrt", domain=[0, 1], range=[0, 1]), legend=legend)
    titles = {"network:N": _("Network"), "layer:O": _("Layer"), "epoch:Q": _("Epoch"), "units:Q": _("Units")}
    tooltip = [alt.Tooltip(field, title=title) for field, title in titles.items()]
    tooltip.insert(3, alt.Tooltip("count:Q", title=_(KINDS[column])))
    base = alt.Chart(alt.NamedData("strips")).encode(x=across, x2=alt.X2("until:Q"), **rows)
    track = base.mark_rect(fill="#808080").encode(fillOpacity=brought_out(0.22, 0.05))
    strips = base.mark_rect(fill=UNIT_COLOURS[column]).encode(opacity=share, fillOpacity=brought_out(), tooltip=tooltip)
    strip_height = max(LEAST_STRIP * len(history.experiment.hidden), ROW_HEIGHT)
    height = len(names) * strip_height + SURROUNDINGS
    chart = alt.layer(track, strips, record_rule()).properties(title=_(KINDS[column]), height=height)
    specification = linked(with_record(vega_lite(chart), len(history.epochs)))
    specification["datasets"] = {"strips": table.to_dict("records")} | records(history)
    return specification


def unit_text(history: History, column: str) -> str:
    """The picture of `unit_chart` in words, for those who cannot see it: how many there are at the end, layer by
    layer."""
    counts, units = getattr(history, column)[:, -1], history.experiment.hidden
    parts = [
        f"{name}: " + ", ".join(_(_OF_UNITS, count=n, units=m) for n, m in zip(row, units))
        for name, row in zip(network_labels(history.experiment), counts)
    ]
    return _(_IN_WORDS[column], epoch=history.epochs[-1], networks="; ".join(parts))
