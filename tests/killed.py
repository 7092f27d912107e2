"""Tasks that fail, and that kill the process which does them: for tests of workers, which must find them by name."""

import os
import signal
from pathlib import Path


def refuse(value: object) -> None:
    raise ValueError(f"not {value}")


def killed_at_first(record: Path, times: int) -> str:
    """Kills its own process so many times; the record has a line for each attempt."""
    with record.open("a") as file:
        file.write("attempt\n")
    if attempts(record) <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return "result"


def attempts(record: Path) -> int:
    return len(record.read_text().splitlines())
