"""Components of ours, each from the files of its own folder: HTML, a style sheet, and scripts."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_STYLES, _SCRIPTS = ((_HERE / f"shared.{kind}").read_text() for kind in ("css", "js"))  # of all components


def component(folder: Path, stem: str, *scripts: str) -> Callable:
    """Streamlit's component of a folder, under the folder's name: of the files `stem` with .html, .css and .js, and of
    more `scripts` before that, by their stems."""
    files = [folder / f"{name}.js" for name in (*scripts, stem)]
    return st.components.v2.component(
        f"activation_lab_{folder.name}",
        html=(folder / f"{stem}.html").read_text(),
        css=_STYLES + (folder / f"{stem}.css").read_text(),
        js="\n".join([_SCRIPTS, *(file.read_text() for file in files)]),
    )
