"""Cells of a sheet as values: which columns are numbers, how these are written, and what stands for a gap."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import limits
from ..notes import Note, listed
from .cells import TRUTH, Written, clean, evidence, likely_decimal, sign_in_doubt, value_with
from .counted import Counted
from .offers import Offer, of_codes, of_gaps

if TYPE_CHECKING:
    import pandas as pd

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
_LEFT_OUT: tuple[tuple[Callable[[Written], bool], Note], ...] = (
    (
        lambda number: number.has_unit,
        Note("Signs of currency and percent were left out in {names}: {cell} is {value}."),
    ),
    (
        lambda number: number.in_brackets,
        Note("Numbers in brackets were read as negative in {names}: {cell} is {value}."),
    ),
    (
        lambda number: number.is_spaced,
        Note("Apostrophes and spaces were read as signs of thousands in {names}: {cell} is {value}."),
    ),
    (
        lambda number: number.has_leading_zeros,
        Note("Leading zeros were left out in {names}: {cell} is {value}."),
    ),
)


def typed(
    cells: "pd.DataFrame",
    separator: str,
    decimal: str | None,
    missing: tuple[float | str, ...],
    kept: tuple[str, ...],
    notes: list[Note],
) -> tuple["pd.DataFrame", list[Offer]]:
    """The frame with values in the place of cells, and offers to read it otherwise; adds to the notes."""
    import pandas as pd

    codes = tuple(code for code in missing if not isinstance(code, str))
    texts = tuple(text for text in missing if isinstance(text, str))
    columns = [Counted(name, Counter(cells[name]), texts, kept) for name in cells]
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
            value |= dict.fromkeys((cell for cell, number in value.items() if number in codes), np.nan)
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
    offers += of_codes(frame, missing, notes) + of_gaps(columns, missing, kept)
    return frame, offers


def _within(number: float) -> float:
    return number if limits.VALUE[0] <= number <= limits.VALUE[1] else np.nan


def _text(cell: Any) -> str:
    if not isinstance(cell, str):
        return str(int(cell)) if float(cell).is_integer() else str(cell)
    return clean(cell)[: limits.NAME]


def _decimals(
    numeric: list[Counted], separator: str, decimal: str | None, notes: list[Note], offers: list[Offer]
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


def _say(columns: list[Counted], numeric: list[Counted], decimals: dict[str, str], notes: list[Note]) -> None:
    """What was read as a number, a truth value or a gap though it is written otherwise."""
    for is_so, template in _LEFT_OUT:
        such = [column for column in numeric if any(map(is_so, column.numbers.values()))]
        if such:
            cell, number = next(item for item in such[0].numbers.items() if is_so(item[1]))
            value = number.value(decimals[such[0].name]) + 0.0  # 0 and not -0
            names = listed(column.name for column in such)
            notes.append(Note(template, names=names, cell=cell.strip(), value=f"{value:.15g}"))
    truth = [column.name for column in columns if column.is_truth]
    if truth:
        notes.append(Note("True counts as 1 and False as 0 in a feature: {names}.", names=listed(truth)))
    long = [column.name for column in columns if any(len(other) > limits.NAME for other in column.others)]
    if long:
        notes.append(
            Note(
                "Texts with more than {most} characters were shortened in {names}.",
                most=limits.NAME, names=listed(long),
            )
        )  # fmt: skip
    spelled: Counter = Counter()
    for column in columns:
        spelled.update({str(gap).strip(): column.counts[gap] for gap in column.gaps if str(gap).strip()})
    if spelled:
        texts = ", ".join(f"'{text}' ({times:,})" for text, times in spelled.most_common(5))
        notes.append(Note("Read as missing: {texts}.", texts=texts))
    saved: Counter = Counter()
    for column in columns:
        if column.note:
            notes.append(column.note)
        else:
            saved.update({cell.strip(): column.counts[cell] for cell in column.saved})
    if saved:
        texts = ", ".join(f"'{text}' ({times:,})" for text, times in saved.most_common(5))
        notes.append(Note("Read as values, not as missing: {texts}.", texts=texts))
    for column in numeric:
        if column.others:
            notes.append(
                Note(
                    "Texts among the numbers of '{name}' were read as missing: {count} of {rows} ({texts}).",
                    name=column.name, count=column.total(column.others), rows=column.counts.total(),
                    texts=listed(column.others),
                )
            )  # fmt: skip
