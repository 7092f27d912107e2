"""The environment variables of the app itself, all at once, for who begins with it."""

from ui.jobs.limits import is_public
from ui.jobs.memory import megabytes
from ui.jobs.once import once
from ui.jobs.rooms import database
from ui.jobs.workers import wanted_processes


@once
def check_variables() -> None:
    """Raises `ValueError` with a sentence for one that cannot be what it is: before anything is computed with it."""
    for read in (wanted_processes, megabytes, is_public, database):
        read()
