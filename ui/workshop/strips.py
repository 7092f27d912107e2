"""A question's results as strips: one for each network and, where a mission has a grid, for each cell of it.

Here is what charts and report share: what stands in each strip, and scales that grow in few steps, so that they stay as
they are while results arrive.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from classroom import FoundOf
from classroom.pooled import Pooled, Summary, pooled
from core.analysis.summary import chance_level
from ui.charts.palette import setting_looks
from ui.missions import words
from ui.missions.measures import MEASURES, Measure
from ui.missions.mission import Choices, Mission, Scale
from ui.missions.outcomes import cells, experiment_of, networks, outcome
from ui.shell.language import N_, _
from ui.shell.numbers import points, rounded, written
from ui.shell.settings import SETTINGS

_OF_CELL = N_("{cell} · {network}")
_STEPS = 1, 1.5, 2, 3, 4, 5, 6, 8, 10  # the ends of scales, times a power of ten
_GOLDEN = 0.618034
FAR = 20  # times the median: what is further out is counted, and not drawn
Packed = str  # results as JSON, which is quick to look up and to send to a worker


@dataclass(frozen=True)
class Result:
    """What one participant's networks gave, without the name: everybody sees the same chart."""

    number: int
    cell: dict | None
    seed: int
    values: tuple[float, ...]


@dataclass(frozen=True)
class Strip:
    """The results of one network, or of one in one cell: its label, its colour, `dots` as number of the participant,
    seed and value, and their summary."""

    label: str
    colour: str
    dots: tuple[tuple[int, int, float], ...]
    summary: Summary


@dataclass(frozen=True)
class Found:
    """All that a room has found about a question.

    `networks` are their labels; without cells, the strips are those of the networks.  `title` says what the labels of
    cells are, unless they say it themselves.  `right` is the right answer by all results, None if there is none, for so
    many of the participants: `holds`.
    """

    measure: Measure
    networks: tuple[str, ...]
    pooled: Pooled
    strips: tuple[Strip, ...]
    has_cells: bool
    cells: int
    title: str
    right: str | None
    holds: int


def packed(found: Iterable[FoundOf]) -> Packed:
    """Results as one text."""
    return json.dumps([[each.number, each.cell and dict(each.cell), each.seed, each.values] for each in found])


def unpacked(text: Packed) -> list[Result]:
    """The results of such a text."""
    return [Result(number, cell, seed, tuple(values)) for number, cell, seed, values in json.loads(text)]


def found_in(mission: Mission, results: Sequence[Result]) -> Found:
    """What these results say of the mission's question."""
    measure, grid = MEASURES[mission.measure], cells(mission)
    experiment = experiment_of(mission, 0, grid[0])
    looks = setting_looks(experiment)
    in_grid = {_key(cell): place for place, cell in enumerate(grid)}
    results = [each for each in results if len(each.values) == len(looks) and _key(each.cell) in in_grid]
    chance, step = [-math.inf] * len(results), 0.0
    if mission.measure == "test_accuracy":  # each participant's seed has its own split
        chance = [chance_level(experiment_of(mission, each.seed, each.cell)) for each in results]
        step = 1 / experiment.dataset.size.test_samples
    together = pooled(results, len(looks), measure.largest_wins, measure.counted, chance, step)
    strips, (title, of_cells) = [], _labels_of_cells(mission)
    for cell, of_cell in zip(grid, of_cells):
        here = [each for each in results if _key(each.cell) == _key(cell)]
        summaries = pooled(here, len(looks), measure.largest_wins, measure.counted).networks
        for place, (network, look) in enumerate(looks.items()):
            dots = tuple((each.number, each.seed, float(each.values[place])) for each in here)
            label = _label(of_cell, network, len(looks))
            strips.append(Strip(label, look.colour, dots, summaries[place]))
    right, holds = _right(mission, results, strips)
    return Found(
        measure, tuple(looks), together, tuple(strips), bool(mission.cells), len(grid), title, right, holds
    )  # fmt: skip


def answers(mission: Mission) -> tuple[str, ...]:
    """The labels of all answers without markup; none of a scale."""
    asked = mission.answers
    if not isinstance(asked, Choices) or asked.texts or asked.bounds or mission.cells:
        return words.answers(mission)
    return (*networks(mission), *([_(asked.none)] if asked.none else []))


def answer(mission: Mission, text: str) -> str:
    """The label of an answer, which is kept as a text."""
    return words.answer(mission, text) if isinstance(mission.answers, Scale) else answers(mission)[int(text)]


