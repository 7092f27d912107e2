"""What a table leaves open is read as a person would read it, and said: nothing is guessed, cut or merged silently."""

import pytest

from core import limits, read_table, suggest_columns, table
from core.data import quotes

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


def test_rows_that_begin_with_a_sign_of_a_comment_may_have_cells_of_several_lines_or_open_quotes():
    of_two_lines = "".join(f'#{k},"two\nlines",{k % 7},{"ab"[k % 2]}\n' for k in range(20))
    sheet = read_table(f"id,text,x,class\n{of_two_lines}".encode())
    assert len(sheet.frame) == 20 and set(sheet.frame["text"]) == {"two lines"}
    mark = {5: '"'}
    of_inches = "".join(f"#{k},{mark.get(k, '')}{k} inch,{k % 7},{'ab'[k % 2]}\n" for k in range(20))
    sheet = read_table(f"id,text,x,class\n{of_inches}".encode())
    assert sheet.frame["text"].tolist() == [f"{k} inch" for k in range(20)]
    assert not says(sheet.notes, "comment, left out")


def test_comments_among_the_rows_are_left_out_if_they_have_other_numbers_of_cells():
    for separator, comment in ((",", "# a second day"), (",", "# a second day, in June"), (" ", "# second day")):
        rows = lines(X, Y, KIND, head=separator.join("xyk"), separator=separator)
        sheet = read(f"{rows}\n{comment}\n{separator.join(NUMBERS[0])}")
        assert len(sheet.frame) == 41
        assert says(sheet.notes, "a comment, left out: 1")
        assert not says(sheet.notes, "read as data")


def test_a_sign_alone_is_a_comment_and_before_other_cells_a_name():
    rows = lines(X, Y, KIND).replace("\n", "\n#\n", 1)
    sheet = read(f"#\n# made in May\n#\n#x,y,kind\n{rows}")
    assert (list(sheet.frame), len(sheet.frame)) == (["x", "y", "kind"], 40)
    assert sheet.notes == ["Lines with a comment, left out: 4."]
    named = read(lines([str(k) for k in range(40)], X, KIND, head="#,x,kind"))
    assert list(named.frame) == ["#", "x", "kind"]


@pytest.mark.parametrize("head", ["x,y,kind", "#x,y,kind", "# x,y,kind"])
@pytest.mark.parametrize("fault", ["#N/A", "#DIV/0!"])
def test_a_spreadsheet_s_errors_at_the_beginning_of_rows_are_missing_values(head, fault):
    sheet = read(lines([fault, *X[1:10]] * 4, Y, KIND, head=head))
    assert list(sheet.frame) == ["x", "y", "kind"]
    assert sheet.frame["x"].isna().sum() == 4
    assert says(sheet.notes, f"Read as missing: '{fault}' (4)")
    assert not says(sheet.notes, "comment")


@pytest.mark.parametrize(
    ("kinds", "missing", "classes"),
    [
        (["None", "Mild", "Severe"], "None", ("Mild", "None", "Severe")),
        (["NA", "EU", "AS"], "NA", ("AS", "EU", "NA")),
        (["x", "-"], "-", ("-", "x")),
    ],
)
def test_texts_that_stand_for_missing_can_be_values_and_missing_again(kinds, missing, classes):
    text = lines(["NA", *X[1:]], Y, kinds, head="x,y,kind")
    sheet = read(text)
    assert sheet.frame["kind"].isna().sum() > 10 and says(sheet.notes, "Read as missing:", f"'{missing}' (")
    (offer,) = [offer for offer in sheet.offers if offer.note == f"Read '{missing}' as a value"]
    other = read(text, **offer.options)
    assert table(other, ["y"], "kind").class_names == classes
    assert other.frame["x"].isna().sum() == 1, "a column of numbers has no such values"
    assert says(other.notes, "Read as values, not as missing:", f"'{missing}' (")
    (back,) = [offer for offer in other.offers if offer.note == f"Read '{missing}' as missing"]
    assert read(text, **offer.options | back.options).frame.equals(sheet.frame)


@pytest.mark.parametrize("kinds", [["+", "-"], ["+", "-", "?"], ["+", "–"]])
def test_a_minus_beside_a_plus_is_a_value_and_can_be_missing(kinds):
    text = lines(X, Y, kinds, head="x,y,kind")
    sheet = read(text)
    assert table(sheet, ["x"], "kind").class_names == tuple(kinds[:2])
    assert says(sheet.notes, f"Beside '+', '{kinds[1]}' was read as a value of 'kind', not as missing: ")
    (offer,) = [offer for offer in sheet.offers if offer.note == f"Read '{kinds[1]}' as missing"]
    other = read(text, **offer.options)
    assert set(other.frame["kind"].dropna()) == {"+"}
    (back,) = [offer for offer in other.offers if offer.note == f"Read '{kinds[1]}' as a value"]
    assert read(text, **offer.options | back.options).frame.equals(sheet.frame)


