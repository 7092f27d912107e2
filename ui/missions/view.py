"""All that a mission's page shows of an outcome, made together by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core import History
from core.analysis.repeats import one_of_each
from core.analysis.summary import is_never_finite
from ui.charts.arrow import finished
from ui.charts.boundaries import packed_boundaries, reading_boundaries
from ui.charts.curves import ACCURACIES, TITLES, accuracy_chart, automatic_scale, loss_chart
from ui.charts.palette import Look, setting_looks
from ui.missions import outcome_words
from ui.missions.charts import reading_strip, strip_chart
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission
from ui.missions.outcomes import Outcome, measured
from ui.shell.language import N_, _

Drawing = tuple[dict, str]
_OF_SEED = N_("This is the training with seed {seed}.")
_MEDIANS = N_("Line: median of the seeds. Band: lowest to highest.")
_MEDIANS_OF_FINITE = N_("Line: median of the seeds that have not diverged. Band: their lowest to highest.")


@dataclass(frozen=True)
class Seen:
    """The outcome; `pictures` of the first seed's networks, None if none of these has a finite state; `epochs` are the
    recorded ones.  `strip` shows every seed's value, and `curve` what is measured over the epochs, if that can be
    drawn; `looks` are those of the networks in it.  Beside each of them is how to read it."""

    outcome: Outcome
    pictures: bytes | None
    reading: str
    epochs: np.ndarray
    strip: Drawing
    reading_strip: str
    curve: Drawing | None
    reading_curve: str
    looks: dict[str, Look]


def seen(mission: Mission, histories: Sequence[History], shown: int, rule: float | None) -> Seen:
    """What there is to see of a history of several seeds for each cell; pictures and curve are of the cell at the place
    `shown`, and a number that was predicted, or is the goal, is drawn in the strip."""
    history, outcome = histories[shown], measured(mission, histories)
    first = one_of_each(history)
    return Seen(
        outcome=outcome,
        pictures=None if is_never_finite(first) else packed_boundaries(first, opens=False),
        reading=" ".join([_(_OF_SEED, seed=first.experiment.runs[0].seed), reading_boundaries(first.experiment)]),
        epochs=history.epochs,
        strip=(finished(strip_chart, mission, outcome, rule), outcome_words.in_words(mission, outcome)),
        reading_strip=reading_strip(mission, outcome, rule),
        curve=_curve(history, MEASURES[mission.measure].curve),
        reading_curve=_(_MEDIANS_OF_FINITE if (history.diverged_at >= 0).any() else _MEDIANS),
        looks=setting_looks(history.experiment),
    )


def _curve(history: History, column: str) -> Drawing | None:
    if not column:
        return None
    if column in ACCURACIES:
        return finished(accuracy_chart, history, column), _(TITLES[column])
    return finished(loss_chart, history, column, automatic_scale(history), None, True), _(TITLES[column])