def _key(cell: Mapping | None) -> str:
    """A cell as a text: those of the store have lists where others have tuples."""
    return json.dumps(cell and dict(cell), sort_keys=True)


def _labels_of_cells(mission: Mission) -> tuple[str, list[str]]:
    """What the cells are called, and what these names are of: those among the answers, if these are the cells and have
    one setting; nothing without cells."""
    grid = cells(mission)
    if not mission.cells:
        return "", [""]
    asked = mission.answers
    if len(mission.cells) == 1 and isinstance(asked, Choices) and not asked.texts and not asked.bounds:
        (key,) = mission.cells
        return _(SETTINGS[key].label), list(words.answers(mission)[: len(grid)])
    return "", [words.cell(cell) for cell in grid]


def _label(cell: str, network: str, networks: int) -> str:
    return network if not cell else _(_OF_CELL, cell=cell, network=network) if networks > 1 else cell


def middle(strip: Strip, measure: Measure) -> float:
    """What stands for a strip: its mean, or the median of what is counted."""
    return strip.summary.median if measure.counted else strip.summary.mean


def _right(mission: Mission, results: Sequence[Result], strips: Sequence[Strip]) -> tuple[str | None, int]:
    """The right answer and for how many it was: by each participant's networks or, of a grid, by the middle of each
    cell, once every cell has results."""
    if not results:
        return None, 0
    if not mission.cells:
        found = outcome(mission, np.array([[each.values for each in results]], float))
        is_agreed = isinstance(mission.answers, Scale) or 2 * found.holds > len(results)
        return (found.right, found.holds) if is_agreed else (None, 0)
    measure, grid = MEASURES[mission.measure], cells(mission)
    middles = np.array([middle(strip, measure) for strip in strips], float).reshape(len(grid), 1, -1)
    if not all(strip.summary.people for strip in strips):
        return None, 0
    return outcome(mission, middles).right, len(results)


def place_of(number: int) -> float:
    """How far down in a strip a participant's dot stands, from 0 to 1: those of many fill it evenly, and stay where
    they are when others come."""
    return 0.15 + 0.7 * (number * _GOLDEN % 1)


def scale_of(values: Iterable[float], measure: Measure) -> tuple[float, float]:
    """The ends of a scale for these values.

    Shares have steps of ten percent; all else begins at 0.  Of what can explode, as a loss, numbers that are more than
    usual and very far out are left out: see `FAR`.
    """
    numbers = sorted(value for value in values if math.isfinite(value))
    if measure.in_percent:
        if not numbers:
            return 0.0, 1.0
        low, high = math.floor(10 * numbers[0] + 1e-9), math.ceil(10 * numbers[-1] - 1e-9)
        low, high = (low, high) if high - low >= 2 else (min(low, 8), min(low, 8) + 2)
        return low / 10, high / 10
    if not numbers:
        return 0.0, 1.0
    most = math.inf if measure.usual is None else max(measure.usual(2), FAR * numbers[len(numbers) // 2])
    return 0.0, rounded_up(max(each for each in numbers if each <= most))


def scale_in(found: Found) -> tuple[float, float]:
    """The ends of the scale on which all strips are drawn."""
    return scale_of((value for strip in found.strips for _, _, value in strip.dots), found.measure)


def rounded_up(number: float) -> float:
    """The next number that an axis ends at well: `0.03`, `15`, `80`."""
    if not number > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(number))
    return next(step for step in _STEPS if step * power >= number * (1 - 1e-9)) * power


def intervals(found: Found) -> list[tuple[int, float, float, float]]:
    """The looks as they are said: participants, the mean difference of the best network from the closest, and the ends
    of its interval; of a loss the difference is below 0."""
    sign = 1 if found.measure.largest_wins else -1
    return [
        (look.people, sign * look.lead, *sorted((sign * look.low, sign * look.high))) for look in found.pooled.looks
    ]


def difference(number: float, measure: Measure) -> str:
    """A difference, or the end of its interval: shares in percentage points, and without their unit."""
    if math.isinf(number):
        return rounded(number)
    return points(number) if measure.in_percent else written(number, 2)


def difference_scale(found: Found) -> float:
    """How far the scale of differences reaches from 0: as far as the largest of any participant."""
    best, closest = found.pooled.pair
    values = {number: value for number, _, value in found.strips[best].dots}
    return rounded_up(max(abs(values[number] - value) for number, _, value in found.strips[closest].dots))
