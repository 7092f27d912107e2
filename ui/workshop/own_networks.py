"""A participant's own networks of a question: trained by the server while people think, and shown with its result.

What is measured of them goes to the room as soon as they are trained; the browser has no part in that.
"""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core import History
from core.analysis.summary import is_never_finite
from ui.charts.boundaries import packed_boundaries, reading_boundaries
from ui.jobs import results
from ui.jobs.limits import limits
from ui.jobs.rooms import rooms
from ui.jobs.words import failed, over
from ui.missions.mission import Mission
from ui.missions.outcomes import Found, found_in
from ui.missions.words import answer
from ui.shell.language import NN_, _, plural
from ui.workshop.live import EVERY
from ui.workshop.own_part import Part

_KEPT = "parts kept by rooms"  # key of the session's state: what this session has handed over
_PENDING = "part that is trained"  # another one: the token, the question's place, and what there is to hand over
_TRAINING = NN_(
    "The server trains your own network meanwhile. You will see it with the result.",
    "The server trains your own networks meanwhile. You will see them with the result.",
)
_SOON = NN_(
    "The server is still training your own network. It comes to this page by itself.",
    "The server is still training your own networks. They come to this page by themselves.",
)


@dataclass(frozen=True)
class Own:
    """What there is to see and to measure in a participant's networks.

    `pictures` are for `show_networks`, and None if no network has a finite state; `reading` says how to read them.
    `right` is the answer that is right by `found`, as it stands on screen; empty if none is."""

    pictures: bytes | None
    reading: str
    epochs: np.ndarray
    found: Found
    right: str


def own(mission: Mission, history: History) -> Own:
    """That of a history of one seed: for a worker."""
    found, pictures = found_in(mission, history), None if is_never_finite(history) else packed_boundaries(history)
    right = "" if found.right is None else answer(mission, found.right)
    return Own(pictures, reading_boundaries(history.experiment), history.epochs, found, right)


def train_own(token: str, position: int, part: Part, is_revealed: bool) -> Own | None:
    """What came of a participant's networks; None while they are trained, which the page then says.

    The room gets what was measured, once.  Before the result nothing is drawn again for that: of a hundred people, each
    would else have a second page to wait for while they vote.
    """
    if sentence := over(limits(), part.experiment):
        st.warning(sentence)
        return None
    st.session_state[_PENDING] = token, position, part
    ready = _ready(part)
    if ready is not None:
        _hand_over(token, position, part, ready)
    if not is_revealed:
        st.caption(plural(*_TRAINING, len(part.experiment.runs)))
    elif ready is None:
        _look_again(part)
    return ready


def hand_over() -> None:
    """Gives the room what was measured, once it is there; draws nothing.  Raises `NoRoom` for who is not in it."""
    if _PENDING not in st.session_state:
        return
    token, position, part = st.session_state[_PENDING]
    if (token, position) in st.session_state.get(_KEPT, ()):
        return  # nobody trains again what a full memory has let go of
    ready = _ready(part)
    if ready is not None:
        _hand_over(token, position, part, ready)


@st.fragment(run_every=EVERY)
def _look_again(part: Part) -> None:
    if _ready(part) is not None:
        st.rerun()
    if error := results.training(part.experiment).error:
        st.error(failed(error))
        st.button(_("Try again"), key="again", on_click=results.train_again, args=[part.experiment])
    else:
        st.caption(plural(*_SOON, len(part.experiment.runs)))


def _ready(part: Part) -> Own | None:
    return results.after_training(own, part.mission, part.experiment)


def _hand_over(token: str, position: int, part: Part, ready: Own) -> None:
    kept = st.session_state.setdefault(_KEPT, set())
    if (token, position) not in kept:
        rooms().keep_found(token, position, part.cell, part.seed, ready.found.values, ready.found.right)
        kept.add((token, position))
