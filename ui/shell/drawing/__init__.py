"""A canvas on which points are drawn, with the mouse, a finger, a pen or the keys.

It draws and undoes in the browser alone.  The server hears of a drawing, as a text of `core.data.drawing`, when nothing
was changed for 0.3 s; what it gives back then stays as it is, and any other drawing takes its place.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from core.data.drawing import MOST_POINTS, class_name
from ui.shell.classes import said_class
from ui.shell.components import component
from ui.shell.language import N_, _

_TEXTS = {
    "canvas": N_("Canvas. The arrow keys move a ring. Enter draws a point in it, Delete erases the points in it."),
    "choices": N_("What you draw"),
    "hint": N_("Click or drag to draw points"),
    "add": N_("Add a class"),
    "erase": N_("Erase"),
    "jitter": N_("Jitter"),
    "undo": N_("Undo"),
    "clear": N_("Clear"),
    "of": N_("{label}: {number}"),
    "place": N_("x {x}, y {y}."),
    "count": N_("{number} of at most {most} points."),
    "full": N_("{number} points. A drawing cannot have more."),
}
_canvas = component(Path(__file__).parent, "canvas", "../pictures/marks", "points", "looks")


def canvas(key: str, text: str, marks: Sequence[tuple[str, str]], locked: bool = False) -> None:
    """The canvas with a drawing, and what can be done with it: nothing if it is `locked`.  `marks` are a colour and a
    shape for each class."""
    classes = [
        {"label": said_class(class_name(label)), "colour": colour, "shape": shape}
        for label, (colour, shape) in enumerate(marks)
    ]
    texts = {name: _(message) for name, message in _TEXTS.items()}
    data = {"text": text, "classes": classes, "most": MOST_POINTS, "texts": texts, "locked": locked}
    _canvas(key=key, data=data, on_points_change=lambda: None)


def news_of(key: str) -> object:
    """What the browser says is drawn on the canvas of that key, whatever it says; None if it is nothing new.

    To be asked before the canvas is shown.  It is no callback: a session that takes the place of one that was lost has
    what the browser says from its beginning, so that nothing seems to change.
    """
    told, said = f"{key} has told", st.session_state.get(key, {}).get("points")
    if said is None or said == st.session_state.get(told):
        return None
    st.session_state[told] = said
    return said
