"""All that the page shows of its four networks, for a worker: it takes the history once."""

from dataclasses import dataclass

from core import History
from core.lessons.dead_relu import fates
from ui.charts.arrow import finished
from ui.lessons.dead_relu import words
from ui.lessons.dead_relu.charts import fates_chart, fates_text


@dataclass(frozen=True)
class View:
    """The chart of the units with its text, what to notice, and the formula in numbers."""

    units: tuple[dict, str]
    notices: list[str]
    numbers: str


def view(history: History) -> View:
    """The view of networks that were trained."""
    found = fates(history)
    return View(
        units=(finished(fates_chart, history, found), fates_text(history, found)),
        notices=words.notices(history, found),
        numbers=words.gradients(history, found),
    )
