"""Results of core as Vega-Lite specifications; knows core and Altair."""

import altair as alt

# What is drawn is bounded by core.limits, and travels as Arrow: Altair's own bound of 5000 rows is not needed.
alt.data_transformers.disable_max_rows()
