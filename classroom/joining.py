"""Participants: who comes in, comes back, takes other words, is stuck."""

from sqlalchemy import ColumnElement, Connection, Row, exists, insert, or_, select, update

from classroom.attempts import Attempts, remember_source
from classroom.limits import PEOPLE
from classroom.records import Joined, Member, Participant
from classroom.refusals import Full, NoRoom, Shut
from classroom.store import digest, new_token
from classroom.tables import answers, goals, people, rooms
from classroom.words import name_of_two_words


class Joining(Attempts):
    """Of `Rooms`: what a participant does besides answering."""

    def join(self, code: str, source: str) -> Joined:
        """A new participant of the room with this code, from somewhere (an address of the internet, or any text).

        Raises `NoRoom` for a wrong code, `TooMany` after too many of them, `Shut`, and `Full`.
        """
        code, token = self.check(code, source), new_token()
        with self._writing() as connection:
            room = self._room(connection, rooms.c.code == code, lock=True)
            if not room.admits:
                raise Shut
            names = _names(connection, room.id)
            if len(names) >= PEOPLE:
                raise Full
            number, name = room.people, name_of_two_words(names)
            connection.execute(
                insert(people).values(room=room.id, number=number, name=name, token=digest(token), stuck=False)
            )
            remember_source(connection, room.id, source)
            self._grow(connection, room, people=number + 1)
        return Joined(number, name, token)

    def participant(self, token: str) -> Member | None:
        """Whose token this is; None if nobody's, or the room's end has come."""
        try:
            with self._reading() as connection:
                person, room = self._person(connection, token)
        except NoRoom:
            return None
        return Member(room.code, person.number, person.name, person.stuck)

    def participants(self, code: str) -> tuple[Participant, ...]:
        """The people of a room, in the order in which they came."""
        with self._reading() as connection:
            return participants_of(connection, self._of_code(connection, code))

    def rename(self, token: str) -> str:
        """Gives a participant other words, and says which."""
        with self._writing() as connection:
            person, room = self._person(connection, token, lock=True)
            name = name_of_two_words(_names(connection, room.id))
            connection.execute(update(people).where(people.c.id == person.id).values(name=name))
            self._grow(connection, room)
        return name

    def stuck(self, token: str, on: bool) -> None:
        """Notes that a participant needs help, or no more."""
        with self._writing() as connection:
            person, room = self._person(connection, token, lock=True)
            other = update(people).where(people.c.id == person.id, people.c.stuck != on)
            if connection.execute(other.values(stuck=on)).rowcount:
                self._grow(connection, room)


def participants_of(connection: Connection, room: Row) -> tuple[Participant, ...]:
    """The people of a room, in the order in which they came."""
    columns = people.c.number, people.c.name, people.c.stuck, has_answered()
    query = select(*columns).where(people.c.room == room.id).order_by(people.c.number)
    return tuple(Participant(*row) for row in connection.execute(query))


def has_answered() -> ColumnElement[bool]:
    """Of people, whether they have given any answer, or an attempt at a goal."""
    return or_(*(exists().where(table.c.person == people.c.id) for table in (answers, goals)))


def _names(connection: Connection, room_id: int) -> set[str]:
    return set(connection.scalars(select(people.c.name).where(people.c.room == room_id)))
