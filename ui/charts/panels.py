"""Several networks' charts side by side, each with its own data, axes and frame: as many in a row as there is room."""

from collections.abc import Sequence

import altair as alt

from ui.charts.layers import AVAILABLE_WIDTH
from ui.charts.palette import Look
from ui.charts.specification import vega_lite

GAP = 18  # pixels between two charts
LABELS = 66  # pixels for what stands left of each chart: its axis

EACH = alt.NamedData("of each")  # stands for the data, which differ

Table = list[dict]


def panels(chart: alt.LayerChart, parts: Sequence[tuple[str, Look, Sequence[Table]]], shared: Sequence[str]) -> dict:
    """The Vega-Lite specification: the chart once for each part, with that name as its title, that look as its frame,
    and a table for each of its layers, in the place of their data `EACH`.

    The scales of the `shared` channels have one legend for all.  How many stand in a row, one or two, is worked out by
    the browser: Vega takes a signal there, which Vega-Lite's schema (and so Altair) does not know of.
    """
    panel = vega_lite(chart)
    outside = {key: panel.pop(key) for key in ("$schema", "config")}
    both = 2 * (panel["width"] + LABELS) + GAP
    return outside | {
        "concat": [
            {
                **panel,
                "title": {**panel.get("title", {}), "text": name, "anchor": "middle"},
                "view": {"stroke": look.colour, "strokeDash": list(look.dash), "strokeWidth": 2},
                "layer": [layer | {"data": {"values": rows}} for layer, rows in zip(panel["layer"], tables)],
            }
            for name, look, tables in parts
        ],
        "columns": {"signal": f"{AVAILABLE_WIDTH} < {both} ? 1 : 2"},
        "spacing": GAP,
        "resolve": {"scale": dict.fromkeys(shared, "shared")},
        "autosize": "pad",  # Streamlit would fit the size of the whole, which Vega can only do for a single chart
    }
