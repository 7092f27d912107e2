"""Files that people choose: they stay in the server's memory, and are gone with their session."""

from functools import wraps

import streamlit as st
from starlette.formparsers import MultiPartParser
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFile, UploadedFileRec

from ui.shell.language import N_, _

MEGABYTES = 10  # `server.maxUploadSize` in .streamlit/config.toml
MOST = 4  # files of one session: each of its uploaders has one
_LOST = N_(
    "The connection was interrupted, and the server no longer has the file that you chose. To use it, choose it again."
)

# Or else Starlette writes what is larger than 1 MiB to a temporary file.
MultiPartParser.spool_max_size = (MEGABYTES + 1) * 2**20
_add_file = MemoryUploadedFileManager.add_file


@wraps(_add_file)
def _add_one_of_few(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Adds a file, and forgets the oldest of a session that has too many: who sends files needs no uploader for it."""
    _add_file(manager, session_id, file)
    for file_id in list(manager.file_storage[session_id])[:-MOST]:
        manager.remove_file(session_id, file_id)


MemoryUploadedFileManager.add_file = _add_one_of_few


def chosen(uploader: str) -> UploadedFile | None:
    """The file in the uploader of that key; None if there is none, or if it is gone."""
    return None if is_lost(uploader) else st.session_state[uploader]


def is_lost(uploader: str) -> bool:
    """Whether the uploader of that key still shows a file that is gone with the session before."""
    return isinstance(st.session_state.get(uploader), DeletedFile)


def say_if_lost(uploader: str) -> None:
    """Below the uploader of that key: that its file has to be chosen again, if it is gone."""
    if is_lost(uploader):
        st.warning(_(_LOST))
