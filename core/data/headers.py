"""Which rows of a sheet of cells are data: titles, the header with the columns' names, units, and what is left over."""

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from .. import limits
from ..notes import Note, listed
from .cells import TRUTH, clean, is_missing, written
from .tables import numbered

if TYPE_CHECKING:
    import pandas as pd

_NUMERIC = 0.8  # share of a column's filled cells that are numbers
_SURPLUS = 0.1  # share of rows with more cells than the header, up to which they count as faulty


def body(cells: "pd.DataFrame", notes: list[Note]) -> tuple["pd.DataFrame", list[str]]:
    """The rows of data below the columns' names, and which columns had no name."""
    if cells.empty:
        raise ValueError(Note("the file is empty"))
    is_filled = (cells != "").to_numpy() & (cells.map(str).apply(lambda column: column.str.strip()) != "").to_numpy()
    cells, is_filled = cells[is_filled.any(axis=1)], is_filled[is_filled.any(axis=1)]
    if cells.empty:
        raise ValueError(Note("the file is empty"))
    top = _titles(cells, is_filled)
    if top:
        text = listed([str(cells.iloc[row][is_filled[row].argmax()]) for row in range(top)])
        notes.append(Note("Lines above the header, left out: {count} ({text}).", count=top, text=text))
    cells, is_filled = cells[top:], is_filled[top:]
    end = len(cells)
    while end > 5 and is_filled.shape[1] > 2 and is_filled[end - 1].sum() == 1 and is_filled[end - 1][0]:
        end -= 1
    if end < len(cells):
        notes.append(Note("Lines below the table, left out: {count}.", count=len(cells) - end))
        cells, is_filled = cells[:end], is_filled[:end]
    has_header = _has_header(cells)
    head = [str(cell) for cell in cells.iloc[0]] if has_header else [""] * cells.shape[1]
    rows = cells[1:] if has_header else cells
    if has_header:
        head, rows = _aligned(head, rows, notes)
    rows = _without_units(rows, notes) if has_header else rows
    is_empty = (rows == "").all(axis=0).to_numpy() & (len(rows) > 0)
    if named := [name for name, empty in zip(head, is_empty) if empty and name.strip()]:
        notes.append(Note("Columns without any value, left out: {names}.", names=listed(named)))
    if blank := int(is_empty.sum()) - len(named):
        notes.append(Note("Empty columns without a name, left out: {count}.", count=blank))
    head, rows = [name for name, empty in zip(head, is_empty) if not empty], rows.loc[:, ~is_empty]
    names, unnamed = _names(head, notes, has_header)
    if len(names) < limits.COLUMNS[0]:
        raise ValueError(Note("there is only one column, and a table needs one with the classes and one feature"))
    limits.check(Note("the number of columns"), len(names), limits.COLUMNS)
    limits.check(Note("the number of rows"), len(rows), (limits.ROWS[0], limits.FILE_ROWS))
    return rows.set_axis(names, axis=1).rename_axis("row"), unnamed


def _titles(cells: "pd.DataFrame", is_filled: np.ndarray) -> int:
    """How many rows at the top are titles: those with one cell only, the first, those with less than half of the usual
    number of cells, and those with fewer than usual above a row of texts, which is the header."""
    counts = is_filled.sum(axis=1)
    usual = Counter(counts[-500:].tolist()).most_common(1)[0][0]

    def is_title(row: int) -> bool:
        below = cells.iloc[row + 1]
        is_above_header = counts[row] < usual <= counts[row + 1] and all(_kind(cell) == "text" for cell in below)
        return counts[row] * 2 < usual or (counts[row] == 1 and is_filled[row][0]) or is_above_header

    top = 0
    while usual > 1 and top < min(20, len(counts) - 3) and is_title(top):
        top += 1
    return top


def _kind(cell: object) -> str:
    if is_missing(cell):
        return "missing"
    return "number" if not isinstance(cell, str) or written(cell) is not None else "text"


def _is_numeric(column: "pd.Series") -> bool:
    kinds: Counter = Counter()
    for cell, times in Counter(column.iloc[:500]).items():
        kinds[_kind(cell)] += times
    filled = kinds["number"] + kinds["text"]
    return filled > 0 and kinds["number"] >= _NUMERIC * filled


