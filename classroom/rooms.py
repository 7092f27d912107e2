"""Rooms: all that pages do with them, of one database, which several servers may share."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import URL

from classroom.answering import Answering
from classroom.joining import Joining
from classroom.leading import Leading
from classroom.showing import Showing
from classroom.store import now


class Rooms(Leading, Joining, Answering, Showing):
    """The rooms of a database, by its address, such as `sqlite:////var/rooms.sqlite` or `postgresql://host/name`.

    Each method is one transaction, from any thread.  What is refused raises a `Refused`, and changes nothing.
    """

    def __init__(self, url: str | URL, *, clock: Callable[[], datetime] = now, temporary: bool = False) -> None:
        super().__init__(url, clock=clock, temporary=temporary)
        self.delete_old_rooms()
