"""All missions as a list, and the way from one to the next."""

import streamlit as st

from ui.missions import words
from ui.missions.mission import Mission
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES
from ui.shell.address import go_to
from ui.shell.language import N_, _
from ui.shell.page import PAGES

INTRODUCTION = N_(
    "Most missions ask what small networks will do. **You predict first**, then you see what happened with ten seeds, "
    "and why. People who predict first understand more than people who only watch."
)
_NEXT = N_("Next mission: {title}")
_ALL = N_("All missions")


def in_order() -> list[Mission]:
    """All missions: first those of the shortest sequence, then what the longer ones add, then the rest."""
    names = [step.mission for sequence in SEQUENCES.values() for step in sequence.steps]
    return [MISSIONS[name] for name in dict.fromkeys([*names, *MISSIONS])]


def show_missions() -> None:
    """A card for each."""
    st.markdown(_(INTRODUCTION))
    with st.container(horizontal=True, key="missions"):
        for mission in in_order():
            with st.container(border=True, width=320, key=f"card {mission.name}"):
                _open(mission, words.title(mission))
                st.markdown(words.question(mission))


def go_on(mission: Mission) -> None:
    """The way to the next mission, and to all."""
    following = in_order()
    place = following.index(mission) + 1 if mission in following else 0
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.button(_(_ALL), key="all missions", icon=PAGES["mission"].icon, on_click=go_to, args=[{}])
        if place < len(following):
            _open(following[place], _(_NEXT, title=words.title(following[place])))


def _open(mission: Mission, label: str) -> None:
    """A button, because the address of a page is not read again after a link to the same page."""
    st.button(
        label, key=f"open {mission.name}", icon=":material/arrow_forward:", on_click=go_to,
        args=[{"mission": mission.name}],
    )  # fmt: skip
