"""All missions as a list, and the way from one to the next."""

import streamlit as st

from ui.missions import words
from ui.missions.mission import Mission
from ui.missions.records import MISSIONS
from ui.missions.sequences import SEQUENCES
from ui.shell.address import of_presenting
from ui.shell.language import N_, _
from ui.shell.page import PAGES

INTRODUCTION = N_(
    "Each mission asks what small networks will do. **You predict first**, then you see what happened with ten seeds, "
    "and why. People who predict first understand more than people who only watch."
)
_NEXT = N_("Next mission: {title}")
_ALL = N_("All missions")


def in_order() -> list[Mission]:
    """All missions: first those of the shortest sequence, then what the longer ones add, then the rest."""
    names = [step.mission for sequence in SEQUENCES.values() for step in sequence.steps]
    return [MISSIONS[name] for name in dict.fromkeys([*names, *MISSIONS])]


def show_missions() -> None:
    """A card for each: its title is a link."""
    st.markdown(_(INTRODUCTION))
    with st.container(horizontal=True, key="missions"):
        for mission in in_order():
            with st.container(border=True, width=320, key=f"card {mission.name}"):
                _link(mission, words.title(mission))
                st.markdown(words.question(mission))


def go_on(mission: Mission) -> None:
    """Links to the next mission, and to all."""
    following = in_order()
    place = following.index(mission) + 1 if mission in following else 0
    st.divider()
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        st.page_link(PAGES["mission"].path, label=_(_ALL), icon=PAGES["mission"].icon, query_params=of_presenting())
        if place < len(following):
            _link(following[place], _(_NEXT, title=words.title(following[place])))


def _link(mission: Mission, label: str) -> None:
    st.page_link(
        PAGES["mission"].path, label=label, icon=":material/arrow_forward:",
        query_params={"mission": mission.name} | of_presenting(),
    )  # fmt: skip
