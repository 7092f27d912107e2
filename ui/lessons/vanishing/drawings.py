"""All that the page shows of its networks, for a worker: it takes the history once."""

from dataclasses import dataclass

from core import History
from core.lessons.vanishing import chain
from ui.charts.arrow import finished
from ui.charts.curves import TITLES, loss_chart
from ui.lessons.vanishing import words
from ui.lessons.vanishing.charts import norms_chart, norms_text, slopes_chart, slopes_text
from ui.lessons.vanishing.table import columns
from ui.shell.columns import Column
from ui.shell.language import _

Drawing = tuple[dict, str]


@dataclass(frozen=True)
class View:
    """Charts with their texts, how to read those of the slopes, what to notice, the table's columns, and the formula in
    numbers."""

    norms: Drawing
    slopes: Drawing
    loss: Drawing
    reading_slopes: str
    notices: list[str]
    columns: list[Column]
    numbers: str


def view(history: History) -> View:
    """The view of networks that were trained."""
    followed = chain(history)
    return View(
        norms=(finished(norms_chart, history), norms_text(history)),
        slopes=(finished(slopes_chart, history, followed), slopes_text(history, followed)),
        loss=(finished(loss_chart, history, "train_loss"), _(TITLES["train_loss"])),
        reading_slopes=words.reading_slopes(followed),
        notices=words.notices(history, followed),
        columns=columns(history, followed),
        numbers=words.numbers(history, followed),
    )
