"""A participant's page: into a room by its code, and through its questions."""

from ui.jobs import results
from ui.shell.language import N_
from ui.shell.page import open_bare_page
from ui.shell.speaking import choose_language
from ui.workshop.joining import entered, token_of
from ui.workshop.live import or_again
from ui.workshop.participant import show_room

results.start_workers()
with open_bare_page("join", N_("Room")):
    with or_again():
        member = entered()
        if member:
            show_room(member, token_of(member))
    choose_language()
