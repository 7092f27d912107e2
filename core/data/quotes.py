"""Quotation marks that are not closed in their row: each would make one cell of the rows down to the next mark."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..notes import Note
from .cells import written

_LOOKED_AT = 200  # lines
_WORK, _MOST = 10, 20_000  # times the characters of the file may be read; marks that may be left out


def without_unclosed(lines: list[str], separator: str, notes: list[Note]) -> list[str]:
    """The lines without such marks.  Raises `ValueError` if one is not closed and the lines below are no rows."""
    if _are_all_closed(lines, separator):
        return lines
    lines = list(lines)
    looked_at = [line for line in one_by_one(lines[:_LOOKED_AT]) if line.strip()]
    usual = Counter(_shape(line, separator) for line in looked_at).most_common(1)[0][0] if looked_at else ()
    left = _WORK * sum(map(len, lines)) + 1_000_000
    place = row = 0
    found: list[int] = []
    while place < len(lines):
        row += 1
        count = lines_of_record(lines, place, separator) if '"' in lines[place] else 1
        if count != 1:
            record = lines[place : place + count] if count else lines[place:]
            left -= sum(map(len, record))
            is_unclosed = _swallows(record, separator, usual, is_closed=count > 0)
            if left < 0 or len(found) == _MOST or (not is_unclosed and not count):
                raise ValueError(Note("a quotation mark of row {row} is not closed", row=str(row)))
            if is_unclosed:
                lines[place], count = _without_mark(lines[place], separator, len(usual)), 1
                found.append(row)
        place += count
    if found:
        notes.append(
            Note(
                "Quotation marks that are not closed, left out: {count} (first: row {row}).",
                count=len(found), row=str(found[0]),
            )
        )  # fmt: skip
    return lines


def one_by_one(lines: list[str]) -> list[str]:
    """The lines as they can be read each on its own: without their quotation marks where one is without its other."""
    return [line.replace('"', "") if line.count('"') % 2 else line for line in lines]


def _reader(lines: Iterable[str], separator: str, strict: bool = False) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=strict)


def _are_all_closed(lines: list[str], separator: str) -> bool:
    """Whether each line is a row."""
    if not any('"' in line for line in lines):
        return True
    try:
        return sum(1 for _ in _reader((f"{line}\n" for line in [*lines, ""]), separator)) == len(lines) + 1
    except csv.Error:
        return False


def lines_of_record(lines: list[str], place: int, separator: str) -> int:
    """How many lines the row that begins there has; 0 if it has no end."""
    more = (f"{lines[k]}\n" if k < len(lines) else "\n" for k in range(place, len(lines) + 1))
    reader = csv.reader(more, delimiter=separator, skipinitialspace=True)
    try:
        next(reader)
    except csv.Error:  # a cell longer than any is
        return 0
    return reader.line_num if place + reader.line_num <= len(lines) else 0


def _shape(line: str, separator: str) -> tuple[bool, ...]:
    """Which cells of a line are numbers."""
    return tuple(written(cell) is not None for cell in next(_reader([line], separator), []))


def _swallows(lines: list[str], separator: str, usual: tuple[bool, ...], is_closed: bool) -> bool:
    """Whether lines that quotation marks make one row are rows of their own: most look like one."""
    looked_at = [_without_mark(lines[0], separator, len(usual)), *lines[1:_LOOKED_AT]]
    share = sum(_shape(line, separator) == usual for line in looked_at) / len(looked_at)
    try:
        is_valid = is_closed and bool(next(_reader((f"{line}\n" for line in lines), separator, strict=True)))
    except csv.Error:
        is_valid = False
    return len(usual) > 1 and (share >= 0.8 and any(usual) if is_valid else share >= 0.5)


def _without_mark(line: str, separator: str, width: int) -> str:
    """The line without the mark that is not closed in it; without all marks, if that gives another number of cells."""
    for mark in re.finditer(rf'(^|{re.escape(separator)}) *"', line):
        rest = line[: mark.end() - 1] + line[mark.end() :]
        if lines_of_record([rest], 0, separator) == 1 and len(_shape(rest, separator)) == width:
            return rest
    return line.replace('"', "")
