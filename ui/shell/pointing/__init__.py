"""Pointing at a chart: a place in its plot is chosen by a click, by dragging a handle, or by the arrow keys.

While it is dragged, the handle moves in the browser alone; the server hears of the place that it is left at.  The
chart, of one plot with linear axes, stands in a container with a key of its own, and the component after it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.shell.components import component
from ui.shell.fixed import is_fixed
from ui.shell.language import N_, _

_HELP = N_("{name}. The arrow keys move it.")
_pointer = component(Path(__file__).parent, "pointing")


@dataclass(frozen=True)
class Pointing:
    """What can be pointed at: places in the plot `window`, its (least, greatest) x and y, in steps of that size from
    the least.  `names` are those of x and y.

    `heights` has the height at each of them, in one text: from the lowest row to the highest, each from the left.  The
    place under the pointer is told with it, by the `height_name`; without them it is not told.
    """

    window: tuple[tuple[float, float], tuple[float, float]]
    step: float
    names: tuple[str, str]
    heights: str = ""
    height_name: str = ""


def pointing(
    plot: str,
    place: tuple[float, float],
    what: Pointing,
    name: str,
    on_choice: Callable[[tuple[float, float]], None],
    of: Collection[str],
) -> None:
    """The handle at a place of the chart in the container of the key `plot`.

    `name` is what it is called for those who cannot see it; `on_choice` is called with the new place, before the page
    runs again.  There is none while one of the settings `of` a place is hidden or locked.
    """
    if is_fixed(*of):
        return
    key = f"pointing at {plot}"

    def chosen() -> None:
        if at := st.session_state[key].get("chosen"):
            on_choice((float(at[0]), float(at[1])))

    data = {
        "plot": plot.replace(" ", "-"), "place": list(place), "window": what.window, "step": what.step,
        "names": what.names, "heights": what.heights, "heightName": what.height_name,
        "label": _(_HELP, name=name),
    }  # fmt: skip
    _pointer(key=key, data=data, on_chosen_change=chosen)
