"""What a participant trains for a question: a seed of their own and, where the mission has a grid, a cell of it."""

from dataclasses import dataclass
from functools import lru_cache

from core import Experiment
from ui.missions.mission import Mission
from ui.missions.outcomes import Cell, experiment_of, part_of
from ui.workshop.questions import mission_in


@dataclass(frozen=True)
class Part:
    """What one participant trains: a seed of a mission and, where it has a grid, a cell of that."""

    mission: Mission
    cell: Cell | None
    seed: int
    experiment: Experiment


@lru_cache(maxsize=2048)
def part_asked(text: str, number: int) -> Part:
    """What the participant of that number trains for a question as a room keeps it."""
    mission = mission_in(text)
    cell, seed = part_of(mission, number)
    return Part(mission, cell, seed, experiment_of(mission, seed, cell))
