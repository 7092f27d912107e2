"""What the browser loads before it is needed: the script that draws charts.

Streamlit asks for it when the first chart is on the page, and until it has come, no chart is drawn.  Every page asks
earlier (page.js), while the rest of it is being drawn.  Of another version of Streamlit, which has no script of that
name, nothing is loaded, and pages are as they would be without.
"""

from pathlib import Path

import streamlit as st

_FOLDER = Path(st.__file__).parent / "static" / "static" / "js"
CHART_SCRIPTS = [path.name for path in _FOLDER.glob("ArrowVegaLiteChart.*.js")]
