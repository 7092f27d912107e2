"""Results, votes and rooms that nobody has trained or given: for what is said and drawn of them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import numpy as np

from classroom import AnswerOf, Asked, FoundOf, GoalOf, Participant, Record, Room, State, Votes
from ui.missions.mission import ByHand, Choices, Goal, Mission, Scale
from ui.missions.records import MISSIONS
from ui.workshop.questions import text_of
from ui.workshop.strips import Found, found_in

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)
NONE = "No clear difference"
THREE = {"dataset": "moons", "activations": ["relu", "tanh", "sigmoid"]}


def best(measure: str = "test_accuracy", settings: dict | None = None, **others) -> Mission:
    """Which of three networks is best?"""
    answers = Choices(none=NONE, margin=0.0)
    return Mission(question="Which is best?", settings=settings or THREE, measure=measure, answers=answers, **others)


def how_many() -> Mission:
    """How many of one network's units are dead?"""
    settings = {"dataset": "moons", "activations": ["relu"]}
    return Mission(question="How many?", settings=settings, measure="dead_units", answers=Scale(0, 32, 1, near=4))


def how_accurate() -> Mission:
    """How accurate is one network?"""
    settings, answers = {"dataset": "moons", "activations": ["relu"]}, Choices(bounds=(0.7, 0.9))
    return Mission(question="How accurate?", settings=settings, measure="test_accuracy", answers=answers)


def which_depth() -> Mission:
    """A grid of one network in three cells."""
    settings, cells = {"dataset": "moons", "activations": ["relu"]}, {"layers": (1, 2, 3)}
    return Mission(question="Which?", settings=settings, measure="test_accuracy", answers=Choices(), cells=cells)


def registered(is_it: Callable[[Mission], bool]) -> Mission:
    """The first mission of the registry of which that is true: what no address of one's own can ask."""
    return next(filter(is_it, MISSIONS.values()))


def of_scale() -> Mission:
    return registered(lambda mission: isinstance(mission.answers, Scale))


def of_cells() -> Mission:
    return registered(lambda mission: bool(mission.cells))


def of_goal() -> Mission:
    return registered(lambda mission: isinstance(mission.answers, Goal) and "layers" in mission.free)


def of_weights() -> Mission:
    return registered(lambda mission: isinstance(mission.answers, ByHand))


def results(*values: Sequence[float], cells: Sequence[dict | None] | None = None) -> list[FoundOf]:
    """One participant's after the other."""
    return [
        FoundOf(number, f"kind fox {number}", cells[number] if cells else None, number, tuple(each), None)
        for number, each in enumerate(values)
    ]


def around(people: int, *means: float, spread: float = 0.02, seed: int = 3) -> list[FoundOf]:
    """Those of so many people, around these means."""
    rng = np.random.default_rng(seed)
    return results(*(np.array(means) + spread * rng.standard_normal((people, len(means)))))


def found(mission: Mission, of: list[FoundOf]) -> Found:
    return found_in(mission, of)


def votes(*pairs: tuple[str | None, str | None]) -> Votes:
    """Of people who gave this answer first and that one then; None where they gave none."""
    first, second = (Counter(pair[vote] for pair in pairs if pair[vote] is not None) for vote in (0, 1))
    both = Counter(pair for pair in pairs if None not in pair)
    return Votes(dict(first), dict(second), len(pairs), 0, len(pairs), dict(both))


def asked(
    position: int, mission: Mission, of: list[FoundOf], pairs: Sequence[tuple], goals: Sequence[GoalOf] = ()
) -> Asked:
    """A question that is over."""
    answers = tuple(
        AnswerOf(number, f"kind fox {number}", vote + 1, text, AT)
        for number, pair in enumerate(pairs)
        for vote, text in enumerate(pair)
        if text is not None
    )
    board = tuple(sorted((each for each in goals if each.holds), key=lambda each: each.cost))
    return Asked(
        position, text_of(mission), State.REVEALED, votes(*pairs), answers, tuple(of), tuple(goals), board
    )  # fmt: skip


def record(*questions: Asked, people: int = 3, name: str = "kind fox {}") -> Record:
    """A room with these questions."""
    there = tuple(Participant(number, name.format(number), False, True) for number in range(people))
    texts = tuple(each.text for each in questions)
    room = Room(
        code="ABCDE", version=1, together=True, paused=False, position=0, state=State.REVEALED, questions=texts,
        shows_names=True, admits=True, opened=AT,
    )  # fmt: skip
    return Record(room, there, questions)