def test_gaps_among_numbers_and_among_many_texts_are_not_offered_as_values():
    sheet = read(lines(["NA", *X[1:]], ["-", *map("name {}".format, range(39))], KIND, head="x,name,kind"))
    assert says(sheet.notes, "Read as missing: 'NA' (1), '-' (1)")
    assert not sheet.offers


@pytest.mark.parametrize(
    ("cells", "value", "note"),
    [
        (["(0)", "4", *X[2:]], 0, "brackets were read as negative in 'x': (0) is 0."),
        (["(3)", "4", *X[2:]], -3, "brackets were read as negative in 'x': (3) is -3."),
        (["3'955'984", *X[1:]], 3955984, "signs of thousands in 'x': 3'955'984 is 3955984."),
        (["3 955 984", *X[1:]], 3955984, "signs of thousands in 'x': 3 955 984 is 3955984."),
        (["007", *X[1:]], 7, "Leading zeros were left out in 'x': 007 is 7."),
    ],
)
def test_what_is_left_out_of_a_number_is_said(cells, value, note):
    sheet = read(lines(cells, Y, KIND, head="x,y,kind"))
    assert sheet.frame["x"].iloc[0] == value
    assert says(sheet.notes, note)
    plain = read(lines(["0", "0.5", *X[2:]], Y, KIND, head="x,y,kind"))
    assert plain.notes == []


@pytest.mark.parametrize(
    ("codes", "note"),
    [
        (["01", "1", "02"], "Numbers of 'kind' differ by leading zeros, so they were read as texts: '01', '1'."),
        (["9007199254740992", "9007199254740993"], "differ by less than a number can hold, so they were read as texts"),
    ],
)
def test_codes_that_would_be_the_same_number_are_texts(codes, note):
    sheet = read(lines(X, Y, codes, head="x,y,kind"))
    assert set(table(sheet, ["x"], "kind").class_names) == set(codes)
    assert says(sheet.notes, note)


LONG = "systolic blood pressure in the morning before breakfast, measured at the"


def test_long_names_that_differ_at_their_ends_stay_different_and_are_no_names_that_are_there_twice():
    head = f"{LONG} left arm;{LONG} right arm;kind"
    sheet = read(lines(X, Y, KIND, head=head, separator=";"))
    left, right, kind = sheet.frame
    assert left.endswith("left arm") and right.endswith("right arm") and kind == "kind"
    assert max(map(len, sheet.frame)) <= limits.TEXT
    assert says(sheet.notes, "Names of columns with more than 60 characters were shortened")
    assert not says(sheet.notes, "same name")
    alone = read(lines(X, Y, KIND, head=f"{LONG} left arm;y;kind", separator=";"))
    assert alone.frame.columns[0] == LONG[: limits.TEXT]
    assert says(alone.notes, "were shortened", LONG[:30])
    same = read(lines(X, Y, KIND, head="x;x;kind", separator=";"))
    assert says(same.notes, "Columns of the same name were numbered: 'x 2'.")
    assert not says(same.notes, "shortened")


def test_long_names_that_differ_in_the_middle_alone_are_numbered():
    head = f"{LONG} left {LONG};{LONG} right {LONG};kind"
    sheet = read(lines(X, Y, KIND, head=head, separator=";"))
    assert len(set(sheet.frame)) == 3
    assert says(sheet.notes, "were shortened") and not says(sheet.notes, "same name")


def test_texts_that_are_shortened_are_said():
    sheet = read(lines(X, Y, [f"{'a' * 300}", f"{'a' * 300}b", "c"], head="x,y,kind"))
    assert says(sheet.notes, "Texts with more than 200 characters were shortened in 'kind'.")


def test_a_feature_of_a_text_does_not_take_the_place_of_a_column_of_its_name():
    sheet = read(lines(["red", "blue"], X, KIND[::-1][:3] * 14, head="color,color = red,kind"))
    found = table(sheet, ["color", "color = red"], "kind")
    assert found.feature_names == ("color = blue", "color = red 2", "color = red")
    assert [row[2] for row in found.X[:3]] == [float(x) for x in X[:3]]
    assert {row[1] for row in found.X} == {0, 1}
    assert says(found.notes, "Features of the same name were numbered: 'color = red 2'.")


def test_features_of_texts_that_differ_at_their_ends_alone_are_all_there():
    sheet = read(lines([f"{'a' * 199}b", f"{'a' * 199}c"], X, KIND[:3], head="text,x,kind"))
    names = table(sheet, ["text", "x"], "kind").feature_names
    assert len(names) == 3 and max(map(len, names)) <= limits.NAME


def test_a_label_with_one_value_is_refused_in_good_english():
    with pytest.raises(ValueError, match=r"^column 'kind' has the same value in every row \('a'\), and must have 2 to"):
        table(read(lines(X, Y, ["a"], head="x,y,kind")), ["x"], "kind")


SIZES = ["5 inch", "7 inch", "9 inch"]


