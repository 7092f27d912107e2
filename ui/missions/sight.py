"""What a mission's strip has in sight: one loss that has all but exploded would squeeze all other dots together."""

import numpy as np

from ui.missions.measures import MEASURES
from ui.missions.mission import Goal, Mission
from ui.missions.outcomes import Outcome, cells, experiment_of

FAR = 20  # times the middle of the networks: what is further out is said, and not drawn
ROOM = 2  # times as far all is drawn, if nothing is further out: to leave it out would make no room


def most_in_sight(mission: Mission, seen: Outcome) -> float:
    """The largest number that is drawn.

    Of what cannot explode, as a share or a number of epochs, every seed's number is.  Of anything else, what is usual
    is, and above it what is up to `FAR` times the median of the networks' medians (of two, the lower one); see `ROOM`.
    """
    measure, rows = MEASURES[mission.measure], seen.by_row
    largest = max(rows[np.isfinite(rows)], default=0.0)
    if measure.usual is None:
        return FAR * max(1.0, largest)
    middles = sorted(middle for middle in map(measure.median, rows) if np.isfinite(middle))
    usual = measure.usual(experiment_of(mission, 0, cells(mission)[0]).dataset.size.classes)
    most = max(usual, FAR * middles[(len(middles) - 1) // 2]) if middles else usual
    return max(most, largest) if largest <= ROOM * most else most


def rule_in_sight(mission: Mission, seen: Outcome, rule: float | None) -> float | None:
    """The rule, if it is drawn: a prediction is, which has a scale, but somebody's own goal may be any number."""
    if rule is not None and isinstance(mission.answers, Goal) and not 0 <= rule <= most_in_sight(mission, seen):
        return None
    return rule
