"""What a table leaves open is read as a person would read it, and said: nothing is guessed, cut or merged silently."""

import pytest

from core import read_table, suggest_columns, table

NUMBERS = [(f"{k * 1.3:.2f}", str(k % 7), "ab"[k % 2]) for k in range(40)]


def lines(*columns, head: str = "", separator: str = ",") -> str:
    """Lines with a cell of each of the columns; of several texts in one, each in turn."""
    count = max(map(len, columns))
    rows = [separator.join(column[k % len(column)] for column in columns) for k in range(count)]
    return "\n".join([head, *rows] if head else rows)


X, Y, KIND = zip(*NUMBERS)
IDS = [f"#{1000 + k}" for k in range(40)]


def read(text: str, **options):
    return read_table(text.encode(), **options)


def suggested(sheet):
    return table(sheet, *suggest_columns(sheet))


def says(notes, *parts: str) -> bool:
    return any(all(part in note for part in parts) for note in notes)


@pytest.mark.parametrize("separator", [",", ";", "\t", " "])
@pytest.mark.parametrize("above", ["", "# made in May\n", "My study\n"])
def test_rows_that_begin_as_a_comment_does_are_rows_if_they_have_as_many_cells(above, separator):
    head = separator.join(["id", "x", "y", "kind"])
    sheet = read(above + lines(IDS, X, Y, KIND, head=head, separator=separator))
    assert (list(sheet.frame), len(sheet.frame)) == (["id", "x", "y", "kind"], 40)
    assert sheet.frame["id"].tolist() == IDS
    assert says(sheet.notes, "begin with # were read as data", "40")
    assert says(sheet.notes, "a comment, left out: 1") == above.startswith("#")


def test_comments_among_the_rows_are_left_out_if_they_have_other_numbers_of_cells():
    for separator, comment in ((",", "# a second day"), (",", "# a second day, in June"), (" ", "# second day")):
        rows = lines(X, Y, KIND, head=separator.join("xyk"), separator=separator)
        sheet = read(f"{rows}\n{comment}\n{separator.join(NUMBERS[0])}")
        assert len(sheet.frame) == 41
        assert says(sheet.notes, "a comment, left out: 1")
        assert not says(sheet.notes, "read as data")


@pytest.mark.parametrize("head", ["x,y,kind", "#x,y,kind", "# x,y,kind"])
@pytest.mark.parametrize("fault", ["#N/A", "#DIV/0!"])
def test_a_spreadsheet_s_errors_at_the_beginning_of_rows_are_missing_values(head, fault):
    sheet = read(lines([fault, *X[1:10]] * 4, Y, KIND, head=head))
    assert list(sheet.frame) == ["x", "y", "kind"]
    assert sheet.frame["x"].isna().sum() == 4
    assert says(sheet.notes, f"Read as missing: '{fault}' (4)")
    assert not says(sheet.notes, "comment")
