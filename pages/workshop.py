"""Workshop: the leader's page of a room."""

from ui.shell.page import open_page

with open_page("workshop"):
    pass
