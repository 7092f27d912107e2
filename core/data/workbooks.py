"""The cells of a spreadsheet file: .xlsx, .xls and .ods."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers.expat import ExpatError, ParserCreate

from .. import limits
from ..notes import Note

_ZIP, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(r"([A-Za-z]{1,4})(\d{1,9})")
_FILLED = {"value", "value-type", "string-value", "formula"}  # attributes of a cell of an .ods that holds something


def is_workbook(content: bytes) -> bool:
    return content.startswith((_ZIP, _XLS))


def read_sheets(content: bytes, sheet: str | None = None) -> Iterator[tuple[str, list[list[object]], list[str]]]:
    """The sheets with anything in them, or the one that is asked for: its name, its rows, and the names of all sheets.

    Cells are texts, numbers, or None.  Raises `ValueError` for what is no such file, and for one that is too large
    unpacked, before it is unpacked.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    if content.startswith(_ZIP):
        content = _unpacked(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(book.sheet_names)
        if sheet is not None and sheet not in names:
            raise ValueError(
                Note("there is no sheet {sheet}. Sheets: {names}", sheet=repr(sheet), names=", ".join(names))
            )
        for name in [sheet] if sheet is not None else names:
            found = book.get_sheet_by_name(name)
            check_size(found.height, found.width)
            rows = found.to_python(skip_empty_area=True)
            if sheet is not None or any(cell != "" for row in rows for cell in row):
                yield name, [[_plain(cell) for cell in row] for row in rows], names
    except (CalamineError, OSError, KeyError, OverflowError) as error:
        raise ValueError(Note("the file is not a spreadsheet that can be read, or it has a password")) from error


def check_size(rows: int, columns: int) -> None:
    limits.check(Note("the number of columns"), columns, (0, limits.COLUMNS[1]))
    limits.check(Note("the number of rows"), rows, (0, limits.FILE_ROWS))
    limits.check(Note("the number of cells"), rows * columns, (0, limits.CELLS))


def _unpacked(content: bytes) -> bytes:
    """The same archive without compression: Python reads no more of a member than its directory says, and that is
    checked first, so that nothing grows beyond the limit in the hands of the reader."""
    unpacked = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(unpacked, "w") as plain:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > limits.UNPACKED_BYTES or len(members) > limits.MEMBERS:
                raise ValueError(
                    Note(
                        "the file has {bytes} bytes unpacked, and the limit is {limit}",
                        bytes=size, limit=limits.UNPACKED_BYTES,
                    )
                )  # fmt: skip
            for member in members:
                part = archive.read(member)
                # What is no XML is not needed, such as pictures, but for the name of the format.
                if _Extent().measure(part) or (member.filename == "mimetype" and len(part) < 100):
                    plain.writestr(member.filename, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise ValueError(Note("the file is damaged, has a password, or is not a spreadsheet")) from error
    return unpacked.getvalue()


class _Extent:
    """How far the cells of a sheet reach.  A reader makes room for all cells up to the farthest: one far out would take
    all memory, and so would one that is repeated a million times."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0  # in an .ods, where cells are counted
        self._is_filled = False
        self._repeated = 1

    def measure(self, part: bytes) -> bool:
        """Whether it is XML; `ValueError` if its cells reach too far."""
        parser = ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        try:
            parser.Parse(part, True)
        except ExpatError:
            return False
        check_size(self.rows, self.columns)
        return True

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        tag, given = tag.rpartition(":")[2], {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "c" and (place := _PLACE.fullmatch(given.get("r", ""))):
            self.columns, self.rows = max(self.columns, _number_of(place[1])), max(self.rows, int(place[2]))
        elif tag == "row" and given.get("r", "").isdecimal():
            self.rows = max(self.rows, int(given["r"][:9]))
        elif tag == "table":
            self._row = 0
        elif tag == "table-row":
            self._column, self._is_filled = 0, False
            self._repeated = _times(given.get("number-rows-repeated"))
        elif tag in ("table-cell", "covered-table-cell"):
            self._column += _times(given.get("number-columns-repeated"))
            self._fill(bool(_FILLED & given.keys()))
        elif tag == "p":
            self._fill(True)

    def _fill(self, is_filled: bool) -> None:
        if is_filled:
            self._is_filled, self.columns = True, max(self.columns, self._column)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row":
            self._row += self._repeated
            self.rows = max(self.rows, self._row * self._is_filled)


def _times(repeated: str | None) -> int:
    return int(repeated[:9]) if repeated and repeated.isdecimal() else 1


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return str(cell)
    return cell if isinstance(cell, str) and cell else None
