"""One neuron: controls beside the charts that they change, in one view; above them in a narrow window."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.lessons.neuron.charts import CONTROLS, GAP, WIDE

_KEY = "beside"
_STYLE = f"""<style>
[class*="st-key-{_KEY}"] {{ display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); }}
@media (min-width: {WIDE + 1}px) {{
    [class*="st-key-{_KEY}"] {{ gap: {GAP}px; grid-template-columns: {CONTROLS - GAP}px minmax(0, 1fr); }}
}}
</style>"""


def controls_beside_charts(name: str, key: str | None = None) -> tuple[DeltaGenerator, DeltaGenerator]:
    """A container for controls and one for charts, of this key; `name` tells both from others of the page."""
    st.html(_STYLE)
    with st.container(key=f"{_KEY} {name}"):
        return st.container(horizontal=True, gap="small"), st.container(key=key)
