"""What may be seen: the store decides, not the page.  Nobody but the leader sees votes before they are revealed."""

import json
from collections import Counter

from sqlalchemy import Connection, FromClause, Row, Select, Table, bindparam, func, select, true

from classroom.answering import FIRST, SECOND
from classroom.joining import participants_of
from classroom.records import AnswerOf, Asked, FoundOf, GoalOf, Record, Room, Shown, State, Votes
from classroom.store import Store, question_of, state_of
from classroom.tables import answers, found, goals, people, questions


class Showing(Store):
    """Of `Rooms`: what it tells."""

    def version(self, code: str) -> int:
        """A number that grows with every change of the room.  Raises `NoRoom`, as the others here do."""
        with self._reading() as connection:
            return self._of_code(connection, code).version

    def room(self, code: str) -> Room:
        """The room as it stands."""
        with self._reading() as connection:
            return _room(connection, self._of_code(connection, code))

    def votes(self, secret: str, position: int) -> Votes:
        """How often each answer was given, for the leader at any time."""
        with self._reading() as connection:
            room = self._led(connection, secret)
            return _votes(connection, room, question_of(connection, room, position))

    def found(self, secret: str, position: int) -> tuple[FoundOf, ...]:
        """What everybody's networks came to, for the leader at any time."""
        with self._reading() as connection:
            room = self._led(connection, secret)
            question_of(connection, room, position)
            return _found(connection, room, position)

    def shown(self, code: str, position: int) -> Shown:
        """What everybody may see of a question: nothing before it is revealed; names only if the leader shows them."""
        with self._reading() as connection:
            room = self._of_code(connection, code)
            question = question_of(connection, room, position)
            if question.state != State.REVEALED:
                return Shown(None, (), ())
            names = room.shows_names
            return Shown(
                _votes(connection, room, question),
                _found(connection, room, position, names),
                board_of(_goals(connection, room, position, names)),
            )

    def turnout(self, code: str, position: int) -> tuple[int, int]:
        """How many have answered or reached the goal, of how many people: of the answers themselves, nothing."""
        with self._reading() as connection:
            room = self._of_code(connection, code)
            votes = _votes(connection, room, question_of(connection, room, position))
            return votes.ready, votes.people

    def everything(self, secret: str) -> Record:
        """The whole room, for the leader's report."""
        with self._reading() as connection:
            room = self._led(connection, secret)
            asked = tuple(_asked(connection, room, question) for question in _questions(connection, room))
            return Record(_room(connection, room), participants_of(connection, room), asked)


def board_of(attempts: tuple[GoalOf, ...]) -> tuple[GoalOf, ...]:
    """Those that hold, the cheapest first.  Speed earns nothing."""
    return tuple(sorted((each for each in attempts if each.holds), key=lambda each: (each.cost, each.number)))


def _questions(connection: Connection, room: Row) -> list[Row]:
    query = select(questions).where(questions.c.room == room.id).order_by(questions.c.position)
    return list(connection.execute(query))


def _room(connection: Connection, room: Row) -> Room:
    asked = _questions(connection, room)
    state = State.OPEN if room.position is None else state_of(room, asked[room.position])
    return Room(
        room.code, room.version, room.together, room.paused, room.position, state,
        tuple(question.text for question in asked), room.shows_names, room.admits, room.opened,
    )  # fmt: skip


def _of_question(table: Table, room: Row, position: int) -> Select:
    """The rows of a table about a question, with the number and the name of each participant."""
    query = select(table, people.c.number, people.c.name).join(people, people.c.id == table.c.person)
    return query.where(people.c.room == room.id, table.c.position == position).order_by(people.c.number)


def _votes(connection: Connection, room: Row, question: Row) -> Votes:
    first, second, pairs = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    tally = connection.execute(_TALLY, {"room": room.id, "position": question.position}).all()
    for row in tally:
        if row.first is not None:
            first[row.first] += row.number
        if row.second is not None:
            second[row.second] += row.number
        if None not in (row.first, row.second):
            pairs[row.first, row.second] += row.number
    state = state_of(room, question)
    is_second = state == State.SECOND or (state == State.REVEALED and second)
    ready = sum(row.number for row in tally if row.holds or (row.second if is_second else row.first) is not None)
    stuck = sum(row.number for row in tally if row.stuck)
    there = sum(row.number for row in tally)
    return Votes(dict(first), dict(second), ready, stuck, there, dict(pairs))


def _tally() -> Select:
    """How many people of a `room` have the same first and second answer to the question at a `position`, hold its goal
    or not, and are stuck or not: so that the database counts them, for a page asks whenever somebody has answered."""
    first, second = answers.alias("first"), answers.alias("second")
    columns = (
        first.c.text.label("first"), second.c.text.label("second"),
        (goals.c.reached == goals.c.of).label("holds"), people.c.stuck,
    )  # fmt: skip
    there: FromClause = people
    for table, which in ((first, first.c.vote == FIRST), (second, second.c.vote == SECOND), (goals, true())):
        of_question = (table.c.person == people.c.id) & (table.c.position == bindparam("position"))
        there = there.outerjoin(table, of_question & which)
    query = select(*columns, func.count().label("number")).select_from(there)
    return query.where(people.c.room == bindparam("room")).group_by(*columns)


_TALLY = _tally()  # once: to make it takes longer than to run it


def _answers(connection: Connection, room: Row, position: int) -> tuple[AnswerOf, ...]:
    query = _of_question(answers, room, position).order_by(answers.c.vote)
    return tuple(AnswerOf(row.number, row.name, row.vote, row.text, row.at) for row in connection.execute(query))


def _found(connection: Connection, room: Row, position: int, names: bool = True) -> tuple[FoundOf, ...]:
    return tuple(
        FoundOf(
            row.number, row.name if names else "", row.cell and json.loads(row.cell), row.seed,
            tuple(json.loads(row._mapping["values"])), row.right,
        )
        for row in connection.execute(_of_question(found, room, position))
    )  # fmt: skip


def _goals(connection: Connection, room: Row, position: int, names: bool = True) -> tuple[GoalOf, ...]:
    return tuple(
        GoalOf(
            row.number, row.name if names else "", json.loads(row.settings), row.cost, row.reached, row.of
        )
        for row in connection.execute(_of_question(goals, room, position))
    )  # fmt: skip


def _asked(connection: Connection, room: Row, question: Row) -> Asked:
    position = question.position
    goals_of_it = _goals(connection, room, position)
    return Asked(
        position, question.text, State(question.state), _votes(connection, room, question),
        _answers(connection, room, position), _found(connection, room, position), goals_of_it, board_of(goals_of_it),
    )  # fmt: skip
