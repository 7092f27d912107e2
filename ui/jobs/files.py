"""Files that people choose, as they were sent: few for each session, and within what the server keeps in sum."""

from functools import wraps

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.jobs.memory import memory
from ui.shell.uploads import NOT_KEPT

MOST = 4  # files of one session: each of its uploaders has one

_add_file = MemoryUploadedFileManager.add_file


@wraps(_add_file)
def _add_if_there_is_room(manager: MemoryUploadedFileManager, session_id: str, file: UploadedFileRec) -> None:
    """Adds a file, and forgets the oldest of a session that has too many: who sends files needs no uploader for it.

    A file for which there is no room is added without what was in it, and marked: an answer that refuses it would leave
    the person with a red icon.
    """
    for file_id in list(manager.file_storage[session_id])[: 1 - MOST]:
        manager.remove_file(session_id, file_id)
    memory().files = lambda: manager._total_bytes
    has_room = memory().has_room(len(file.data))
    _add_file(manager, session_id, file if has_room else file._replace(type=NOT_KEPT, data=b""))


MemoryUploadedFileManager.add_file = _add_if_there_is_room
