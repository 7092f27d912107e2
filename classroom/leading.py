"""What a leader does: opens a room, drives its questions, closes it.  A forged secret raises `Forged`."""

import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from classroom import tables
from classroom.answering import bounded
from classroom.attempts import kept_of, remember_source
from classroom.joining import has_answered
from classroom.limits import QUESTION_CHARACTERS, QUESTIONS, ROOMS, ROOMS_OF_SOURCE
from classroom.records import Opened, Room, State
from classroom.refusals import Forged, Full, Moved
from classroom.store import LETTERS, Store, digest, new_token, question_of, state_of
from classroom.tables import people, rooms
from core.limits import check

CODE, CODES_TRIED = 5, 20  # letters; of 500 rooms, one has a new code once in 16,000 times


class Leading(Store):
    """Of `Rooms`: what a leader does."""

    def open(self, questions: Sequence[str], source: str | None = None) -> Opened:
        """A new room with these questions, before the first of them; everybody is together.

        From the leader's `source`, its code goes through whatever else comes from there.  Raises `Full` if there are
        too many rooms, of all or from there.
        """
        check("the number of questions", len(questions), QUESTIONS)
        texts = [bounded("a question", text, QUESTION_CHARACTERS) for text in questions]
        self.delete_old_rooms()
        for _attempt in range(CODES_TRIED):
            opened = Opened("".join(secrets.choice(LETTERS) for _ in range(CODE)), new_token())
            with suppress(IntegrityError):  # another room has this code
                self._keep(opened, texts, source)
                return opened
        raise Full

    def _keep(self, opened: Opened, texts: list[str], source: str | None) -> None:
        row = {
            "code": opened.code, "leader": digest(opened.secret), "version": 1, "together": True, "paused": False,
            "shows_names": False, "admits": True, "people": 0, "opened": self._clock(),
        }  # fmt: skip
        with self._writing() as connection:
            room = connection.scalar(insert(rooms).values(row).returning(rooms.c.id))
            asked = [
                {"room": room, "position": position, "text": text, "state": State.OPEN}
                for position, text in enumerate(texts)
            ]
            connection.execute(insert(tables.questions), asked)
            if _count(connection, rooms) > ROOMS:
                raise Full
            if source is not None:
                remember_source(connection, room, source)
                if _count(connection, tables.sources, tables.sources.c.source == kept_of(source)) > ROOMS_OF_SOURCE:
                    raise Full

    def code_of(self, secret: str) -> str | None:
        """The code of the room whose leader has this secret; None if nobody's."""
        try:
            with self._reading() as connection:
                return self._led(connection, secret).code
        except Forged:
            return None

    def go_to(self, secret: str, position: int, state: State | None = None, seen: Room | None = None) -> None:
        """Asks a question, in one of its states, any of them after any other, or as it was left.

        Where everybody follows to another question, nobody is stuck any more.  Raises `Moved` for a room that is not
        where it was `seen`, if that is given, unless it is there already.
        """
        with self._writing() as connection:
            room = self._led(connection, secret, lock=True)
            question = question_of(connection, room, position)
            state = State(question.state if state is None else state)
            if (room.position, question.state) != (position, state):
                if seen is not None:
                    _check_seen(connection, room, seen)
                asked = tables.questions
                here = (asked.c.room == room.id) & (asked.c.position == position)
                connection.execute(update(asked).where(here).values(state=state))
                if room.together and room.position != position:
                    connection.execute(update(people).where(people.c.room == room.id).values(stuck=False))
                self._grow(connection, room, position=position)

    def pause(self, secret: str, on: bool) -> None:
        """Takes no answers, or takes them again."""
        self._set(secret, paused=on)

    def follow(self, secret: str, together: bool) -> None:
        """Has everybody follow the leader, or work freely."""
        self._set(secret, together=together)

    def show_names(self, secret: str, on: bool) -> None:
        """Shows everybody's names beside what they found, or not."""
        self._set(secret, shows_names=on)

    def admit(self, secret: str, on: bool) -> None:
        """Lets new people in, or nobody; who is in stays in."""
        self._set(secret, admits=on)

    def remove(self, secret: str, numbers: Collection[int], silent: Collection[int] = ()) -> tuple[int, ...]:
        """Removes participants, with all that they gave.  While the room admits people, they may join as new ones.

        Who is taken for `silent`, but has given an answer or an attempt meanwhile, stays: gives their numbers.
        """
        with self._writing() as connection:
            room = self._led(connection, secret, lock=True)
            them = (people.c.room == room.id) & people.c.number.in_(numbers)
            spared = select(people.c.number).where(them, people.c.number.in_(silent), has_answered())
            stay = tuple(connection.scalars(spared.order_by(people.c.number)))
            if connection.execute(delete(people).where(them, people.c.number.not_in(stay))).rowcount:
                self._grow(connection, room)
        return stay

    def close(self, secret: str) -> None:
        """Deletes the room and all that is in it."""
        with self._writing() as connection:
            room = self._led(connection, secret, lock=True)
            connection.execute(delete(rooms).where(rooms.c.id == room.id))

    def delete_old_rooms(self) -> None:
        """Deletes the rooms whose time is over, with all that is in them."""
        with self._writing() as connection:
            connection.execute(delete(rooms).where(self._is_over()))

    def _set(self, secret: str, **values: bool) -> None:
        with self._writing() as connection:
            room = self._led(connection, secret, lock=True)
            if any(room._mapping[name] != value for name, value in values.items()):
                self._grow(connection, room, **values)


def _check_seen(connection: Connection, room: Row, seen: Room) -> None:
    now = room.position, State.OPEN
    if room.position is not None:
        now = room.position, state_of(room, question_of(connection, room, room.position))
    if now != (seen.position, seen.state):
        raise Moved


def _count(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0
