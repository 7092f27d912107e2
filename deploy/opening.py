"""Opens the rooms of workshops when a hosted server starts, and not only when somebody needs one: that makes their
tables, deletes what is past its time, and shows whether the database is there while there is nobody yet."""

import logging
import time

from classroom.refusals import NewerSchema, Unreachable
from ui.jobs.rooms import DATABASE, database, rooms
from ui.jobs.threads import again_and_again

TRY_AGAIN = 5.0  # seconds after they could not be opened
_log = logging.getLogger("activation_lab")


class Opening:
    """Tries to open the rooms until it has gone well once; `lacks` says in a few words what is not there until then."""

    def __init__(self) -> None:
        self.lacks: str | None = "opening the rooms"
        self._said = ""

    def start(self) -> None:
        """In a thread that nothing waits for, not even the end of the server: a database may be silent for long."""
        again_and_again("opening the rooms", self._try)

    def _try(self) -> bool:
        try:
            rooms()
        except Exception as error:
            self.lacks = "the rooms cannot be opened, and the log says why"
            self._say(error)
            time.sleep(TRY_AGAIN)
            return True
        self.lacks = None
        _log.info("the rooms are open")
        return False

    def _say(self, error: Exception) -> None:
        """In the log, unless it says the same already."""
        where = f"in the database of {DATABASE}" if database() else f"in a file, as {DATABASE} is not set"
        if (why := reason(error)) != self._said:
            self._said = why
            _log.error(
                "the rooms cannot be opened %s, so /ready answers 503; it is tried again every %g s: %s",
                where, TRY_AGAIN, why, exc_info=not isinstance(error, Unreachable | NewerSchema | ImportError),
            )  # fmt: skip


def reason(error: Exception) -> str:
    """What the database's own library says, in one line."""
    of_library = getattr(error.__cause__, "orig", None) or error
    return str(of_library).partition("\n")[0] or type(error).__name__
