"""How large a question's words stand on the wall, so that all of it and all answers fit.

The wall's letters grow with the window, so that a line has as many letters in a small window as in a large one: what
has to be smaller follows from the words alone.  How high a window is, the style sheet knows.
"""

import math
from unicodedata import east_asian_width

_WIDE, _NARROW = 0.92, 0.47  # of a letter, on the average: parts of its height
_QUESTION, _QUESTION_LINES = 29, 3  # how wide a line of the question is, in heights of its letters; lines that fit
_VIEW, _VIEW_LINES = 44, 2.6  # the same of what the view is
_ONE_COLUMN, _TWO_COLUMNS, _LINES = 22, 10, 2  # the same of an answer
_MOST_IN_ONE = 5  # answers in one column


def sizes(question: str, view: str, answers: tuple[str, ...]) -> dict[str, float]:
    """For the style sheet: the parts of their usual size that the letters have, and how the answers are arranged.

    `lines` is how many lines the longest answer has at that size.
    """
    columns = 2 if len(answers) > _MOST_IN_ONE else 1
    column = _TWO_COLUMNS if columns > 1 else _ONE_COLUMN
    longest = max(map(width_of, answers), default=0.0)
    lines = min(_LINES, max(1, math.ceil(longest / column)))
    return {
        "question": _shrunk(width_of(question), _QUESTION * _QUESTION_LINES),
        "view": _shrunk(width_of(view), _VIEW * _VIEW_LINES),
        "answers": min(1.0, lines * column / max(longest, 1)),
        "columns": columns,
        "rows": max(1, math.ceil(len(answers) / columns)),
        "lines": lines,
    }


def width_of(text: str) -> float:
    """About how wide a text is in one line, in heights of its letters."""
    return sum(_WIDE if east_asian_width(letter) in "WF" else _NARROW for letter in text)


def _shrunk(width: float, fits: float) -> float:
    """Of half the size, four times as much text has the same room."""
    return min(1.0, math.sqrt(fits / max(width, 1)))
