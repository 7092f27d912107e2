"""What a leader takes away from a room: its report, and the table of all answers and results."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from ui.jobs.rooms import rooms
from ui.jobs.workers import call
from ui.shell.language import N_, _, speaking, spoken
from ui.workshop.addresses import address_for_others
from ui.workshop.report import report
from ui.workshop.report_table import report_table

_REPORT, _TABLE = N_("Report (HTML)"), N_("All answers and results (CSV)")
_REPORT_HELP = N_(
    "One file with every question, its votes and what the room has found. It needs no network, and prints."
)
_TABLE_HELP = N_("A table with one row for each answer and for each network of each result, with a link to Compare.")


def show_downloads(secret: str, code: str) -> None:
    """A row of downloads; each file is made by a worker when it is asked for, of what is in the room by then."""
    root, name = address_for_others("").rstrip("/"), f"workshop-{code}"

    def of_room(make: Callable, *more: object) -> str | bytes:
        return call(make, rooms().everything(secret), root, *more)

    with st.container(horizontal=True):
        _download(_(_REPORT), lambda: of_room(report, datetime.now(UTC)), f"{name}.html", "text/html", _(_REPORT_HELP))
        _download(_(_TABLE), lambda: of_room(report_table), f"{name}.csv", "text/csv", _(_TABLE_HELP))


def _download(label: str, make: Callable[[], str | bytes], name: str, mime: str, explanation: str) -> None:
    language = spoken()  # that of this page: the file is made in another thread

    def made() -> str | bytes:
        with speaking(language):
            return make()

    st.download_button(
        label, made, name, mime, key=f"download {name}", help=explanation, icon=":material/download:", on_click="ignore"
    )
