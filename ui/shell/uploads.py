"""Files that people choose: they stay in the server's memory, and are gone with their session."""

import streamlit as st
from starlette.formparsers import MultiPartParser

from ui.shell.language import N_, _
from ui.shell.lost import is_file_lost

MEGABYTES = 5  # `server.maxUploadSize` in .streamlit/config.toml
_LOST = N_("The connection was interrupted, and the server no longer has this file. To use it, choose it again.")

# Or else Starlette writes what is larger than 1 MiB to a temporary file.
MultiPartParser.spool_max_size = (MEGABYTES + 1) * 2**20


def say_if_lost(uploader: str) -> None:
    """After the uploader of that key: whether the file that it shows has to be chosen again."""
    if is_file_lost(uploader):
        st.warning(_(_LOST))
