"""What comes out of a mission: the experiments that it is about, and what is measured in them."""

import reprlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from core import Experiment, History, train
from core.analysis.luck import ROUNDING
from core.data.drawing import table_of
from ui.missions.measures import MEASURES, Measure
from ui.missions.mission import ByHand, Choices, Goal, Mission, Scale
from ui.shell.conversion import experiment_for
from ui.shell.labels import DRAWN, setting_labels
from ui.shell.page import PAGES
from ui.shell.settings import query

SEEDS = 10  # of an outcome: for somebody alone, too
REACHED, NOT_REACHED = "1", "0"  # what a seed says of a goal, in the place of an answer
MOST_DIGITS = 24  # of a number that is an answer
Cell = Mapping[str, object]  # settings of Compare by key


@dataclass(frozen=True)
class Found:
    """What one seed gave: a value for each network, and the answer that is right by it.

    None: it says no answer, as where two networks are first, or of one cell of several."""

    values: tuple[float, ...]
    right: str | None


def cells(mission: Mission) -> list[Cell | None]:
    """All cells of its grid in their order; one that is None, of a mission without a grid."""
    return [dict(zip(mission.cells, values)) or None for values in product(*mission.cells.values())]


def part_of(mission: Mission, number: int) -> tuple[Cell | None, int]:
    """The cell and the seed that the participant of that number, from 0, trains: cells in turn, then the next seed."""
    every = cells(mission)
    return every[number % len(every)], number // len(every)


def settings_of(mission: Mission, seed: int = 0, cell: Cell | None = None, seeds: int = 1) -> dict[str, object]:
    """The settings of Compare, by key, that ask for one seed of it, or for several from that on."""
    settings = {**mission.settings, **(cell or {}), "seed": seed, "seeds": seeds}
    return settings | ({"redraw": "everything"} if seeds > 1 else {})


def experiment_of(mission: Mission, seed: int, cell: Cell | None = None, seeds: int = 1) -> Experiment:
    """The experiment of one seed, which draws all: data, split, initial weights.

    One of several seeds, from that on, has the networks of the experiments of each.  Raises `ValueError` for what
    cannot be trained.
    """
    settings = settings_of(mission, seed, cell, seeds)
    if settings.get("dataset") == DRAWN:
        return experiment_for(settings, table_of(settings.get("points", "")))
    return _experiment(tuple((key, tuple(each) if isinstance(each, list) else each) for key, each in settings.items()))


@lru_cache(maxsize=256)  # a page asks for them in every run, and ten seeds of four networks take a millisecond
def _experiment(settings: tuple[tuple[str, object], ...]) -> Experiment:
    return experiment_for(dict(settings))


def link_of(
    mission: Mission, seed: int = 0, cell: Cell | None = None, seeds: int = 1
) -> tuple[str, dict[str, list[str]]]:
    """The page Compare and its address for just these networks."""
    return PAGES["compare"].path, query(settings_of(mission, seed, cell, seeds))


def networks(mission: Mission) -> tuple[str, ...]:
    """What the networks of the view are called on screen, in its order."""
    return tuple(setting_labels(experiment_of(mission, 0, cells(mission)[0])))


def found(mission: Mission, seed: int, cell: Cell | None = None) -> Found:
    """Trains one seed, and measures it: for a worker."""
    return found_in(mission, train(experiment_of(mission, seed, cell)))


def found_in(mission: Mission, history: History) -> Found:
    """The same of a history of that seed."""
    values = tuple(float(value) for value in MEASURES[mission.measure].of(history))
    return Found(values, right_of(mission, values))


def right_of(mission: Mission, values: Sequence[float]) -> str | None:
    """The answer that is right by these values of the networks; None where they say none."""
    answers = mission.answers
    if isinstance(answers, Scale):
        return repr(values[answers.network])
    if isinstance(answers, Goal):
        value, sign = values[answers.network], 1 if MEASURES[mission.measure].largest_wins else -1
        return REACHED if sign * value >= sign * answers.bound else NOT_REACHED
    if isinstance(answers, ByHand) or mission.cells:
        return None
    if answers.bounds:
        if np.isnan(values[answers.network]):  # such as a ratio of two that never get there
            return None
        return str(int(np.searchsorted(answers.bounds, values[answers.network], side="right")))
    return _first(answers, values, MEASURES[mission.measure])