def _has_header(cells: "pd.DataFrame") -> bool:
    """Whether the first row is no data: a text where numbers follow, or texts that never come again in columns whose
    other texts do, or nothing but texts with no row below."""
    first, rest = cells.iloc[0], cells[1:]
    if len(rest) < 1:
        return all(_kind(cell) != "number" for cell in first)
    numeric = [column for column in rest if _is_numeric(rest[column])]
    if any(_kind(first[column]) == "text" for column in numeric):
        return True
    new = repeated = 0
    for column in set(rest) - set(numeric):
        values = Counter(str(cell).strip() for cell in rest[column])
        own = str(first[column]).strip()
        if own and own not in values and (len(values) < len(rest) / 2 or own.casefold() not in TRUTH):
            new += len(values) <= max(2, len(rest) / 2)
        repeated += own in values and own != ""
    return new > 0 and not repeated and (not numeric or new > 0)


def _aligned(head: list[str], rows: "pd.DataFrame", notes: list[Note]) -> tuple[list[str], "pd.DataFrame"]:
    """The header and the rows where they have the same number of cells: R leaves out the name of the rows' names, and
    a comma too many in a row shifts its cells."""
    width = max((place + 1 for place, name in enumerate(head) if name.strip()), default=0)
    if width == len(head):
        return head, rows
    beyond = (rows.iloc[:, width:] != "").any(axis=1)
    if not beyond.any():
        return head, rows
    if width + 1 == len(head) and beyond.mean() > 0.95:
        notes.append(Note("The header has one name less than the rows have cells: the first column has no name."))
        return ["", *head[:width]], rows
    if beyond.mean() <= _SURPLUS:
        notes.append(
            Note(
                "Rows with more cells than the header, left out: {count} of {rows} (first: row {row}).",
                count=int(beyond.sum()), rows=len(rows), row=str(rows.index[beyond.argmax()]),
            )
        )  # fmt: skip
        return head[:width], rows[~beyond].iloc[:, :width]
    return head, rows


def _without_units(rows: "pd.DataFrame", notes: list[Note]) -> "pd.DataFrame":
    """The rows below one that has a text in most of the columns of numbers."""
    if len(rows) < 4:
        return rows
    first, rest = rows.iloc[0], rows[1:]
    kinds = [_kind(first[column]) for column in rest if _is_numeric(rest[column])]
    if "number" in kinds or kinds.count("text") * 2 <= len(kinds):
        return rows
    text = listed([cell for cell in first if str(cell).strip()])
    notes.append(Note("The line below the header has units or notes, and is left out ({text}).", text=text))
    return rest


def _names(head: list[str], notes: list[Note], has_header: bool) -> tuple[list[str], list[str]]:
    """A name for each column, all different, and those that had none."""
    names: list[str] = []
    unnamed, again = [], []
    full = [clean(name) for name in head]
    own_names = _shortened(full)
    for place, name in enumerate(own_names, start=1):
        own = name or f"column {place}"
        free = own if own not in names else numbered(own, lambda text: text in names or text in own_names)
        if free != own and full.count(full[place - 1]) > 1 and name:
            again.append(free)
        if not name:
            unnamed.append(free)
        names.append(free)
    if not has_header:
        notes.append(Note("There is no header: the columns are called {names}.", names=listed(names)))
        return names, []
    if unnamed:
        notes.append(Note("Columns without a name are called by their place: {names}.", names=listed(unnamed)))
    long = [name for name, whole in zip(names, full) if len(whole) > limits.TEXT]
    if long:
        notes.append(
            Note(
                "Names of columns with more than {most} characters were shortened: {names}.",
                most=limits.TEXT, names=listed(long),
            )
        )  # fmt: skip
    if again:
        notes.append(Note("Columns of the same name were numbered: {names}.", names=listed(again)))
    return names, unnamed


def _shortened(names: list[str]) -> list[str]:
    """Names with as many characters as there may be; of those that begin alike, the ends are kept, too."""
    begin = Counter(name[: limits.TEXT].strip() for name in set(names))
    half = limits.TEXT // 2

    def short(name: str) -> str:
        beginning = name[: limits.TEXT].strip()
        if len(name) <= limits.TEXT or begin[beginning] == 1:
            return beginning
        return f"{name[: half - 1]}…{name[-half:]}"

    return [short(name) for name in names]
