"""Cells of a sheet as values: which columns are numbers, how these are written, and what stands for a gap."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import limits
from ..notes import Note, listed
from .cells import TRUTH, Written, clean, evidence, is_missing, likely_decimal, sign_in_doubt, value_with, written

if TYPE_CHECKING:
    import pandas as pd

_FAULTY = 0.2  # share of texts in a column of numbers, up to which they count as gaps
_FAR = 3.0  # a code for a gap is so many times the range of the other values away from them
_NINES = re.compile(r"-?(9{2,}|8{2,}|7{2,})(\.0*)?")
_READ_AS = {
    (",", True): Note("Commas were read as decimal signs: {cell} is {value}."),
    (",", False): Note("Commas were read as signs of thousands: {cell} is {value}."),
    (".", False): Note("Points were read as signs of thousands: {cell} is {value}."),
}
_TOO_LARGE = Note("Numbers of '{name}' that are too large were read as missing: {count}.")
_IN_DOUBT = Note("Two readings are possible in {names}: {cell} was read as {value}, and could be {other}.")
_READ_INSTEAD = {
    (",", True): Note("Read commas as decimal signs instead"),
    (",", False): Note("Read commas as signs of thousands instead"),
    (".", True): Note("Read points as decimal signs instead"),
    (".", False): Note("Read points as signs of thousands instead"),
}


@dataclass(frozen=True)
class Offer:
    """Another reading: what its button says, and the arguments of `read_table` that ask for it."""

    note: Note
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class _Column:
    """The different cells of a column, sorted by what they are, and how often each occurs."""

    name: str
    counts: Counter
    gaps: set[Any] = field(default_factory=set)
    numbers: dict[Any, Written] = field(default_factory=dict)  # of texts; a spreadsheet's numbers are exact
    others: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        for cell in self.counts:
            if is_missing(cell):
                self.gaps.add(cell)
            elif not isinstance(cell, str):
                continue
            elif (number := written(cell)) is not None:
                self.numbers[cell] = number
            else:
                self.others.append(cell)

    def total(self, cells: Any) -> int:
        return sum(self.counts[cell] for cell in cells)

    @property
    def is_truth(self) -> bool:
        return bool(self.others) and len(self.counts) == len(self.others) + len(self.gaps) and all(
            other.strip().casefold() in TRUTH for other in self.others
        )  # fmt: skip

    @property
    def is_numeric(self) -> bool:
        filled = self.counts.total() - self.total(self.gaps)
        different = len(self.counts) - len(self.gaps)
        faults = self.total(self.others)
        return filled > faults and (not faults or (faults <= _FAULTY * filled and different > limits.CLASSES[1]))


def typed(
    cells: "pd.DataFrame", separator: str, decimal: str | None, missing: tuple[float, ...], notes: list[Note]
) -> tuple["pd.DataFrame", list[Offer]]:
    """The frame with values in the place of cells, and offers to read it otherwise; adds to the notes."""
    import pandas as pd

    columns = [_Column(name, Counter(cells[name])) for name in cells]
    numeric = [column for column in columns if column.is_numeric]
    offers: list[Offer] = []
    decimals = _decimals(numeric, separator, decimal, notes, offers)
    values = {}
    for column in columns:
        if column.is_numeric:
            read = value_with(decimals[column.name], decimal is not None)
            value = {cell: read(number) for cell, number in column.numbers.items()}
            value |= {cell: _within(cell) for cell in column.counts if not isinstance(cell, str)}
            lost = column.total(cell for cell in value.keys() - column.gaps if np.isnan(value[cell]))
            if lost:
                notes.append(Note(_TOO_LARGE, name=column.name, count=lost))
            value |= dict.fromkeys((cell for cell, number in value.items() if number in missing), np.nan)
            made = cells[column.name].map(lambda cell, value=value: value.get(cell, np.nan)).astype(float)
            is_whole = made.notna().all() and (made % 1 == 0).all() and (made.abs() < 2**53).all()
            values[column.name] = made.astype("int64") if is_whole else made
        else:
            truth = {cell: TRUTH[cell.strip().casefold()] for cell in column.others} if column.is_truth else {}
            made = cells[column.name].map(
                lambda cell, column=column, truth=truth: None if cell in column.gaps else truth.get(cell, _text(cell))
            )
            values[column.name] = made.astype(bool) if truth and not column.gaps else made.astype(object)
    frame = pd.DataFrame(values, index=cells.index, columns=cells.columns)
    _say(columns, numeric, decimals, notes)
    if missing:
        notes.append(Note("Read as missing: {codes}.", codes=", ".join(f"{code:g}" for code in missing)))
        for code in missing:
            others = tuple(other for other in missing if other != code)
            offers.append(Offer(Note("Read {code} as a number", code=f"{code:g}"), {"missing": others}))
    _far_off_codes(frame, missing, notes, offers)
    return frame, offers


def _within(number: float) -> float:
    return number if limits.VALUE[0] <= number <= limits.VALUE[1] else np.nan


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return clean(cell)[: limits.NAME]


def _decimals(
    numeric: list[_Column], separator: str, decimal: str | None, notes: list[Note], offers: list[Offer]
) -> dict[str, str]:
    """The decimal sign of each column: what it is told, what its own numbers prove, what those of the table prove, or
    what is likelier, with an offer of the other."""
    of_table = evidence(number for column in numeric for number in column.numbers.values())
    found: dict[str, str] = {}
    signs: dict[tuple[str, bool], tuple[str, float]] = {}
    doubtful, other = [], ""
    for column in numeric:
        numbers = list(column.numbers.values())
        own, sign = evidence(numbers), sign_in_doubt(numbers)
        found[column.name] = decimal or own or of_table or (likely_decimal(numbers, separator) if sign else ".")
        if sign and not own and not of_table:
            doubtful.append(column)
            other = other or ("," if found[column.name] == "." else ".")
        for cell, number in column.numbers.items():
            used = found[column.name] if decimal or number.points_to in ("", "?") else number.points_to
            for mark in {",", "."} & set(number.digits):
                signs.setdefault((mark, mark == used), (cell, number.value(used)))
    in_doubt = sign_in_doubt(doubtful[0].numbers.values()) if doubtful else ""
    for (mark, is_decimal), (cell, value) in signs.items():
        if mark != in_doubt and (mark == "," or not is_decimal):  # else the note below says it
            notes.append(Note(_READ_AS[mark, is_decimal], cell=cell.strip(), value=f"{value:.15g}"))
    if doubtful:
        cell, number = next(item for item in doubtful[0].numbers.items() if item[1].points_to == "?")
        here, there = (f"{number.value(sign):.15g}" for sign in (found[doubtful[0].name], other))
        names = listed(column.name for column in doubtful)
        notes.append(Note(_IN_DOUBT, names=names, cell=cell.strip(), value=here, other=there))
        offers.append(Offer(_READ_INSTEAD[in_doubt, in_doubt == other], {"decimal": other}))
    return found


def _say(columns: list[_Column], numeric: list[_Column], decimals: dict[str, str], notes: list[Note]) -> None:
    """What was read as a number, a truth value or a gap though it is written otherwise."""
    with_unit = [column for column in numeric if any(number.has_unit for number in column.numbers.values())]
    if with_unit:
        cell, number = next(item for item in with_unit[0].numbers.items() if item[1].has_unit)
        value = number.value(decimals[with_unit[0].name])
        notes.append(
            Note(
                "Signs of currency and percent were left out in {names}: {cell} is {value}.",
                names=listed(column.name for column in with_unit), cell=cell.strip(), value=f"{value:.15g}",
            )
        )  # fmt: skip
    truth = [column.name for column in columns if column.is_truth]
    if truth:
        notes.append(Note("True counts as 1 and False as 0 in a feature: {names}.", names=listed(truth)))
    spelled: Counter = Counter()
    for column in columns:
        spelled.update({str(gap).strip(): column.counts[gap] for gap in column.gaps if str(gap).strip()})
    if spelled:
        texts = ", ".join(f"'{text}' ({times:,})" for text, times in spelled.most_common(5))
        notes.append(Note("Read as missing: {texts}.", texts=texts))
    for column in numeric:
        if column.others:
            notes.append(
                Note(
                    "Texts among the numbers of '{name}' were read as missing: {count} of {rows} ({texts}).",
                    name=column.name, count=column.total(column.others), rows=column.counts.total(),
                    texts=listed(column.others),
                )
            )  # fmt: skip


def _far_off_codes(frame: "pd.DataFrame", missing: tuple[float, ...], notes: list[Note], offers: list[Offer]) -> None:
    """Names numbers that come again and again far away from all others, and offers to leave them out."""
    found: dict[float, list[str]] = {}
    for name in frame.select_dtypes("number"):
        code = _code_in(frame[name].to_numpy(float))
        if code is not None:
            found.setdefault(code, []).append(name)
    for code, names in found.items():
        times = int((frame[names] == code).sum().sum())
        notes.append(
            Note(
                "{code} is far from all other values of {names}, and occurs {count} times: it is likely a code for "
                "missing, but was read as a number.",
                code=f"{code:g}", names=listed(names), count=times,
            )
        )  # fmt: skip
        offers.append(Offer(Note("Read {code} as missing", code=f"{code:g}"), {"missing": (*missing, code)}))


def _code_in(values: np.ndarray) -> float | None:
    """The least or the greatest value, if it comes more than once and is far from the others or looks like a code."""
    different, times = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(different) < 4:
        return None
    for place, others in ((0, different[1:]), (-1, different[:-1])):
        code, gap = different[place], np.abs(others - different[place]).min()
        far = _FAR / 10 if _NINES.fullmatch(f"{code:.15g}") else _FAR
        if times[place] > 1 and gap > far * max(np.ptp(others), 1e-300):
            return float(code)
    return None
