"""The networks' legend, and what links all that shows a network: pointing at one brings it out everywhere on the page.

It works in the browser alone.  Charts are linked by the parameters of `ui.charts.linked`, and what Vega has drawn tells
its network by the field `network` of its data.  Elements of ours have the attribute `data-network`, and hear by the
document's event `activation-lab:highlight` which network is brought out; null is none.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from ui.shell.components import component
from ui.shell.language import N_, _

_READING = N_(
    "Point at a network to highlight it everywhere. Click it here or in a chart to keep it highlighted; another click "
    "or Escape ends that. Untick a network to hide its curves. Click a picture to see the inside of that network."
)
_SHOWN = N_("Show the curves of {network}")
_legend = component(Path(__file__).parent, "linked")


class Look(Protocol):
    """How a network's line looks: see `ui.charts.palette`."""

    colour: str
    dash: tuple[int, ...]


def network_legend(looks: Mapping[str, Look], key: str, reading: str = "") -> None:
    """A button for each network, by its label, that brings it out, and a tick that hides its curves.

    A page has one of them: it links the page.  `reading` says what it does, if not what it does on Compare.
    """
    networks = [
        {"label": label, "colour": look.colour, "dash": list(look.dash), "shown": _(_SHOWN, network=label)}
        for label, look in looks.items()
    ]
    _legend(key=key, data={"networks": networks, "reading": reading or _(_READING)})
