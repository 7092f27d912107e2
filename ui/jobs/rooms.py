"""The rooms of this server: in the database that `DATABASE_URL` names, else in one file beside the app.

Imports SQLAlchemy when they are first asked for: most visitors never need a room.  A host asks at its start.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from classroom.addresses import is_address
from core.notes import Note
from ui.jobs.once import once

if TYPE_CHECKING:
    from classroom.rooms import Rooms

DATABASE = "DATABASE_URL"  # environment variable
FILE = Path(__file__).parents[2] / "rooms.sqlite"  # where nobody names one

_NO_ADDRESS = Note(
    "The environment variable {name} must be the address of a PostgreSQL (postgresql://user:password@host/name) or of "
    "a file of SQLite (sqlite:////folder/rooms.sqlite). In a password, write signs as in any address: @ as %40.",
    name=DATABASE,
)


def database() -> str:
    """The address that the host gives, or nothing.  Raises `ValueError` for what is no address, and does not repeat it:
    there is a password in it."""
    address = os.environ.get(DATABASE, "").strip()
    if address and not is_address(address):
        raise ValueError(_NO_ADDRESS)
    return address


@once
def rooms() -> "Rooms":
    """The rooms of this server, which all its visitors share."""
    from sqlalchemy import URL

    from classroom.rooms import Rooms

    if url := database():
        return Rooms(url)
    temporary = not _can_be_kept(FILE)
    file = Path(tempfile.mkdtemp(prefix="activation-lab-")) / FILE.name if temporary else FILE
    return Rooms(URL.create("sqlite", database=str(file)), temporary=temporary)


def source() -> str:
    """Where this page's browser is, by whose wrong codes are counted: its address, which a proxy has to pass on."""
    return str(st.context.ip_address or "")  # a test's has something else


def _can_be_kept(file: Path) -> bool:
    """Whether the file, and SQLite's beside it, can be written: tried, for root has the right to where nobody can."""
    try:
        with tempfile.TemporaryFile(dir=file.parent):
            return not file.exists() or os.access(file, os.W_OK)
    except OSError:
        return False