def with_cells(cells: dict[int, str]) -> str:
    """Forty rows of sizes and numbers, in some of them another first cell."""
    return lines([cells.get(k, SIZES[k % 3]) for k in range(40)], X, Y, KIND, head="size,x,y,kind")


@pytest.mark.parametrize(
    ("cells", "count", "row"),
    [
        ({4: '"5 inch', 30: 'say "hi"'}, 1, 6),
        ({4: '"5 inch', 30: '"7 inch'}, 2, 6),
        ({4: '"5 inch'}, 1, 6),
        ({39: '"5 inch'}, 1, 41),
        ({4: '"5 inch', 5: '7"'}, 1, 6),
        ({4: '"5 inch', 12: '7"'}, 1, 6),
        ({k: '"5 inch' for k in range(40)}, 40, 2),
        ({2: '"5, or ""6"", inch"', 4: '"7 inch', 9: '"5, or 6"'}, 1, 6),
    ],
)
def test_a_quotation_mark_that_is_not_closed_swallows_no_row(cells, count, row):
    sheet = read(with_cells(cells))
    assert len(sheet.frame) == 40
    assert sheet.frame["x"].tolist() == [float(x) for x in X]
    assert sheet.frame["size"].loc[row] in SIZES
    assert f"Quotation marks that are not closed, left out: {count} (first: row {row})." in sheet.notes


@pytest.mark.parametrize("cell", ['"two\nlines, or\n""three"""', '"a, b, c\nd, e, f"', '"\n"', 'say "hi"', '7"', '""'])
def test_cells_with_lines_and_quotation_marks_are_read_as_they_are(cell):
    sheet = read(with_cells({4: cell, 20: cell}))
    assert sheet.frame["x"].tolist() == [float(x) for x in X]
    assert not says(sheet.notes, "Quotation")


@pytest.mark.parametrize("lines_below", ["and a text of many words\n" * 30, "one,two\n" * 30])
def test_a_quotation_mark_above_what_are_no_rows_is_refused_in_the_app_s_words(lines_below):
    with pytest.raises(ValueError, match=r"^a quotation mark of row 42 is not closed$"):
        read(f'{with_cells({})}\n"5 inch,1,2,a\n{lines_below}')


def test_many_quotation_marks_take_no_time_beyond_measure(monkeypatch):
    monkeypatch.setattr(quotes, "_MOST", 100)
    for text in ('a",b,"c\n' * 3000, '"a,b\n' * 3000):
        with pytest.raises(ValueError, match=r"^a quotation mark of row \d{2,3} is not closed$"):
            read(text)


@pytest.mark.parametrize(
    ("encoding", "head", "classes"),
    [
        ("cp932", "x,y,種類", "犬猫"),
        ("euc_jp", "x,y,種類", "犬猫"),
        ("cp949", "키,값,분류", "가나"),
        ("big5", "x,y,種類", "狗貓"),
        ("cp1251", "x,y,класс", "ба"),
        ("cp1250", "x,y,třída", ["pes", "kůň"]),
    ],
)
def test_of_encodings_that_fit_one_is_read_and_others_are_offered(encoding, head, classes):
    content = lines(X, Y, list(classes), head=head).encode(encoding)
    sheet = read_table(content)
    offers = [offer.options for offer in sheet.offers]
    assert 0 < len(offers) <= 4 and says(sheet.notes, "The text was read in the encoding")
    right = [
        other for options in ({}, *offers) if head.split(",") == list((other := read_table(content, **options)).frame)
    ]
    assert [set(other.frame.iloc[:, 2]) for other in right] == [set(classes)]
    for options in offers:
        others = [offer.options for offer in read_table(content, **options).offers]
        assert len(others) == len(offers) and options not in others, "there is a way back"


def test_small_classes_keep_enough_rows_when_rows_are_drawn():
    count = 20_000
    kinds = ["rare" if k % 1700 == 9 else "rarest" if k == 5 else "ab"[k % 2] for k in range(count)]
    others = ["few" if k % 5000 == 3 else "pq"[k // 2 % 2] for k in range(count)]
    sheet = read(lines([f"{k % 977}.5" for k in range(count)], others, kinds, head="x,other,kind"))
    assert sheet.frame["kind"].value_counts()[["rare", "rarest"]].tolist() == [4, 1]
    assert sheet.frame["other"].value_counts()["few"] == 4
    assert len(sheet.frame) == limits.ROWS[1]
    assert sheet.frame.index.is_unique and sheet.frame.index.is_monotonic_increasing
    assert says(sheet.notes, "5,000 drawn at random, seed 0, of each value of 'kind', 'other' at least 4 or all.")
    assert table(sheet, ["x"], "other").class_names == ("few", "p", "q")
    found = table(sheet, ["x"], "kind")
    assert found.class_names == ("a", "b", "rare")
    assert says(found.notes, "Classes with less than 4 of the drawn rows are left out: 'rarest' (rows: 1)")
