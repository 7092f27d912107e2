"""Files that people choose: they stay in the server's memory, and are gone with their session."""

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile

from ui.shell.language import N_, _

MEGABYTES = 10  # `server.maxUploadSize` in .streamlit/config.toml
NOT_KEPT = "application/x-not-kept"  # type of a file for which there was no room
_LOST = N_(
    "The connection was interrupted, and the server no longer has the file that you chose. To use it, choose it again."
)
_NO_ROOM = N_("The server has no memory left for this file at the moment. Try again later.")

# Or else Starlette writes what is larger than 1 MiB to a temporary file.
MultiPartParser.spool_max_size = (MEGABYTES + 1) * 2**20


def chosen(uploader: str) -> UploadedFile | None:
    """The file in the uploader of that key; None if there is none, or if the server does not have it."""
    return None if is_lost(uploader) or has_no_room(uploader) else st.session_state[uploader]


def is_lost(uploader: str) -> bool:
    """Whether the uploader of that key still shows a file that is gone with the session before."""
    return isinstance(st.session_state.get(uploader), DeletedFile)


def has_no_room(uploader: str) -> bool:
    """Whether the uploader of that key shows a file for which the server had no memory left."""
    return getattr(st.session_state.get(uploader), "type", None) == NOT_KEPT


def say_if_missing(uploader: str) -> None:
    """Below the uploader of that key: why the server does not have the file that it shows, if so."""
    if is_lost(uploader):
        st.warning(_(_LOST))
    if has_no_room(uploader):
        st.error(_(_NO_ROOM))
