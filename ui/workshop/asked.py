"""The questions of a room, which keeps each as a text, and what a participant trains for one."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qs

from core import Experiment
from ui.missions.address import mission_of
from ui.missions.mission import Mission
from ui.missions.outcomes import Cell, experiment_of, part_of


@dataclass(frozen=True)
class Part:
    """What one participant trains: a seed of a mission and, where it has a grid, a cell of that."""

    mission: Mission
    cell: Cell | None
    seed: int
    experiment: Experiment


@lru_cache(maxsize=256)
def mission_asked(text: str) -> Mission:
    """The mission of a question as a room keeps it."""
    return mission_of(parse_qs(text, keep_blank_values=True))


@lru_cache(maxsize=2048)
def part_asked(text: str, number: int) -> Part:
    """What the participant of that number trains for a question as a room keeps it."""
    mission = mission_asked(text)
    cell, seed = part_of(mission, number)
    return Part(mission, cell, seed, experiment_of(mission, seed, cell))
