"""All that a mission's page shows of an outcome, made together by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core import History
from core.analysis.repeats import one_of_each
from core.analysis.summary import is_never_finite
from ui.charts.arrow import finished
from ui.charts.boundaries import packed_boundaries, reading_boundaries
from ui.charts.curves import ACCURACIES, accuracy_chart, accuracy_text, automatic_scale, loss_chart, loss_text
from ui.charts.palette import Look, setting_looks
from ui.missions import outcome_words
from ui.missions.charts import reading_strip, strip_chart
from ui.missions.measures import MEASURES
from ui.missions.mission import Mission
from ui.missions.outcomes import Outcome, measured

Drawing = tuple[dict, str]


@dataclass(frozen=True)
class Seen:
    """The outcome; `pictures` of the first seed's networks, None if none of these has a finite state, with how to read
    them; `epochs` are the recorded ones.  `strip` shows every seed's value, and `curve` what is measured over the
    epochs, if that can be drawn; `looks` are those of the networks in it."""

    outcome: Outcome
    pictures: bytes | None
    reading: str
    epochs: np.ndarray
    strip: Drawing
    reading_strip: str
    never: str
    curve: Drawing | None
    looks: dict[str, Look]


def seen(mission: Mission, histories: Sequence[History], shown: int, prediction: float | None) -> Seen:
    """What there is to see of a history of several seeds for each cell; pictures and curve are of the cell at the place
    `shown`, and a number that was predicted is drawn in the strip."""
    history, outcome = histories[shown], measured(mission, histories)
    first = one_of_each(history)
    return Seen(
        outcome=outcome,
        pictures=None if is_never_finite(first) else packed_boundaries(first, opens=False),
        reading=reading_boundaries(first.experiment),
        epochs=history.epochs,
        strip=(finished(strip_chart, mission, outcome, prediction), outcome_words.in_words(mission, outcome)),
        reading_strip=reading_strip(outcome),
        never=outcome_words.never(mission, outcome),
        curve=_curve(history, MEASURES[mission.measure].curve),
        looks=setting_looks(history.experiment),
    )


def _curve(history: History, column: str) -> Drawing | None:
    if not column:
        return None
    if column in ACCURACIES:
        return finished(accuracy_chart, history, column), accuracy_text(history, column)
    return finished(loss_chart, history, column, automatic_scale(history), None, True), loss_text(history, column)
