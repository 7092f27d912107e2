"""The replay bar: it goes through what is recorded and moves all that is drawn on the page, in the browser alone.

Charts follow it if they have the parameter of `ui.charts.replay`, other elements by the document's event
`activation-lab:record`.  Nothing of it goes to the server.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.shell.components import component
from ui.shell.language import N_, _

_bar = component(Path(__file__).parent, "bar")
# What the browser says, by the noun for what is recorded; it fills in the fields.
_OF_NOUN = {
    "Epoch": {
        "play": N_("Play the training"),
        "shown": N_("Epoch {moment} of {last}"),
        "slider": N_("Epoch shown"),
        "dense": N_("The slider has more positions for early epochs."),
    },
    "Step": {
        "play": N_("Play the steps"),
        "shown": N_("Step {moment} of {last}"),
        "slider": N_("Step shown"),
        "dense": N_("The slider has more positions for early steps."),
    },
}
_TEXTS = {
    "pause": N_("Pause"),
    "back": N_("One step back"),
    "forward": N_("One step forward"),
    "speed": N_("Speed"),
    "loop": N_("Loop"),
    "skip": N_("Go to the replay"),
    "branch": N_("Branch here"),
    "branchHelp": N_("From this epoch, the network goes on in two ways: unchanged, and with a change that you choose."),
    "branching": N_("Network that branches"),
    "keys": N_("Space plays and pauses; the left and right arrow keys go one step."),
}


@dataclass(frozen=True)
class Branching:
    """A button of the bar, for the networks of these names, and a choice of one of them, which the browser keeps.

    `on_choice` is called with the epoch shown and the place of the network, before the page runs again.
    """

    names: Sequence[str]
    on_choice: Callable[[int, int], None]


def replay_bar(
    moments: Sequence[int], key: str, noun: str = "Epoch", autoplay: bool = False, branching: Branching | None = None
) -> None:
    """The bar over the recorded epochs (or steps, by the `noun`), at the last; it stays in sight while its part of the
    page is.  It moves what has as many records.

    With `autoplay` it plays once by itself when somebody visits for the first time, but not for those whose system asks
    for reduced motion.  With `branching`, it has that button.
    """

    def branched() -> None:
        if choice := st.session_state[key].get("branched"):
            branching.on_choice(*map(int, choice))

    texts = {name: _(message) for name, message in (_TEXTS | _OF_NOUN[noun]).items()}
    data = {"moments": [int(moment) for moment in moments], "texts": texts, "autoplay": autoplay}
    if branching is None:
        _bar(key=key, data=data)
    else:
        data |= {"networks": list(branching.names)}
        _bar(key=key, data=data, on_branched_change=branched)
