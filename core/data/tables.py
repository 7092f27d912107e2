"""A user's own data: a CSV as it comes (`read_csv`), and the columns chosen from it as a dataset (`table`, `Table`).

Cells are texts until columns are chosen, so what stands in the others does not matter.  What is wrong with the chosen
ones is a `ValueError` that names row and column.  Nothing is written anywhere.
"""

import csv
import hashlib
import io
import pickle
import re
import reprlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from unicodedata import category

import numpy as np

from .. import limits
from ..registry import look_up

if TYPE_CHECKING:
    import pandas as pd

SEPARATORS = ",;\t"
LABELS = {"label", "class", "target", "species", "y"}  # what label columns are often called
NAMED = 3  # faulty cells in an error's message


@dataclass(frozen=True)
class Table:
    """Samples and their classes: hashable, picklable, and checked, wherever they come from.

    `X` is n rows with one number for each of `feature_names`; `y` is n whole numbers from 0, places in `class_names`.
    Lists and arrays become tuples.  Raises `ValueError` for what is outside `core.limits`, for other shapes, and for a
    feature with one value in all rows.
    """

    feature_names: tuple[str, ...]
    class_names: tuple[str, ...]
    X: tuple[tuple[float, ...], ...]
    y: tuple[int, ...]

    def __post_init__(self) -> None:
        feature_names, class_names = _names("feature", self.feature_names), _names("class", self.class_names)
        features = limits.check("the number of features", len(feature_names), limits.FEATURES)
        classes = limits.check("the number of classes", len(class_names), limits.CLASSES)
        X, y = np.asarray(self.X), np.asarray(self.y)
        if X.dtype.kind not in "iuf" or y.dtype.kind not in "iu":
            raise ValueError("X must contain only numbers, and y only whole numbers")
        X = X.astype(float)
        if y.ndim != 1 or X.shape != (len(y), features):
            raise ValueError(f"X has shape {X.shape} and y {y.shape}, and must have (n, {features}) and (n,)")
        limits.check("the number of rows", len(y), limits.SAMPLES)
        for row, column in np.argwhere(_is_outside(X)):
            limits.check(f"X[{row}][{column}]", X[row, column].item(), limits.VALUE)
        if y.min() < 0 or y.max() >= classes:
            raise ValueError(f"y goes from {y.min()} to {y.max()}, and must lie between 0 and {classes - 1}")
        for name, samples in zip(class_names, np.bincount(y, minlength=classes).tolist()):
            limits.check(f"the number of rows of class {name!r}", samples, limits.CLASS_SAMPLES)
        for name, spread in zip(feature_names, np.ptp(X, axis=0)):
            if spread == 0:
                raise ValueError(f"feature {name!r} has the same value in every row, so it cannot separate classes")
        plain = (feature_names, class_names, tuple(map(tuple, X.tolist())), tuple(y.tolist()))
        for field, value in zip(("feature_names", "class_names", "X", "y"), plain):
            object.__setattr__(self, field, value)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Found once: caches ask for it again and again."""
        return hash((self.feature_names, self.class_names, self.X, self.y))

    @cached_property
    def digest(self) -> str:
        """Of the contents: the same for equal tables, in every process, and different for different ones."""
        contents = pickle.dumps((self.feature_names, self.class_names, np.array(self.X).tobytes(), self.y))
        return hashlib.sha256(contents).hexdigest()

    def __getstate__(self) -> dict:
        """Without the hash: that of a text is another one in each process."""
        return {field: value for field, value in vars(self).items() if field != "_hash"}

    def __repr__(self) -> str:
        features, classes = reprlib.repr(self.feature_names), reprlib.repr(self.class_names)
        return f"Table({len(self.y)} rows, {len(self.feature_names)} features {features}, classes {classes})"


def read_csv(content: bytes) -> "pd.DataFrame":
    """The cells of a CSV as a pandas frame of texts, whose index numbers the rows as a spreadsheet does: the header is
    row 1.

    Of comma, semicolon and tab, the separator is the one that the header has most of.  Rows with nothing in them are
    left out, and a column without a name is called by its place.  Raises `ValueError` for what is no CSV of that kind,
    has no header, or is outside `core.limits`.
    """
    import pandas as pd

    if len(content) > limits.CSV_BYTES:
        raise ValueError(f"the file has {len(content):,} bytes, and the limit is {limits.CSV_BYTES:,}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"the file is not UTF-8 text (byte {error.start:,}): save it as CSV in UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), skipinitialspace=True, strict=True)
    try:
        rows = {number: row for number, row in enumerate(reader, start=1) if any(cell.strip() for cell in row)}
    except csv.Error as error:
        raise ValueError(f"the file is not a valid CSV: {error} (line {reader.line_num})") from error
    if not rows:
        raise ValueError("the file is empty")
    names = _header(rows.pop(min(rows)))
    for number, row in rows.items():
        if len(row) != len(names):
            raise ValueError(f"row {number} has {len(row)} cells, but the header has {len(names)}")
    limits.check("the number of rows below the header", len(rows), limits.SAMPLES)
    return pd.DataFrame(list(rows.values()), index=pd.Index(rows, name="row"), columns=names)


def suggest_columns(frame: "pd.DataFrame") -> tuple[list[str], str]:
    """A first choice of (features, label) from a frame of `read_csv`; what is wrong with it, `table` says.

    The label is the last column that is called like one, else the last that could be one: with few different values, or
    else with texts.  Features are all other columns that hold numbers for the most part, as many as may be, but for
    those that only count the rows, which would tell the class of sorted data.
    """
    cells = _cells(frame)
    numbers = _numbers(cells)
    is_numeric, is_filled = _is_outside(numbers).mean() < 0.5, (cells != "").all()  # a few faults `table` will name
    is_few = is_filled & cells.nunique().between(*limits.CLASSES)
    counts_rows = (numbers.diff().iloc[1:] == 1).all()

    def fitness(name: str) -> tuple[bool, bool, bool]:
        is_likely = is_few[name] or not is_numeric[name]
        return is_likely and name.casefold() in LABELS, is_few[name], is_likely

    label = max(reversed(frame.columns), key=fitness)
    is_telling = is_numeric & (numbers.nunique() > 1) & ~counts_rows
    features = [name for name in frame.columns if is_telling[name] and name != label]
    return features[: limits.FEATURES[1]], label


def table(frame: "pd.DataFrame", features: Sequence[str], label: str) -> Table:
    """The chosen columns of a frame, whose index says what its rows are called.

    Classes are in the order of their numbers if all of them are numbers, else of the alphabet.  Raises `ValueError`:
    for cells with row and column, for the first few of them and how many there are.
    """
    features = _names("feature", features)
    for name in (*features, label):
        look_up("column", frame, name)
    if label in features:
        raise ValueError(f"column {label!r} has the classes, so it cannot be a feature")
    limits.check("the number of features", len(features), limits.FEATURES)
    cells = _cells(frame[[*features, label]])
    numbers = _numbers(cells[list(features)])
    _check_cells(cells, _is_outside(numbers).assign(**{label: cells[label] == ""}))
    names = _sorted(set(cells[label]))
    least, greatest = limits.CLASSES
    if not least <= len(names) <= greatest:
        raise ValueError(
            f"the number of different labels in column {label!r} is {len(names)}, {reprlib.repr(names)}, and must be "
            f"between {least} and {greatest}: this column must give the class of each row"
        )
    return Table(features, tuple(names), numbers.to_numpy(), cells[label].map(names.index).to_numpy())


def _separator(text: str) -> str:
    header = re.sub('"[^"]*"', "", text.strip()).partition("\n")[0]
    return max(SEPARATORS, key=header.count)


def _header(cells: list[str]) -> list[str]:
    """The columns' names; `ValueError` if they are no names."""
    import pandas as pd

    names = [" ".join(cell.split()) or f"column {place}" for place, cell in enumerate(cells, start=1)]
    least, greatest = limits.COLUMNS
    if not least <= len(names) <= greatest:
        raise ValueError(
            f"the number of columns is {len(names)}, and must be between {least} and {greatest:,}: two or more "
            "with numbers and one with classes, separated by commas, semicolons or tabs"
        )
    numbers = pd.to_numeric(pd.Series(names), errors="coerce").dropna()
    # A year may be a name.  One with a fraction is data.
    if len(numbers) == len(names) or not numbers.map(float.is_integer).all():
        raise ValueError(f"the first row is {reprlib.repr(names)}, and must contain the names of the columns")
    name, times = Counter(names).most_common(1)[0]
    if times > 1:
        raise ValueError(f"{times} columns have the name {name!r}, and each must have a different name")
    return names


