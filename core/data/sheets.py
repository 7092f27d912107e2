"""A table as people have it becomes a frame (`read_table`): numbers, texts and gaps, with notes on what was assumed or
left out.  docs/tables.md has the rules.
"""

import reprlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import limits
from ..notes import Note, listed
from ..registry import check_type
from . import texts, workbooks
from .columns import Suggestion, suggestion
from .encodings import decoded, encodings_of
from .headers import body
from .offers import Offer
from .values import typed

if TYPE_CHECKING:
    import pandas as pd

SEED = 0  # of the rows that are drawn
_OTHERS = 4  # encodings that are offered, at most
_OF_WHERE = {
    "cp1252": Note("cp1252 (Latin-1)"), "cp1250": Note("cp1250 (Latin-2)"), "cp949": Note("cp949 (Korean)"),
    "cp932": Note("cp932 (Japanese)"), "euc_jp": Note("EUC-JP (Japanese)"), "gb18030": Note("GB 18030 (Chinese)"),
    "big5": Note("Big5 (Chinese)"), "cp1251": Note("cp1251 (Cyrillic)"), "cp1253": Note("cp1253 (Greek)"),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table that was read.

    `frame` has numbers (NaN where there is none), truth values or texts in each column, and numbers its rows as a
    spreadsheet does; `is_drawn` says whether these are only some of the file's.  `notes` are whole sentences; `offers`
    are other readings that are likely, too.
    """

    frame: "pd.DataFrame"
    notes: list[Note] = field(default_factory=list)
    offers: tuple[Offer, ...] = ()
    suggested: Suggestion = field(default_factory=lambda: Suggestion((), ""))
    is_drawn: bool = False


def read_table(
    content: bytes,
    name: str = "",
    *,
    decimal: str | None = None,
    thousands: str | None = None,
    missing: Sequence[float | str] = (),
    kept: Sequence[str] = (),
    encoding: str | None = None,
    sheet: str | None = None,
) -> Sheet:
    """The table in the bytes of a text file or a spreadsheet; what kind of file it is, its content says.

    `decimal` or `thousands` ("." or ",") and `encoding` are found out, unless they are given; numbers and texts of
    `missing` count as gaps, and texts of `kept`, such as NA, as values; `sheet` is that of a spreadsheet.  Raises
    `ValueError` with a sentence for what is no table, or outside `core.limits`.
    """
    decimal = _decimal(decimal, thousands)
    if not isinstance(content, bytes):
        raise ValueError(
            Note(
                "content is {value}, and must be the bytes of a file, not its name or its text",
                value=reprlib.repr(content),
            )
        )
    if len(content) > limits.FILE_BYTES:
        raise ValueError(
            Note("the file has {bytes} bytes, and the limit is {limit}", bytes=len(content), limit=limits.FILE_BYTES)
        )
    notes: list[Note] = []
    offers: list[Offer] = []
    if workbooks.is_workbook(content):
        (cells, unnamed), separator = _first_table(content, sheet, notes, offers), ""
    else:
        text, found = decoded(content, encoding)
        cells, separator, notes_of_text = texts.read_cells(text)
        if found not in ("utf-8", "utf-8-sig"):
            notes.append(Note("The text was read in the encoding {encoding}.", encoding=_OF_WHERE.get(found, found)))
            others = [other for other in encodings_of(content) if other != found][:_OTHERS]
            offers += [
                Offer(Note("Read the text as {encoding} instead", encoding=_OF_WHERE.get(other, other)),
                      {"encoding": other})
                for other in others
            ]  # fmt: skip
        notes += notes_of_text
        cells, unnamed = body(cells, notes)
    frame, more = typed(cells, separator, decimal, tuple(missing), tuple(kept), notes)
    suggested = suggestion(frame, unnamed)
    rows = len(frame)
    if rows > limits.ROWS[1]:
        frame = _drawn(frame, suggested.label, notes)
    return Sheet(frame, [*notes, *suggested.notes], (*more, *offers), suggested, len(frame) < rows)


def _drawn(frame: "pd.DataFrame", label: str, notes: list[Note]) -> "pd.DataFrame":
    """As many rows as there may be, at random; of columns with few values, which may be labels, each value keeps enough
    rows to be learned."""
    import pandas as pd

    most, least = limits.ROWS[1], limits.CLASS_SAMPLES[0]
    drawn = frame.sample(most, random_state=SEED)
    in_order = pd.concat([drawn, frame.drop(drawn.index).sample(frac=1, random_state=SEED)])
    kept, names = drawn.index[:0], []
    for name in sorted(frame, key=lambda name: name != label):
        if frame[name].nunique() <= limits.VALUES:
            more = kept.union(in_order.groupby(name).head(least).index)
            if len(more) <= most // 10:
                kept = more
                names.append(name)
    if names:
        said = Note(
            "{rows} rows: {drawn} drawn at random, seed {seed}, of each value of {names} at least {least} or all.",
            rows=len(frame), drawn=most, seed=SEED, names=listed(names), least=least,
        )  # fmt: skip
    else:
        said = Note("{rows} rows: {drawn} drawn at random, seed {seed}.", rows=len(frame), drawn=most, seed=SEED)
    notes.append(said)
    others = drawn.index.drop(kept, errors="ignore")[: most - len(kept)]
    return frame.loc[kept.union(others)]


def suggest_columns(sheet: Sheet) -> tuple[list[str], str]:
    """A first choice of (features, label); what it passes over, the sheet's notes say.  Raises `ValueError`
    for what is no sheet, as `read_table` gives one."""
    check_type(Note("sheet"), sheet, Sheet)
    return list(sheet.suggested.features), sheet.suggested.label


def _first_table(
    content: bytes, sheet: str | None, notes: list[Note], offers: list[Offer]
) -> tuple["pd.DataFrame", list[str]]:
    """What `body` finds in the first sheet that can be a table, or in the one that is asked for; raises the first
    sheet's error if none can.  All that are looked at may have no more cells together than one table."""
    import pandas as pd

    problem, size = ValueError(Note("the file is empty")), 0
    passed: list[str] = []
    for name, rows, names in workbooks.read_sheets(content, sheet):
        size += sum(map(len, rows))
        if passed and size > limits.CELLS:
            break
        cells = pd.DataFrame(rows, dtype=object).replace({None: "", np.nan: ""})
        cells.index = pd.RangeIndex(1, len(cells) + 1)
        of_body: list[Note] = []
        try:
            found = body(cells, of_body)
        except ValueError as error:
            problem = problem if passed else error
            passed.append(name)
            continue
        if len(names) > 1:
            notes.append(Note("The sheet '{name}' was read. The file has {count} sheets.", name=name, count=len(names)))
            offers += [Offer(Note("Read the sheet '{name}' instead", name=other), {"sheet": other})
                       for other in names if other not in (name, *passed)][:5]  # fmt: skip
        if passed:
            notes.append(Note("Sheets before it that are no tables, left out: {names}.", names=listed(passed)))
        notes += of_body
        return found
    raise problem


def _decimal(decimal: Any, thousands: Any) -> str | None:
    """The decimal sign that both say."""
    for kind, sign in (("decimal", decimal), ("thousands", thousands)):
        if sign not in (None, ".", ","):
            raise ValueError(f"{kind} is {sign!r}, and must be '.' or ','")
    implied = {".": ",", ",": "."}.get(thousands)
    if decimal and implied and decimal != implied:
        raise ValueError(f"decimal and thousands are both {decimal!r}, and must differ")
    return decimal or implied
