"""What participants give: answers, what their networks came to, attempts at a goal.

The database decides what is late and what comes twice, not a look beforehand.
"""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from classroom.limits import ANSWER_CHARACTERS, COST, SEEDS_TRIED, SETTINGS_CHARACTERS
from classroom.records import Receipt, State
from classroom.refusals import Late, Twice
from classroom.store import Store, question_of, state_of
from classroom.tables import answers, found, goals
from core.limits import SEED, check

FIRST, SECOND = 1, 2


class Answering(Store):
    """Of `Rooms`: what a participant gives."""

    def answer(self, token: str, position: int, text: str, vote: int | None = None) -> Receipt:
        """Keeps an answer to a question; when this returns, it is on the disk.

        With everybody together, the question that is asked takes a first vote while it is open, and a second one in
        its second round; `vote`, if given, says which of them the page had asked for.  In free mode, each question that
        is not revealed takes a first vote.  Raises `Late`, `Twice`, and `NoRoom` for a forged token.
        """
        bounded("an answer", text, ANSWER_CHARACTERS)
        at = self._clock()
        with self._writing() as connection:
            person, room = self._person(connection, token, lock=True)
            going_on = _vote(connection, room, position)
            if vote not in (None, going_on):
                raise Late
            row = {"person": person.id, "position": position, "vote": going_on, "text": text, "at": at}
            try:
                connection.execute(insert(answers).values(row))
            except IntegrityError:
                raise Twice from None
            self._grow(connection, room)
        return Receipt(going_on, at)

    def own_answers(self, token: str, position: int) -> dict[int, str]:
        """A participant's answers to a question, by vote."""
        with self._reading() as connection:
            person, _ = self._person(connection, token)
            query = select(answers.c.vote, answers.c.text)
            query = query.where(answers.c.person == person.id, answers.c.position == position)
            return {row.vote: row.text for row in connection.execute(query)}

    def keep_found(
        self, token: str, position: int, cell: Mapping | None, seed: int, values: Sequence[float], right: str | None
    ) -> None:
        """Keeps what a participant's networks came to.  The first time counts; it is never late."""
        row = {
            "cell": None if cell is None else as_json("a cell", dict(cell)),
            "seed": check("seed", seed, SEED),
            "values": as_json("values", [float(value) for value in values]),
            "right": None if right is None else bounded("an answer", right, ANSWER_CHARACTERS),
        }
        with self._writing() as connection:
            person, room = self._person(connection, token, lock=True)
            question_of(connection, room, position)
            here = (found.c.person == person.id) & (found.c.position == position)
            if connection.execute(select(found.c.seed).where(here)).first() is None:
                connection.execute(insert(found).values(person=person.id, position=position, **row))
                self._grow(connection, room)

    def keep_goal(self, token: str, position: int, settings: Mapping, cost: float, reached: int, of: int) -> None:
        """Keeps an attempt at a goal, if it is better than the participant's best until now.

        Better is what more of its seeds reached, then what costs less.  What is better raises `Late` where an answer
        would be late; what is kept already does not: a page that was reloaded sends it again.
        """
        attempt = {
            "settings": as_json("settings", dict(settings)),
            "cost": check("cost", cost, COST),
            "of": check("of", of, SEEDS_TRIED),
            "reached": check("reached", reached, (0, of)),
        }
        with self._writing() as connection:
            person, room = self._person(connection, token, lock=True)
            question_of(connection, room, position)
            here = (goals.c.person == person.id) & (goals.c.position == position)
            best = connection.execute(select(goals).where(here)).one_or_none()
            if best and _rank(best.reached, best.of, best.cost) <= _rank(reached, of, cost):
                return
            _vote(connection, room, position)
            if best is None:
                connection.execute(insert(goals).values(person=person.id, position=position, **attempt))
            else:
                connection.execute(update(goals).where(here).values(attempt))
            self._grow(connection, room)


def _vote(connection: Connection, room: Row, position: int) -> int:
    """Which vote a question takes now.  Raises `Late` if none."""
    state = state_of(room, question_of(connection, room, position))
    is_asked = position == room.position or not room.together
    if room.paused or not is_asked or state not in (State.OPEN, State.SECOND):
        raise Late
    return SECOND if state == State.SECOND else FIRST


def _rank(reached: int, of: int, cost: float) -> tuple[float, float]:
    """The share of the seeds that did not reach the goal, then the cost: smaller is better."""
    return 1 - reached / of, cost


def bounded(what: str, text: str, characters: int) -> str:
    """A text as it is, if both databases can keep it.  Raises `ValueError` otherwise."""
    if not isinstance(text, str) or len(text) > characters:
        raise ValueError(f"{what} must be a text of at most {characters:,} characters")
    if "\0" in text or text.encode(errors="ignore").decode() != text:
        raise ValueError(f"{what} has characters that no text has: {text!r:.60}")
    return text


def as_json(what: str, value: object) -> str:
    """Numbers come back to the bit, infinite ones too."""
    return bounded(what, json.dumps(value), SETTINGS_CHARACTERS)
