"""All that the page shows of its functions, for a worker: what is found of a function takes a tenth of a second."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ui.charts.arrow import finished
from ui.charts.functions import functions_chart, functions_text
from ui.lessons.activations import words

Drawing = tuple[dict, str]


@dataclass(frozen=True)
class View:
    """The chart with its text and how to read it, both tables in Markdown, and what to notice."""

    chart: Drawing
    reading: str
    formulas: pd.DataFrame
    notices: list[str]
    facts: pd.DataFrame


def view(names: Sequence[str], reach: float) -> View:
    """The view of these functions for z from -reach to reach."""
    return View(
        chart=(finished(functions_chart, names, reach), functions_text(names, reach)),
        reading=words.reading(names, reach),
        formulas=words.formulas_table(names),
        notices=words.notices(names),
        facts=words.facts_table(names),
    )
