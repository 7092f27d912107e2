"""What people have sent is bounded, for one session and in sum."""

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from ui.jobs import files
from ui.jobs.files import MOST
from ui.jobs.memory import TRAININGS, Kept, Memory
from ui.shell.uploads import NOT_KEPT

MB = 1_000_000


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Memory:
    memory = Memory(40)
    monkeypatch.setattr(files, "memory", lambda: memory)
    return memory


@pytest.fixture
def manager() -> MemoryUploadedFileManager:
    return MemoryUploadedFileManager("/upload")


def send(manager: MemoryUploadedFileManager, session: str, name: object, size: int = 1) -> None:
    manager.add_file(session, UploadedFileRec(str(name), "mine.csv", "text/csv", bytes(size)))


def test_a_session_has_few_files(memory, manager):
    for number in range(100):
        send(manager, "one", number)
    send(manager, "another", 0)
    assert list(manager.file_storage["one"]) == [str(number) for number in range(100 - MOST, 100)]
    assert list(manager.file_storage["another"]) == ["0"]
    assert memory.bytes == MOST + 1


def test_many_sessions_together_have_no_more_than_the_server_keeps(memory, manager):
    for number in range(20):
        send(manager, f"session {number}", 0, MB)
    send(manager, "one more", 0)
    assert manager.file_storage["one more"]["0"]._replace(file_id="") == ("", "mine.csv", NOT_KEPT, b"")
    assert memory.bytes == 20 * MB == (1 - TRAININGS) * memory.limit
    with pytest.raises(ValueError, match="no memory left"):
        memory.hold([0])
    manager.remove_session_files("session 0")
    send(manager, "one more", 1)
    assert manager.file_storage["one more"]["1"].data == bytes(1)
    assert memory.bytes == 19 * MB + 1


def test_a_session_that_sends_another_file_needs_room_for_that_alone(memory, manager):
    for number in range(10):
        send(manager, "one", number, 5 * MB)
    assert memory.bytes == MOST * 5 * MB


def test_results_make_room_for_files(memory, manager):
    kept = Kept(memory)
    for number in range(10):
        kept.get(number, lambda: ("a result", 4 * MB))
    send(manager, "one", 0, 10 * MB)
    kept.get("another", lambda: ("a result", 4 * MB))
    assert memory.bytes <= memory.limit
