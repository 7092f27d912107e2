"""What all parts of the store lean on: transactions, whose a token, a secret or a code is, and the room's version.

Whoever changes a room first locks its row, so changes of one room come one after the other, on PostgreSQL too.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import URL, ColumnElement, Connection, Row, Select, select, update

from classroom.database import Database
from classroom.limits import LIFE, POSITION, UNUSED
from classroom.records import State
from classroom.refusals import Forged, NoRoom
from classroom.tables import people, questions, rooms
from core.limits import check

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a code: none that looks like a digit


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Store:
    """A database of rooms.  `temporary`: its host gave it no lasting place, and the rooms go when the server stops."""

    def __init__(self, url: str | URL, *, clock: Callable[[], datetime] = now, temporary: bool = False) -> None:
        self.temporary = temporary
        self._clock = clock
        self._database = Database(url)
        self._reading, self._writing = self._database.reading, self._database.writing

    def dispose(self) -> None:
        """Lets go of the database, for a program that does not end with its rooms."""
        self._database.dispose()

    def _is_over(self) -> ColumnElement[bool]:
        """Of a room, whether it is as good as deleted."""
        at = self._clock()
        is_unused = (rooms.c.people == 0) & rooms.c.position.is_(None)
        return (rooms.c.opened <= at - LIFE) | (is_unused & (rooms.c.opened <= at - UNUSED))

    def _room(self, connection: Connection, which: ColumnElement[bool], lock: bool = False) -> Row:
        """The row of a room; locked until the end of the transaction, if it will be changed."""
        return _only(connection, select(rooms).where(which, ~self._is_over()), lock, NoRoom)

    def _of_code(self, connection: Connection, code: str) -> Row:
        return self._room(connection, rooms.c.code == spelt(code))

    def _led(self, connection: Connection, secret: str, lock: bool = False) -> Row:
        """The room whose leader has this secret."""
        try:
            return self._room(connection, rooms.c.leader == digest(secret), lock)
        except NoRoom:
            raise Forged from None

    def _person(self, connection: Connection, token: str, lock: bool = False) -> tuple[Row, Row]:
        """The participant whose token this is, and their room, which is what is locked: first, for its leader may be
        removing them."""
        theirs = people.c.token == digest(token)
        room = self._room(connection, rooms.c.id == select(people.c.room).where(theirs).scalar_subquery(), lock)
        return _only(connection, select(people).where(theirs), False, NoRoom), room

    def _grow(self, connection: Connection, room: Row, **changes: object) -> None:
        """Says that the room has changed: its version goes up by one."""
        changes["version"] = rooms.c.version + 1
        connection.execute(update(rooms).where(rooms.c.id == room.id).values(changes))


def digest(token: str) -> str:
    """What is kept of a token or a secret.  It is looked up by this: how long that takes says nothing of the token."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def new_token() -> str:
    """A token or a secret that nobody guesses: 32 random bytes, as text."""
    return secrets.token_urlsafe()


def spelt(code: str) -> str:
    """A code as it is kept, however somebody typed it; of what can be no code, nothing."""
    letters = "".join(code[:40].split()).upper()
    return letters if set(letters) <= set(LETTERS) else ""


def question_of(connection: Connection, room: Row, position: int) -> Row:
    """The row of a room's question.  Raises `ValueError` if it has none at that position."""
    here = questions.c.position == check("the position of a question", position, POSITION)
    query = select(questions).where(questions.c.room == room.id, here)
    return _only(connection, query, False, ValueError(f"the room has no question at position {position}"))


def state_of(room: Row, question: Row) -> State:
    """The state of a question as it counts: where each works freely, all that is not revealed takes a first vote."""
    state = State(question.state)
    return state if room.together or state == State.REVEALED else State.OPEN


def _only(connection: Connection, query: Select, lock: bool, missing: Exception | type[Exception]) -> Row:
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise missing
    return row
