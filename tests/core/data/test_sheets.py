"""Kinds of tables beside those of tests/core/data/test_cases.py, and tables that mean harm."""

import io
import pickle
import re
import zipfile

import numpy as np
import pytest

from core import limits, load, read_table, suggest_columns, table
from core.notes import Note
from tests import ROOT

DATA = ROOT / "tests" / "data"
WIDE = 'table:number-columns-repeated="9999999"'
POINTS = np.random.default_rng(0).normal(20, 9, (40, 2))
ROWS = [(round(float(x), 2), int(y), "ab"[k % 2]) for k, (x, y) in enumerate(POINTS)]
LINES = [f"{x},{y},{kind}" for x, y, kind in ROWS]
PLAIN = "\n".join(["x,y,kind", *LINES])


def read(text: str, **options):
    return read_table(text.encode(), **options)


def test_the_example_of_the_docs_reads_a_file(monkeypatch, tmp_path):
    (tmp_path / "mine.csv").write_text(PLAIN)
    monkeypatch.chdir(tmp_path)
    (code, *_) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "tables.md").read_text(), re.DOTALL)
    names: dict = {}
    exec(code, names)
    assert load(names["spec"]).feature_names == ("x", "y")


@pytest.mark.parametrize("content", ["mine.csv", PLAIN, None])
def test_what_is_no_bytes_is_refused_with_what_it_should_be(content):
    with pytest.raises(ValueError, match=r"^content is .{2,40}, and must be the bytes of a file, not its name or its"):
        read_table(content)


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


def changed(name: str, part: str, old: str, new: str) -> bytes:
    """A spreadsheet of tests/data with another text in one of its parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(DATA / name) as archive, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in archive.namelist():
            content = archive.read(member)
            assert member != part or old.encode() in content
            packed.writestr(member, content.replace(old.encode(), new.encode(), 1) if member == part else content)
    return file.getvalue()


def in_sheet(old: str, new: str) -> bytes:
    return changed("plain.xlsx", "xl/worksheets/sheet1.xml", old, new)


def in_open_document(old: str, new: str) -> bytes:
    return changed("plain.ods", "content.xml", old, new)


@pytest.mark.parametrize("name", ["plain.xlsx", "plain.xls", "plain.ods"])
def test_spreadsheets_are_read(name):
    """The .ods ends in a million empty rows, as LibreOffice writes them."""
    frame = read_table((DATA / name).read_bytes(), name).frame
    assert [tuple(row) for row in frame.itertuples(index=False)] == ROWS


def with_sheets_before(sheets: dict[str, list[list[str]]]) -> bytes:
    """A spreadsheet whose last sheet is "data" with the known table, and others of texts before it."""
    cell, row = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>', "table:table-row"
    tables = ""
    for title, rows in sheets.items():
        lines = "".join(f"<{row}>{''.join(map(cell.format, texts))}</{row}>" for texts in rows)
        tables += f'<table:table table:name="{title}">{lines}</table:table>'
    return in_open_document('<table:table table:name="data">', f'{tables}<table:table table:name="data">')


@pytest.mark.parametrize(
    "notes", [[["Measured in May"]], [["kind"], *(["a"], ["b"]) * 9], [["by", "me"]], [["", "", "1"]] * 300]
)
def test_the_first_sheet_that_can_be_a_table_is_read_and_it_is_said_which_cannot(notes):
    sheet = read_table(with_sheets_before({"Notes": notes, "Empty": []}))
    assert [tuple(row) for row in sheet.frame.itertuples(index=False)] == ROWS
    assert sheet.notes[:2] == [
        "The sheet 'data' was read. The file has 3 sheets.", "Sheets before it that are no tables, left out: 'Notes'."
    ]  # fmt: skip
    assert not any("column" in note for note in sheet.notes), "nothing is told of a sheet that was not read"
    assert [offer.options for offer in sheet.offers] == [{"sheet": "Empty"}]


def test_a_first_sheet_that_is_a_table_is_read_and_the_others_are_offered():
    rows = [list("pqr"), *([str(x), str(y), kind] for x, y, kind in ROWS)]
    sheet = read_table(with_sheets_before({"mine": rows, "Notes": [["Measured in May"]]}))
    assert list(sheet.frame) == ["p", "q", "r"] and "The sheet 'mine' was read. The file has 3 sheets." in sheet.notes
    assert [offer.options for offer in sheet.offers] == [{"sheet": "Notes"}, {"sheet": "data"}]
    assert not any("left out" in note for note in sheet.notes)


def test_a_sheet_that_is_asked_for_is_read_or_refused_and_no_other_in_its_place():
    file = with_sheets_before({"Notes": [["Measured in May"]], "Empty": []})
    assert len(read_table(file, sheet="data").frame) == len(ROWS)
    for name, part in (("Notes", "only one column"), ("Empty", "the file is empty"), ("none", "there is no sheet")):
        with pytest.raises(ValueError, match=part):
            read_table(file, sheet=name)


def test_where_no_sheet_is_a_table_it_is_said_why_the_first_one_is_not(monkeypatch):
    file = with_sheets_before({"Notes": [["Measured in May"]], "Few": [["x", "y"], ["1", "2"]]})
    monkeypatch.setattr(limits, "ROWS", (len(ROWS) + 1, 5000))
    with pytest.raises(ValueError, match="only one column"):
        read_table(file)


def test_all_sheets_that_are_looked_at_have_no_more_cells_than_a_table(monkeypatch):
    file = with_sheets_before({"Notes": [["a"]] * 9})
    monkeypatch.setattr(limits, "CELLS", 3 * (len(ROWS) + 1) + 8)
    with pytest.raises(ValueError, match="only one column"):
        read_table(file)
    assert len(read_table(file, sheet="data").frame) == len(ROWS)


def test_numbers_of_a_spreadsheet_are_never_in_doubt():
    sheet = read_table(in_sheet(f"<v>{ROWS[0][0]}</v>", "<v>2.036</v>"))
    assert sheet.frame["x"].iloc[0] == 2.036
    assert not sheet.offers


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b" \n , \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ""),
        (b"\0" * 1000, "bytes that are not text"),
        (b"a\n1\n2\n3\n4\n", "only one column"),
        (b"a,b,kind\n", "the number of rows is 0"),
        (b"a,,kind", "the number of rows is 0"),
        (b"1,2,a\n", "the number of rows is 1"),
        (b'a,b,c\n"1,2,3\n' + b"text\n" * 100, "quotation mark of row 2 is not closed"),
        (b",".join(b"%d" % k for k in range(100_000)), "columns"),
        (b"1,2\n" * 1_000_000, "number of rows"),
        (b"x" * (limits.FILE_BYTES + 1), "5,000,000"),
        (b"\xff\xfe\x00\xd8a\x00", "utf-16"),
        ((DATA / "plain.xlsx").read_bytes()[:900], "damaged"),
        (in_sheet("</sheetData>", " " * limits.UNPACKED_BYTES + "</sheetData>"), "unpacked"),
        (in_sheet('r="A9"', 'r="XFD1048576"'), "number of columns"),
        (in_sheet('r="A9"', "r='A1048576'"), "number of rows"),
        (
            in_open_document("<table:table-row", '<table:table-row table:number-rows-repeated="9999999"'),
            "number of rows",
        ),
        (in_open_document("<table:table-cell", f"<table:table-cell {WIDE}"), "number of columns"),
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
