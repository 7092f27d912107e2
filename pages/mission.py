"""Missions: a question about small networks, a prediction, and then what happened."""

import streamlit as st

from ui.jobs import results
from ui.missions import words
from ui.missions.card import ask, show_question
from ui.missions.records import MISSIONS
from ui.shell.address import Address, one_of
from ui.shell.page import open_page

results.start_workers()
with open_page("mission"):
    address = Address("mission", beside=False)
    address.later("mission", "", one_of("mission", ["", *MISSIONS]))
    address.write()
    name = st.session_state["mission"]
    if not name:
        for mission in MISSIONS.values():
            st.page_link("pages/mission.py", label=words.title(mission), query_params={"mission": mission.name})
        st.stop()
    mission = MISSIONS[name]
    show_question(mission)
    ask(mission, name, lambda text: None)