def _first(answers: Choices, values: Sequence[float], measure: Measure) -> str | None:
    """What diverged or never got there is behind all else.  A single network is first wherever it gets there."""
    scores = np.array(values, float) * (1 if measure.largest_wins else -1)
    scores[~np.isfinite(scores)] = -np.inf
    second, first = np.sort([-np.inf, *scores])[-2:]
    if first > second and first - second > answers.margin + ROUNDING:
        return str(scores.argmax())
    is_tied = measure.counted or np.isfinite(first)
    return str(len(values)) if answers.none and is_tied else None


@dataclass(frozen=True)
class Outcome:
    """What several seeds gave together.

    `values` (cells, seeds, networks) is what was measured, `rights` the answer that is right by each seed, and `right`
    the one that most of the seeds give or, of a scale, the median; `holds` counts the seeds that agree with it."""

    values: np.ndarray
    rights: tuple[str | None, ...]
    right: str | None
    holds: int

    @property
    def seeds(self) -> int:
        return len(self.rights)

    @property
    def by_row(self) -> np.ndarray:
        """(row, seed) what was measured: the networks of each cell in turn."""
        return self.values.transpose(0, 2, 1).reshape(-1, self.seeds)


def outcome(mission: Mission, values: np.ndarray) -> Outcome:
    """The outcome of values (cells, seeds, networks), of all cells and of any seeds."""
    answers = mission.answers
    if isinstance(answers, Scale):
        of_seeds = values[0, :, answers.network]
        middle = MEASURES[mission.measure].median(of_seeds)
        rights = tuple(repr(float(value)) for value in of_seeds)
        return Outcome(values, rights, repr(middle), int((np.abs(of_seeds - middle) <= answers.near).sum()))
    rights = tuple(_right_of_cells(mission, values[:, seed]) for seed in range(values.shape[1]))
    right, holds = Counter(rights).most_common(1)[0]
    return Outcome(values, rights, right, holds)


def measured(mission: Mission, histories: Sequence[History]) -> Outcome:
    """The outcome of a history of several seeds for each cell: for a worker."""
    measure = MEASURES[mission.measure]
    by_cell = [
        [measure.of(history.select(runs)) for runs in history.experiment.runs_by_seed().values()]
        for history in histories
    ]
    return outcome(mission, np.array(by_cell, float))


def is_right(mission: Mission, answer: str, right: str | None) -> bool:
    """Whether an answer is the right one or, of a scale, near it."""
    if isinstance(mission.answers, Scale) and right is not None:
        return abs(float(answer) - float(right)) <= mission.answers.near
    return answer == right


def _right_of_cells(mission: Mission, values: np.ndarray) -> str | None:
    """The right answer by the values (cells, networks) of one seed."""
    if not mission.cells:
        return right_of(mission, tuple(values[0]))
    answers, measure = mission.answers, MEASURES[mission.measure]
    of_cells = values[:, answers.network]
    if answers.reach is None:
        return _first(answers, of_cells, measure)
    reached = np.flatnonzero(of_cells >= answers.reach if measure.largest_wins else of_cells <= answers.reach)
    return str(reached[-1]) if len(reached) else str(len(of_cells)) if answers.none else None


def check_answer(mission: Mission, text: str) -> None:
    """Raises `ValueError` for a text that is no answer to the mission."""
    answers = mission.answers
    if isinstance(answers, Goal | ByHand):
        raise ValueError("this mission is a task, and has no answers")
    if isinstance(answers, Scale):
        if not (len(text) <= MOST_DIGITS and answers.low <= float(text) <= answers.high):
            raise ValueError(f"{reprlib.repr(text)} is no number from {answers.low} to {answers.high}")
    elif text not in map(str, range(number_of_answers(mission))):
        raise ValueError(f"{reprlib.repr(text)} is no answer of this mission")


def number_of_answers(mission: Mission) -> int:
    """How many choices there are."""
    answers = mission.answers
    if not isinstance(answers, Choices):
        return 0
    if answers.texts or answers.bounds:
        return len(answers.texts) or len(answers.bounds) + 1
    return len(cells(mission) if mission.cells else networks(mission)) + bool(answers.none)
