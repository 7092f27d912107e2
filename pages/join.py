"""A participant's page: into a room by its code, and through its questions."""

import streamlit as st

from ui.jobs import results
from ui.shell.language import _
from ui.shell.page import open_bare_page
from ui.workshop.joining import entered, token_of
from ui.workshop.live import or_again
from ui.workshop.participant import show_room

results.start_workers()
with open_bare_page("join", _("Room")), or_again():
    member = entered()
    if member is None:
        st.stop()
    show_room(member, token_of(member))