def _names(kind: str, names: Sequence[str]) -> tuple[str, ...]:
    """As a tuple; `ValueError` if one is no text, empty, or there twice."""
    if isinstance(names, str) or not isinstance(names, Sequence):
        raise ValueError(f"the {kind} names are {reprlib.repr(names)}, and must be a tuple")
    for name in names:
        if not isinstance(name, str) or not name.strip():
            raise ValueError(f"a {kind} name is {reprlib.repr(name)}, and must be a text")
        limits.check(f"the number of characters of the {kind} name {reprlib.repr(name)}", len(name), limits.NAME)
        if any(category(character) in ("Cc", "Cs") for character in name):
            raise ValueError(f"the {kind} name {reprlib.repr(name)} has characters that cannot be shown")
    if len(set(names)) < len(names):
        raise ValueError(f"the {kind} names are {reprlib.repr(names)}, and must all be different")
    return tuple(names)


def _cells(frame: "pd.DataFrame") -> "pd.DataFrame":
    """The frame's cells as texts without spaces around them, "" for a missing one."""
    return frame.astype(str).fillna("").apply(lambda column: column.str.strip())


def _numbers(cells: "pd.DataFrame") -> "pd.DataFrame":
    """The cells as numbers, NaN for texts that are none."""
    import pandas as pd

    return cells.apply(pd.to_numeric, errors="coerce").astype(float)


def _is_outside(numbers: Any) -> Any:
    """Where an array or a frame has no number within the limits."""
    least, greatest = limits.VALUE
    return ~((numbers >= least) & (numbers <= greatest))


def _check_cells(cells: "pd.DataFrame", is_wrong: "pd.DataFrame") -> None:
    """Raises `ValueError` with the first wrong cells."""
    places = np.argwhere(is_wrong.to_numpy())
    if not len(places):
        return
    faults = [f"row {cells.index[i]}, column {cells.columns[j]!r}{_fault(cells.iat[i, j])}" for i, j in places[:NAMED]]
    more = [f"and so on: {len(places)} such cells in total"] if len(places) > NAMED else []
    raise ValueError("; ".join(faults + more))


def _fault(cell: str) -> str:
    import pandas as pd

    if not cell:
        return " is empty"
    least, greatest = limits.VALUE
    between = "" if np.isnan(pd.to_numeric(cell, errors="coerce")) else f" between {least:g} and {greatest:g}"
    return f": {reprlib.repr(cell)} is not a number{between}"


def _sorted(labels: set[str]) -> list[str]:
    names = sorted(labels)
    try:
        return sorted(names, key=float)
    except ValueError:
        return names
