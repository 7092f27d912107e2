"""The rooms of this server: in the database that `DATABASE_URL` names, else in one file beside the app.

Imports SQLAlchemy when they are first asked for: most visitors never need a room.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ui.jobs.once import once

if TYPE_CHECKING:
    from classroom.rooms import Rooms

DATABASE = "DATABASE_URL"  # environment variable
FILE = "rooms.sqlite"
FOLDER = Path(__file__).parents[2]


@once
def rooms() -> "Rooms":
    """The rooms of this server, which all its visitors share."""
    from classroom.rooms import Rooms

    if url := os.environ.get(DATABASE):
        return Rooms(url)
    temporary = not _can_be_written(FOLDER)
    folder = Path(tempfile.mkdtemp(prefix="activation-lab-")) if temporary else FOLDER
    return Rooms(f"sqlite:///{folder / FILE}", temporary=temporary)


def _can_be_written(folder: Path) -> bool:
    """Whether files can be made there: root may where the file system is read-only, if one only asks for the rights."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
