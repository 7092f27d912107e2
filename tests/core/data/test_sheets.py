"""Kinds of tables beside those of tests/core/data/test_cases.py, and tables that mean harm."""

import io
import pickle
import re
import zipfile

import numpy as np
import pytest

from core import limits, read_table, suggest_columns, table
from core.data.notes import Note

POINTS = np.random.default_rng(0).normal(20, 9, (40, 2))
ROWS = [(round(float(x), 2), int(y), "ab"[k % 2]) for k, (x, y) in enumerate(POINTS)]
LINES = [f"{x},{y},{kind}" for x, y, kind in ROWS]
PLAIN = "\n".join(["x,y,kind", *LINES])


def read(text: str, **options):
    return read_table(text.encode(), **options)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (PLAIN.replace(",", " "), "separated by spaces"),
        ("\n".join("   " + "   ".join(line.split(",")) for line in PLAIN.split("\n")), "separated by spaces"),
        (PLAIN.replace(",", "|"), "vertical bars"),
        (f"# made in May\n# by me, with care\n{PLAIN}", "comment, left out: 2"),
        ("# x y kind\n" + "\n".join(LINES).replace(",", " "), "separated by spaces"),
        (PLAIN.replace("kind\n", "kind\n(mm),(g),\n"), "units"),
        (f"My study\nMeasured in May, in two places\n\n{PLAIN}", "above the header, left out: 2"),
        (f"{PLAIN}\nSource: a friend,,", "below the table, left out: 1"),
        (f"{PLAIN}\n1,2,a,b", "more cells than the header, left out: 1 of 41"),
        ("\n".join(f'"{line}"' for line in PLAIN.split("\n")), ""),
        (PLAIN.replace(",", ";").replace(".", ","), "decimal signs"),
    ],
)
def test_other_ways_of_writing_it_say_the_same(text, note):
    sheet = read(text)
    assert list(sheet.frame) == ["x", "y", "kind"]
    assert [tuple(row) for row in sheet.frame.itertuples(index=False)] == ROWS
    assert not note or any(note in each for each in sheet.notes)


def test_r_leaves_out_the_name_of_the_rows_names():
    sheet = read("x,y,kind\n" + "\n".join(f"{k},{line}" for k, line in enumerate(LINES)))
    assert list(sheet.frame) == ["column 1", "x", "y", "kind"]
    assert suggest_columns(sheet) == (["x", "y"], "kind")


def test_a_real_feature_that_goes_in_steps_of_1_is_kept():
    lines = [f"{k},{k},{line}" for k, line in enumerate(LINES)]
    sheet = read("\n".join(["id,temperature,x,y,kind", *lines]))
    assert suggest_columns(sheet) == (["temperature", "x", "y"], "kind")


def test_of_many_rows_some_are_drawn():
    sheet = read("x,kind\n" + "\n".join(f"{k % 977}.5,{'ab'[k % 2]}" for k in range(10_000)))
    assert len(sheet.frame) == 5000
    assert any("10,000 rows: 5,000 drawn at random, seed 0" in note for note in sheet.notes)


def test_one_feature_and_one_row_of_a_class_are_enough():
    found = table(read("x1,x2,and\n0,0,0\n0,1,0\n1,0,0\n1,1,1"), ["x1"], "and")
    assert (found.feature_names, found.y, found.has_test_part) == (("x1",), (0, 0, 0, 1), False)


def test_a_note_keeps_its_template_and_fields():
    note = pickle.loads(pickle.dumps(Note("{count} of '{name}'", count=1200, name="a")))
    assert (note, note.template, note.fields) == ("1,200 of 'a'", "{count} of '{name}'", {"count": 1200, "name": "a"})


def workbook(sheet: str) -> bytes:
    """A small .xlsx with that XML in its sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{types}"/>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="data" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}"><Relationship Id="rId1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def open_document(rows: str) -> bytes:
    """A small .ods with that XML in its table."""
    names = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    names += 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    names += 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    table = f'<table:table table:name="data">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {names}>{body}</office:document-content>",
        }
    )


def open_cell(value: object) -> str:
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'


def cell(place: str, value: object) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


SHEET = "".join(
    f'<row r="{row}">{"".join(cell(f"{letter}{row}", value) for letter, value in zip("ABC", values))}</row>'
    for row, values in enumerate([("x", "y", "kind"), *ROWS], start=1)
)


OPEN_ROWS = "".join(
    f"<table:table-row>{''.join(map(open_cell, values))}</table:table-row>" for values in [("x", "y", "kind"), *ROWS]
)
EMPTY = '<table:table-row table:number-rows-repeated="{}"><table:table-cell table:number-columns-repeated="16384"/>'
REST = EMPTY.format(1_000_000) + "</table:table-row>"  # as LibreOffice ends a sheet


def test_an_open_document_is_read_and_the_empty_rest_of_its_sheet_is_not():
    frame = read_table(open_document(OPEN_ROWS + REST)).frame
    assert [tuple(row) for row in frame.itertuples(index=False)] == ROWS


def test_a_spreadsheet_has_exact_numbers():
    frame = read_table(workbook(SHEET)).frame
    assert [tuple(row) for row in frame.itertuples(index=False)] == ROWS
    sheet = read_table(workbook(re.sub("<v>[0-9.]+</v>", "<v>2.036</v>", SHEET)))
    assert set(sheet.frame["x"]) == {2.036}
    assert not sheet.offers


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b" \n , \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
        (b"\0" * 1000, "bytes that are not text"),
        (b"a\n1\n2\n3\n4\n", "only one column"),
        (b'a,b,c\n"1,2,3\n' + b"4,5,6\n" * 100, "not a valid table"),
        (b",".join(b"%d" % k for k in range(100_000)), "columns"),
        (b"1,2\n" * 1_000_000, "number of rows"),
        (b"x" * (limits.FILE_BYTES + 1), "5,000,000"),
        (b"\xff\xfe\x00\xd8a\x00", "utf-16"),
        (workbook(SHEET)[:900], "damaged"),
        (workbook(SHEET + " " * limits.UNPACKED_BYTES), "unpacked"),
        (open_document(OPEN_ROWS + REST + OPEN_ROWS), "number of rows"),
        (
            open_document(
                OPEN_ROWS.replace("<table:table-cell ", '<table:table-cell table:number-columns-repeated="9999999" ')
            ),
            "number of columns",
        ),
        (workbook(SHEET.replace('r="A9"', 'r="XFD1048576"')), "number of columns"),
        (workbook(SHEET.replace('r="A9"', "r='A1048576'")), "number of rows"),
    ],
)
def test_what_is_no_table_or_too_large_is_refused_with_a_sentence(content, part):
    with pytest.raises(ValueError) as error:
        read_table(content)
    assert part in str(error.value)
    assert len(str(error.value)) < 300


@pytest.mark.parametrize("name", ["self", "{a}", "$x$", "z" * 5000, "a\u202eb", "index"])
def test_names_that_mean_something_elsewhere_are_names(name):
    sheet = read(PLAIN.replace("kind\n", f"{name}\n"))
    label = list(sheet.frame)[2]
    assert len(label) <= limits.TEXT
    assert table(sheet, ["x", "y"], label).class_names == ("a", "b")


@pytest.mark.parametrize(
    ("options", "part"),
    [
        ({"decimal": "x"}, "'.' or ','"),
        ({"decimal": ".", "thousands": "."}, "must differ"),
        ({"encoding": "no"}, "'no'"),
    ],
)
def test_arguments_that_cannot_be_are_named(options, part):
    with pytest.raises(ValueError, match=part.replace(".", "[.]")):
        read(PLAIN, **options)
