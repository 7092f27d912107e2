"""Points that somebody draws: a text so short that a link can hold it, and the `Table` that is made of it.

Coordinates go from -2.5 to 2.5 in steps of 0.01, so there are 501 columns and rows.  A point is the number of its
place, row * 501 + column from the bottom left corner, in three characters of the URLs' base 64.  The points of class 0
come first, then, behind a full stop, those of class 1, and so on: (0, 0) and (0.29, -0.5) of class 0, and (2.5, 2.5) of
class 1 are "eo8Yh_.9R4".  ui/shell/drawing/points.js reads and writes the same.
"""

import re
import reprlib
from string import ascii_lowercase, ascii_uppercase, digits

import numpy as np

from .. import limits
from ..notes import Note, cut
from .datasets import DatasetSpec
from .loading import samples_of
from .tables import Table

REACH, STEP = 2.5, 0.01
MOST_POINTS = 500
FEATURES = ("x", "y")
LEAST_SPAN, FILLED = 1.0, 0.9  # of a dataset's points: see `fitted`
_TO_ONE, _MIDDLE = 100, 250  # steps to 1, and to an edge; divided by a whole number, 0.29 is just the number 0.29
_SIDE = 2 * _MIDDLE + 1
_CHARACTERS = ascii_uppercase + ascii_lowercase + digits + "-_"
_VALUES = np.zeros(128, int)
_VALUES[[ord(character) for character in _CHARACTERS]] = range(64)
_FORM = re.compile(r"([A-Za-z0-9_-]{3})*(\.([A-Za-z0-9_-]{3})*)*")
_LONGEST = 3 * MOST_POINTS + limits.CLASSES[1] - 1


def text_of(X: np.ndarray, y: np.ndarray) -> str:
    """Points (n, 2) of classes (n,) as a text, class after class; coordinates are rounded to the nearest step.

    Raises `ValueError` for points outside of the square, and for too many points or classes.
    """
    X, y = np.asarray(X, float).reshape(-1, 2), np.asarray(y, int)
    if not (np.abs(X) <= REACH).all():
        raise ValueError(Note("coordinates must lie between {least} and {most}", least=str(-REACH), most=str(REACH)))
    limits.check(Note("the number of points"), len(y), (0, MOST_POINTS))
    limits.check(Note("the number of classes"), int(y.max(initial=0)) + 1, (1, limits.CLASSES[1]))
    columns, rows = (np.rint(_TO_ONE * X).astype(int) + _MIDDLE).T
    places = (rows * _SIDE + columns).tolist()
    classes = [""] * (int(y.max(initial=0)) + 1)
    for place, label in zip(places, y.tolist()):
        classes[label] += _CHARACTERS[place >> 12] + _CHARACTERS[place >> 6 & 63] + _CHARACTERS[place & 63]
    return ".".join(classes)


def points_of(text: str) -> tuple[np.ndarray, np.ndarray]:
    """Points (n, 2) and their classes (n,), from 0, of a text; `ValueError` for what is no text of `text_of`."""
    if len(text) > _LONGEST or not _FORM.fullmatch(text) or text.count(".") >= limits.CLASSES[1] or text.endswith("."):
        raise _no_drawing(text)
    classes = text.split(".")
    values = _VALUES[np.frombuffer("".join(classes).encode(), np.uint8)].reshape(-1, 3)
    places = values @ (64**2, 64, 1)
    if len(places) > MOST_POINTS or (places >= _SIDE**2).any():
        raise _no_drawing(text)
    rows, columns = np.divmod(places, _SIDE)
    X = (np.column_stack([columns, rows]) - _MIDDLE) / _TO_ONE
    return X, np.repeat(np.arange(len(classes)), [len(each) // 3 for each in classes])


def table_of(text: str) -> Table:
    """What is drawn as data; `ValueError` if it is too little to learn, and for what is no drawing."""
    X, y = points_of(text)
    (points, _), (classes, _) = limits.ROWS, limits.CLASSES
    counts = np.bincount(y)
    if len(y) < points or len(counts) < classes:
        raise ValueError(
            Note("at least {points} points and {classes} classes are needed", points=points, classes=classes)
        )
    if not counts.all():
        raise ValueError(Note("class {number} has no points", number=int(counts.argmin())))
    return Table(FEATURES, tuple(map(class_name, range(len(counts)))), tuple(map(tuple, X.tolist())), tuple(y.tolist()))


def text_of_table(table: Table | None) -> str | None:
    """The text that `table_of` makes this very table of; None if there is none."""
    if table is None or table.feature_names != FEATURES or len(table.y) > MOST_POINTS:
        return None
    try:
        text = text_of(np.array(table.X), np.array(table.y))
        return text if table_of(text) == table else None
    except ValueError:
        return None


def text_of_dataset(spec: DatasetSpec) -> tuple[str, tuple[Note, ...]]:
    """The samples of a dataset of two features as a drawing, and what had to be changed for it."""
    X, y = samples_of(spec)
    limits.check(Note("the number of features"), X.shape[1], (2, 2))
    notes = []
    if len(y) > MOST_POINTS:
        notes.append(Note("{most} of the {points} points are taken, at random.", most=MOST_POINTS, points=len(y)))
        kept = _some(y)
        X, y = X[kept], y[kept]
    columns = [*map(fitted, X.T)]
    for name, before, after in zip(FEATURES, X.T, columns):
        if (before != after).any():
            notes.append(Note("{name} is moved and scaled to fit into the square.", name=name))
    if spec.table:
        notes += _renamed(spec.table)
    return text_of(np.column_stack(columns), y), tuple(notes)


def fitted(column: np.ndarray) -> np.ndarray:
    """One coordinate of all points; one that is too far out or too narrow for the square is made to nearly fill it."""
    least, greatest = column.min(), column.max()
    if least >= -REACH and greatest <= REACH and greatest - least >= LEAST_SPAN:
        return column
    return FILLED * REACH * (2 * (column - least) / (greatest - least) - 1)


def class_name(label: int) -> str:
    """What a class is called, as those of the datasets that are made are."""
    return f"class {label}"


def _renamed(table: Table) -> list[Note]:
    """What is called otherwise in a drawing, which has no names of its own."""
    notes = []
    if table.feature_names != FEATURES:
        across, up = map(cut, table.feature_names)
        notes.append(Note("x is {across}, and y is {up}.", across=across, up=up))
    if table.class_names != tuple(map(class_name, range(len(table.class_names)))):
        names = ", ".join(map(cut, table.class_names))
        notes.append(Note("The classes are now class 0, class 1 and so on. Their names were {names}.", names=names))
    return notes


def _some(y: np.ndarray) -> np.ndarray:
    """The places of as many samples as a drawing has, at random with seed 0: of each class its share, one at least."""
    order = np.random.default_rng(0).permutation(len(y))
    is_class = y[order, None] == np.arange(y.max() + 1)
    before = (is_class.cumsum(axis=0) - 1)[is_class]  # how many of its class come before each
    share = before / np.bincount(y)[y[order]]
    return np.sort(order[np.argsort(share, kind="stable")[:MOST_POINTS]])


def _no_drawing(text: str) -> ValueError:
    return ValueError(
        Note(
            "points is {text}, and must be the text of a drawing of at most {most} points and {classes} classes",
            text=reprlib.repr(text), most=MOST_POINTS, classes=limits.CLASSES[1],
        )
    )  # fmt: skip
