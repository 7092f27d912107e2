"""The cells of a spreadsheet file: .xlsx, .xls and .ods."""

import datetime
import io
import re
import zipfile
import zlib

from .. import limits

_ZIP, _XLS = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(rb'<c r="([A-Z]{1,4})(\d{1,9})"|<(?:\w+:)?c[^>]{0,200}? r="([A-Z]{1,4})(\d{1,9})"')
_ROW = re.compile(rb'<(?:\w+:)?row[^>]{0,200}? r="(\d{1,9})"')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,9})"[^>]*>\s*<text:p')


def is_workbook(content: bytes) -> bool:
    return content.startswith((_ZIP, _XLS))


def read_cells(content: bytes, sheet: str | None = None) -> tuple[list[list[object]], str, list[str]]:
    """The rows of a sheet, by default the first one with anything in it; its name, and the names of all sheets.

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
            raise ValueError(f"there is no sheet {sheet!r}. Sheets: {', '.join(names)}")
        for name in [sheet] if sheet is not None else names:
            found = book.get_sheet_by_name(name)
            check_size(found.height, found.width)
            rows = found.to_python(skip_empty_area=True)
            if any(cell != "" for row in rows for cell in row):
                break
        return [[_plain(cell) for cell in row] for row in rows], name, names
    except (CalamineError, OSError, KeyError, OverflowError, UnboundLocalError) as error:
        raise ValueError("the file is not a spreadsheet that can be read, or it has a password") from error


def check_size(rows: int, columns: int) -> None:
    limits.check("the number of columns", columns, (0, limits.COLUMNS[1]))
    limits.check("the number of rows", rows, (0, limits.FILE_ROWS))
    limits.check("the number of cells", rows * columns, (0, limits.CELLS))


def _unpacked(content: bytes) -> bytes:
    """The same archive without compression: Python reads no more of a member than its directory says, and that is
    checked first, so that nothing grows beyond the limit in the hands of the reader."""
    unpacked = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(unpacked, "w") as plain:
            members = archive.infolist()
            size = sum(member.file_size for member in members)
            if size > limits.UNPACKED_BYTES or len(members) > limits.MEMBERS:
                raise ValueError(f"the file has {size:,} bytes unpacked, and the limit is {limits.UNPACKED_BYTES:,}")
            for member in members:
                part = archive.read(member)
                _check_places(part)
                plain.writestr(member.filename, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error, OSError) as error:
        raise ValueError("the file is damaged, has a password, or is not a spreadsheet") from error
    return unpacked.getvalue()


def _check_places(part: bytes) -> None:
    """A reader makes room for all cells up to the farthest one: one cell far out would take all memory."""
    rows = columns = 0
    for match in _PLACE.finditer(part):
        letters, row = (match[1], match[2]) if match[1] else (match[3], match[4])
        columns, rows = max(columns, _number_of(letters)), max(rows, int(row))
    rows = max([rows, *(int(row) for row in _ROW.findall(part))]) if rows else rows
    check_size(rows, columns)
    for axis, times in _REPEATED.findall(part):
        check_size(*((1, int(times)) if axis == b"columns" else (int(times), 1)))


def _number_of(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime.date | datetime.time | datetime.timedelta):
        return str(cell)
    return cell if isinstance(cell, str) and cell else None
