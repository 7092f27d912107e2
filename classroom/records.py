"""What the store gives: plain records, frozen.  Times are those of UTC, and know it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Of a question: the first vote, the discussion, the second vote, and the results for everybody."""

    OPEN = "open"
    CLOSED = "closed"
    SECOND = "second"
    REVEALED = "revealed"


@dataclass(frozen=True)
class Opened:
    """A new room: what participants type, and what makes its leader the leader.  The secret is said this once."""

    code: str
    secret: str


@dataclass(frozen=True)
class Room:
    """A room as it stands.  `position` is the question that is asked, and `state` its state: None and open before any.
    Where each works freely, a question is open until it is revealed.

    `together`: everybody follows the leader, and else works freely.  `admits`: somebody new may join.
    """

    code: str
    version: int
    together: bool
    paused: bool
    position: int | None
    state: State
    questions: tuple[str, ...]
    shows_names: bool
    admits: bool
    opened: datetime


@dataclass(frozen=True)
class Participant:
    """Somebody in a room, by a number (0, 1, 2, ...) and two words.  `answered`: any question at all."""

    number: int
    name: str
    stuck: bool
    answered: bool


@dataclass(frozen=True)
class Joined:
    """A new participant.  The token makes their browser them; it is said this once."""

    number: int
    name: str
    token: str


@dataclass(frozen=True)
class Member:
    """Whose token it is."""

    code: str
    number: int
    name: str
    stuck: bool


@dataclass(frozen=True)
class Receipt:
    """An answer that is kept: as which vote (1 or 2), and since when."""

    vote: int
    at: datetime


@dataclass(frozen=True)
class Votes:
    """How often each answer was given in the first and in the second vote.

    `ready` are those who have answered in the vote that is going on or was last, or reached the goal.  `pairs` counts
    those who have answered in both, by their first and their second answer.
    """

    first: dict[str, int]
    second: dict[str, int]
    ready: int
    stuck: int
    people: int
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerOf:
    """A participant's answer in one vote."""

    number: int
    name: str
    vote: int
    text: str
    at: datetime


@dataclass(frozen=True)
class FoundOf:
    """What a participant's networks came to.  The name is empty where names are not shown."""

    number: int
    name: str
    cell: Mapping[str, object] | None
    seed: int
    values: tuple[float, ...]
    right: str | None


@dataclass(frozen=True)
class GoalOf:
    """A participant's best attempt at a goal: it holds if it was reached from all seeds."""

    number: int
    name: str
    settings: Mapping[str, object]
    cost: float
    reached: int
    of: int

    @property
    def holds(self) -> bool:
        """Whether it was reached from all seeds."""
        return self.reached == self.of


@dataclass(frozen=True)
class Shown:
    """What everybody may see of a question: no votes, nothing found and an empty board until it is revealed."""

    votes: Votes | None
    found: tuple[FoundOf, ...]
    board: tuple[GoalOf, ...]


@dataclass(frozen=True)
class Asked:
    """All that came of one question; the board has the attempts that hold, `goals` every participant's best."""

    position: int
    text: str
    state: State
    votes: Votes
    answers: tuple[AnswerOf, ...]
    found: tuple[FoundOf, ...]
    goals: tuple[GoalOf, ...]
    board: tuple[GoalOf, ...]


@dataclass(frozen=True)
class Record:
    """A whole room, for its leader."""

    room: Room
    participants: tuple[Participant, ...]
    asked: tuple[Asked, ...]
