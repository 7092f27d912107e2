"""What comes out of missions: each is trained once for all tests of a process, as its page does."""

from functools import cache

from core import History, train
from ui.missions.outcomes import Outcome, cells, experiment_of, measured
from ui.missions.records import MISSIONS

LONG = (
    "units_for_circles", "how_deep_sigmoid", "deep_sigmoid_weights", "deep_sigmoid_optimizer", "near_a_saddle",
    "penalty",
)  # fmt: skip


@cache
def histories(name: str) -> tuple[History, ...]:
    """Of each cell, over the page's ten seeds or, of those that take long, the first five."""
    mission, seeds = MISSIONS[name], 5 if name in LONG else 10
    return tuple(train(experiment_of(mission, 0, cell, seeds)) for cell in cells(mission))


@cache
def outcome_of(name: str) -> Outcome:
    return measured(MISSIONS[name], histories(name))
