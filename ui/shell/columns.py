"""The columns of `ui.shell.table`, which a worker makes: nothing here knows of Streamlit."""

import math
import sys
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """A column of numbers: its heading, what it means, and a text and a number (None: it has none) for each row."""

    name: str
    heading: str
    meaning: str
    texts: list[str]
    numbers: list[float | None]
    is_usual: bool = True


def sortable(numbers: Iterable[float]) -> list[float | None]:
    """Numbers for `Column`, which JSON can hold: None where there is none, the largest there is for an infinite one."""
    limits = -sys.float_info.max, sys.float_info.max
    return [None if math.isnan(number) else min(max(float(number), limits[0]), limits[1]) for number in numbers]
