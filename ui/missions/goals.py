"""Goals: what an attempt has reached from each of several seeds, and what it costs."""

from collections.abc import Callable
from dataclasses import dataclass

from core import Experiment, History
from core.nn.network import parameter_count
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission
from ui.missions.outcomes import REACHED, right_of
from ui.shell.language import N_, NN_

SEEDS = 5  # of each attempt: one alone may be luck
_UNITS = NN_("{number} hidden unit", "{number} hidden units")
_WEIGHTS = NN_("{number} weight or bias", "{number} weights and biases")


@dataclass(frozen=True)
class Cost:
    """What an attempt pays for: `noun` in the plural, `of` an experiment, and how a number is said."""

    noun: str
    of: Callable[[Experiment], int]
    messages: tuple[str, str]


COSTS = {
    "units": Cost(N_("hidden units"), lambda experiment: sum(experiment.hidden), _UNITS),
    "weights": Cost(N_("weights and biases"), lambda experiment: parameter_count(experiment.sizes), _WEIGHTS),
}


@dataclass(frozen=True)
class Attempt:
    """`values` are what was measured from each seed; `reached` counts those that are good enough."""

    values: tuple[float, ...]
    reached: int
    cost: int

    @property
    def holds(self) -> bool:
        """Whether every seed is good enough."""
        return self.reached == len(self.values)

    @property
    def rank(self) -> tuple[float, int]:
        """Smaller is better: first what more of the seeds reach, then what costs less."""
        return 1 - self.reached / len(self.values), self.cost


def attempt(mission: Mission, history: History) -> Attempt:
    """What the mission's settings have reached, from a history of several seeds: for a worker."""
    measure, runs = MEASURES[mission.measure], history.experiment.runs_by_seed().values()
    values = [tuple(map(float, measure.of(history.select(places)))) for places in runs]
    reached = sum(right_of(mission, each) == REACHED for each in values)
    of_network = tuple(each[mission.answers.network] for each in values)
    return Attempt(of_network, reached, COSTS[mission.answers.cost].of(history.experiment))
