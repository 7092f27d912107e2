"""Whom a leader removes: chosen from a list that says who has given no answers, and spared who has given one since."""

from collections.abc import Collection

import streamlit as st

from classroom import Participant, Room
from ui.jobs.rooms import rooms
from ui.shell.boxes import choose
from ui.shell.experiments import listed
from ui.shell.fixed import CHOOSE
from ui.shell.language import N_, NN_, _, plural
from ui.workshop import leading
from ui.workshop.names import shown

_KNOWN = "chosen with answers"  # key of the session's state: whom the list had with answers when they were chosen
_HELP = N_(
    "People in the order in which they joined. Their answers and results are deleted with them. Participants read "
    "their name on their own page."
)
_REMOVE = NN_("Remove {number} person", "Remove {number} people")
_NOT_ANSWERED = N_("{name} (no answers)")
_SPARED = N_(
    "**Not removed: {names}.** They have answered meanwhile. To remove them with their answers, choose them again."
)


def offer_to_remove(secret: str, room: Room) -> None:
    """With the door closed only: whoever is removed could come in again."""
    there = {each.number: each for each in rooms().participants(room.code)}
    key = f"people to remove of {len(there)}"
    seen = [key, {number for number in there if there[number].answered}, st.session_state.get(key, [])]
    chosen = choose(
        st.multiselect, _("People to remove"), list(there), format_func=lambda number: _label(there[number]),
        key=key, help=_(_HELP), placeholder=_(CHOOSE), filter_mode="contains", on_change=_note, args=seen,
    )  # fmt: skip
    known = st.session_state[_KNOWN] = st.session_state.get(_KNOWN, set()) & {*chosen}
    st.button(
        plural(*_REMOVE, len(chosen)), key="remove", icon=":material/person_remove:", disabled=not chosen,
        on_click=leading.remove, args=[secret, chosen, {*chosen} - known, key],
    )  # fmt: skip
    if spared := [shown(there[number].name) for number in leading.spared() if number in there]:
        st.warning(_(_SPARED, names=listed(spared)))


def _note(key: str, answered: Collection[int], before: Collection[int]) -> None:
    """Who is newly chosen as one who has answered: by the list that was in sight, not by that of this run."""
    st.session_state[_KNOWN] |= {*st.session_state[key]}.difference(before).intersection(answered)


def _label(person: Participant) -> str:
    name = shown(person.name)
    return name if person.answered else _(_NOT_ANSWERED, name=name)
