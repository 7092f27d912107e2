"""Dead and saturated units: a strip for each network's layer, over the epochs."""

from collections.abc import Iterator
from itertools import groupby

from core import History
from core.analysis.summary import never_finite
from ui.charts.layers import SCHEMA, Rows, in_lines, layer, quantity
from ui.charts.layers import names as nominal
from ui.charts.lines import in_percent
from ui.charts.linked import brought_out, linked
from ui.charts.palette import UNIT_COLOURS
from ui.charts.replay import record_rule, records, with_record
from ui.charts.steady import steady
from ui.shell.labels import network_labels
from ui.shell.language import N_, _

KINDS = {"dead_units": N_("Dead units"), "saturated_units": N_("Saturated or dead units")}
_DEAD = N_("Dead units by layer after epoch {epoch}. {networks}.")
_SATURATED = N_("Saturated or dead units by layer after epoch {epoch}. {networks}.")
_IN_WORDS = {"dead_units": _DEAD, "saturated_units": _SATURATED}
_NO_STATE = N_("no finite state")
_OF_UNITS = N_("{count} of {units}")
_FROM_TO = N_("{low} to {high}")
ROW_HEIGHT, LEAST_STRIP, SURROUNDINGS = 22, 4, 205  # pixels; the last: title, axis and legend


def unit_chart(history: History, column: str) -> dict:
    """Share of each hidden layer's units that are dead (or saturated), as the strength of a colour.

    `column` is "dead_units" or "saturated_units".  Each network has a row, and in it a strip for each hidden layer, the
    one nearest to the input on top.  The row of a network without a finite state is empty.
    """
    names = network_labels(history.experiment)
    rows = _strips(history, column)
    # What lies below all strips of a layer is one mark, not one for each record: a browser has half as many to draw.
    tracks = [row | {"until": _ends(history)[-1]} for row in rows if row["epoch"] == history.epochs[0]]
    labels, label_height = in_lines(names)
    of_strips = {
        "x": quantity("epoch", _("Epoch"), scale={"nice": False}, axis={"grid": False, "tickMinStep": 1}),
        "x2": {"field": "until"},
        "y": nominal(
            "network", sort=names, scale={"paddingInner": 0.3, "domain": names}, axis={"ticks": False, **labels}
        ),
        "yOffset": {"field": "layer", "type": "ordinal", "scale": {"paddingInner": 0.1}},
    }
    # A colour that lets through, not an opacity: of that, the browser would make a surface for each mark.
    colours = [UNIT_COLOURS[column] + "00", UNIT_COLOURS[column] + "FF"]
    share = quantity("share", scale={"type": "sqrt", "domain": [0, 1], "range": colours, "interpolate": "rgb"})
    legend = {"title": _("Share of the layer's units"), "labelExpr": in_percent(), "orient": "bottom"}
    share["legend"] = legend | {"type": "symbol", "values": [0.25, 0.5, 0.75, 1]}
    tooltip = [nominal("network", _("Network")), {"field": "layer", "type": "ordinal", "title": _("Layer")}]
    tooltip += [nominal("epochs", _("Epochs")), quantity("count", _(KINDS[column])), quantity("units", _("Units"))]
    track = layer("tracks", {"type": "rect", "fill": "#808080"}, fillOpacity=brought_out(0.22, 0.05), **of_strips)
    strips = layer("strips", {"type": "rect"}, fill=share, fillOpacity=brought_out(), tooltip=tooltip, **of_strips)
    row_height = max(LEAST_STRIP * len(history.experiment.hidden), ROW_HEIGHT, label_height)
    specification = SCHEMA | {
        "layer": [track, strips, record_rule(of_strips["x"])],
        "title": _(KINDS[column]),
        "height": len(names) * row_height + SURROUNDINGS,
        "datasets": {"tracks": tracks, "strips": rows} | records(history),
    }
    return steady(linked(with_record(specification, len(history.epochs))), unit_text(history, column))


def unit_text(history: History, column: str) -> str:
    """The picture of `unit_chart` in words, for those who cannot see it: how many there are at the end, layer by
    layer."""
    counts, units = getattr(history, column)[:, -1], history.experiment.hidden
    parts = [
        f"{name}: "
        + (_(_NO_STATE) if is_never else ", ".join(_(_OF_UNITS, count=n, units=m) for n, m in zip(row, units)))
        for name, row, is_never in zip(network_labels(history.experiment), counts, never_finite(history))
    ]
    return _(_IN_WORDS[column], epoch=history.epochs[-1], networks="; ".join(parts))


def _strips(history: History, column: str) -> Rows:
    """Records that follow each other with one count are one row, for a browser has each to draw."""
    epochs, ends = history.epochs.tolist(), _ends(history)
    networks = zip(network_labels(history.experiment), getattr(history, column), never_finite(history))
    return [
        {
            "network": name,
            "layer": layer,
            "epoch": epochs[first],
            "until": ends[last],
            "epochs": str(epochs[first]) if first == last else _(_FROM_TO, low=epochs[first], high=epochs[last]),
            "count": count,
            "units": units,
            "share": count / units,
        }
        for name, of_network, is_never in networks
        if not is_never
        for layer, (counts, units) in enumerate(zip(of_network.T.tolist(), history.experiment.hidden), start=1)
        for count, first, last in _stretches(counts)
    ]


def _ends(history: History) -> list[float]:
    """Until when each record holds: until the next."""
    epochs = history.epochs.tolist()
    return [*epochs[1:], epochs[-1] + max(epochs[-1], 1) / 40]


def _stretches(counts: list[int]) -> Iterator[tuple[int, int, int]]:
    """Each count with its first and its last place: [5, 5, 3] gives (5, 0, 1), (3, 2, 2)."""
    for count, group in groupby(range(len(counts)), key=counts.__getitem__):
        places = list(group)
        yield count, places[0], places[-1]
