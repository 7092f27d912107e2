"""From Altair's charts to what the browser draws."""

import altair as alt
from altair.utils import schemapi

from ui.charts.lines import as_in_sentences


def vega_lite(chart: alt.TopLevelMixin) -> dict:
    """The chart's Vega-Lite, compared with its schema where `schemapi.DEBUG_MODE` says so: see `ui.charts.arrow`.

    As in `ui.charts.layers.layer`, marks have the tooltips that are asked for, and none of Streamlit's.
    """
    specification = chart.to_dict(validate=schemapi.DEBUG_MODE)
    config = specification.setdefault("config", {})
    config.setdefault("mark", {})["tooltip"] = None
    config |= as_in_sentences()
    return specification
