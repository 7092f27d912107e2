"""Components of ours, each from the files of its own folder: HTML, a style sheet, and scripts."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_SHARED = Path(__file__).parent / "shared.js"  # what the scripts of several components use


def component(folder: Path, stem: str, *scripts: str) -> Callable:
    """Streamlit's component of a folder, under the folder's name: of the files `stem` with .html, .css and .js, and of
    more `scripts` before that, by their stems."""
    names = [folder / f"{name}.js" for name in (*scripts, stem)]
    return st.components.v2.component(
        f"activation_lab_{folder.name}",
        html=(folder / f"{stem}.html").read_text(),
        css=(folder / f"{stem}.css").read_text(),
        js="\n".join(path.read_text() for path in (_SHARED, *names)),
    )
