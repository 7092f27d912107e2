"""The cells of a text file: what separates its columns, which lines are no data, and pandas to read it."""

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from .. import limits
from ..notes import Note
from .cells import is_missing
from .quotes import lines_of_record, one_by_one, without_unclosed
from .workbooks import check_size

if TYPE_CHECKING:
    import pandas as pd

_SEPARATORS = ("\t", ";", "|", ",", " ")  # of two that fit as well, the first
_NAMES = {"\t": Note("tabs"), ";": Note("semicolons"), "|": Note("vertical bars"), " ": Note("spaces")}
_ORDER = re.compile(r'"?sep=(.)"?[\s,;]*')  # what Excel writes as the first line
_SIGNS = ("#", "%", "//")  # of a comment
_COMMENT = re.compile(rf"\s*({'|'.join(_SIGNS)})")
_MOST_LINES = 100  # of one cell that is looked for below what may be a comment
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WHOLE = re.compile(r'"([^"]|"")*[,;\t]([^"]|"")*"')  # a line that is one cell with all others in it
_DECIMALS = re.compile(r"[+\-\u2212]?\d*,\d+([eE][+-]?\d+)?%?")  # a number with a decimal comma
SAMPLE = 200  # lines to find the separator by


def read_cells(text: str) -> tuple["pd.DataFrame", str, list[Note]]:
    """The cells as a frame of texts, "" where there is nothing, whose index numbers the lines as a spreadsheet does;
    the separator, and notes."""
    if len(_CONTROL.findall(text[:100_000])) > max(2, len(text[:100_000]) / 100):
        raise ValueError(Note("the file is not a table: it has bytes that are not text"))
    text = _CONTROL.sub("", text).replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if len(lines) > limits.FILE_ROWS * 2:
        check_size(len(lines), 1)
    notes: list[Note] = []
    separator = None
    if order := _ORDER.fullmatch(lines[0]) or (lines[0].startswith("sep=\t") and re.match(r"sep=(\t)", lines[0])):
        separator, lines[0] = order[1], ""
    filled = [line for line in lines if line.strip()]
    unmarked = [line for line in filled if not _COMMENT.match(line)]
    separator = separator or _separator(unmarked if len(unmarked) > 1 else filled)
    if all(_WHOLE.fullmatch(line) for line in lines if line.strip()):
        lines = [line[1:-1].replace('""', '"') for line in lines]
        separator = _separator(lines)
    lines = _without_comments(lines, separator, notes)
    if separator != " ":  # between spaces, quotation marks are signs like all others
        lines = without_unclosed(lines, separator, notes)
    if separator in _NAMES:
        notes.append(Note("The columns are separated by {separator}.", separator=_NAMES[separator]))
    return _frame("\n".join(lines), separator), separator, notes


def _separator(lines: list[str]) -> str:
    """That which gives most of the lines the same number of cells, two or more."""
    lines = lines[:SAMPLE]
    fits = {separator: max(_fit(lines, separator), _fit(one_by_one(lines), separator)) for separator in _SEPARATORS}
    if fits[" "] >= fits[","] > 0 and _has_decimal_commas(lines):
        fits[","] = 0.0
    return max(_SEPARATORS, key=lambda separator: fits[separator]) if any(fits.values()) else ","


def _fit(lines: list[str], separator: str) -> float:
    """The share of rows with the usual number of cells; 0 if that is one."""
    try:
        widths = Counter(_widths(lines, separator))
    except ValueError:  # a cell that never ends
        return 0.0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    return times / widths.total() if width > 1 else 0.0


def _has_decimal_commas(lines: list[str]) -> bool:
    """Whether all that has a comma is, between spaces, a number with a decimal comma."""
    cells = [cell for line in lines for cell in line.split() if "," in cell]
    return all(_DECIMALS.fullmatch(cell) for cell in cells)


def _widths(lines: list[str], separator: str) -> list[int]:
    if separator == " ":
        return [len(line.split()) for line in lines]
    try:
        return [
            len(row)
            for row in csv.reader((f"{line}\n" for line in lines), delimiter=separator, skipinitialspace=True)
            if row
        ]
    except csv.Error as error:
        raise ValueError(Note("the file is not a valid table: {error}", error=str(error))) from error


def _without_comments(lines: list[str], separator: str, notes: list[Note]) -> list[str]:
    """Comments as empty lines; but the last one above the data may have the columns' names, and a line below that has
    as many cells as the others is a row: ids such as #12 begin like a comment."""
    is_comment = [bool(_COMMENT.match(line)) and not _is_cell(line, separator) for line in lines]
    first = next((place for place, line in enumerate(lines) if line.strip() and not is_comment[place]), None)
    if first is None or not any(is_comment):
        return lines
    (width,) = _widths([lines[first]], separator) or [0]
    above = [place for place in range(first) if is_comment[place]]
    if above:
        names = _COMMENT.sub("", lines[above[-1]], count=1).lstrip()
        if width > 1 and _widths([names], separator) == [width]:
            lines[above[-1]], is_comment[above[-1]] = names, False
    below = [place for place in range(first, len(lines)) if is_comment[place]]
    usual = Counter(_widths(one_by_one(lines[first : first + SAMPLE]), separator)).most_common(1)[0][0]
    rows = [place for place in below if _is_row(lines[place : place + _MOST_LINES], separator, usual)]
    for place in rows:
        is_comment[place] = False
    if rows:
        sign = next(sign for sign in _SIGNS if lines[rows[0]].lstrip().startswith(sign))
        notes.append(
            Note("Rows that begin with {sign} were read as data, not as comments: {count}.", sign=sign, count=len(rows))
        )
    if count := sum(is_comment):
        notes.append(Note("Lines with a comment, left out: {count}.", count=count))
    return ["" if comment else line for line, comment in zip(lines, is_comment)]


def _is_cell(line: str, separator: str) -> bool:
    """Whether what looks like a comment is a spreadsheet's error, or the name # of row numbers, before other cells."""
    first, *others = line.strip().split(separator, 1)
    return bool(others) and (is_missing(first) or (separator != " " and first.strip() == "#"))


def _is_row(lines: list[str], separator: str, width: int) -> bool:
    """Whether the first line, which begins like a comment, has as many cells as a row, or has with those below that
    belong to a cell of it; a sign that stands alone is no cell of a table with spaces."""
    if width < 2 or (separator == " " and lines[0].split()[0] in _SIGNS):
        return False
    if '"' not in lines[0] or separator == " ":
        return _widths(lines[:1], separator) == [width]
    record = lines[: lines_of_record(lines, 0, separator)]
    return any(_widths(each, separator) == [width] for each in (one_by_one(lines[:1]), record))


def _frame(text: str, separator: str) -> "pd.DataFrame":
    import pandas as pd

    lines = text.split("\n")
    width = max(_widths(lines, separator), default=0)
    check_size(len(lines), width)
    if not width:
        raise ValueError(Note("the file is empty"))
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=r"\s+" if separator == " " else separator, header=None, names=range(width),
            index_col=False, dtype=object, keep_default_na=False, na_filter=False, skipinitialspace=True,
            skip_blank_lines=False, engine="python" if separator == " " else "c",
        )  # fmt: skip
    except (pd.errors.ParserError, csv.Error, OverflowError) as error:
        raise ValueError(Note("the file is not a valid table: {error}", error=str(error))) from error
    frame = frame.where(frame.notna(), "")
    return frame.set_axis(range(1, len(frame) + 1), axis=0)
