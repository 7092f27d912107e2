"""What a mission's strip has in sight: one loss that has all but exploded would squeeze all other dots together."""

import numpy as np

from ui.missions.measures import MEASURES
from ui.missions.mission import Goal, Mission
from ui.missions.outcomes import Outcome, cells, experiment_of

FAR = 20  # times the middle of the networks: what is further out is said, and not drawn


def most_in_sight(mission: Mission, seen: Outcome) -> float:
    """The largest number that is drawn.

    Of what cannot explode, as a share or a number of epochs, every seed's number is.  Of anything else, what is usual
    is, and above it what is up to `FAR` times the median of the networks' medians (of two, the lower one).
    """
    measure, rows = MEASURES[mission.measure], seen.by_row
    if measure.usual is None:
        return FAR * max([1.0, *rows[np.isfinite(rows)]])
    middles = sorted(middle for middle in map(measure.median, rows) if np.isfinite(middle))
    usual = measure.usual(experiment_of(mission, 0, cells(mission)[0]).dataset.size.classes)
    return max(usual, FAR * middles[(len(middles) - 1) // 2]) if middles else usual


def rule_in_sight(mission: Mission, seen: Outcome, rule: float | None) -> float | None:
    """The rule, if it is drawn: a prediction is, which has a scale, but somebody's own goal may be any number."""
    if rule is not None and isinstance(mission.answers, Goal) and not 0 <= rule <= most_in_sight(mission, seen):
        return None
    return rule
