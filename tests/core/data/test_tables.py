import pickle
import subprocess
import sys

import numpy as np
import pytest

from core import limits
from core.data.tables import Table, read_csv, suggest_columns, table
from tests import ROOT

HEADER = "height,width,kind,note"
ROWS = [f"{7 * i % 20}.5,{i * i},{'ab'[i % 2]},n{i}" for i in range(20)]  # ROWS[i] is the spreadsheet's row i + 2


def as_csv(header: str = HEADER, rows: list[str] = ROWS) -> bytes:
    return "\n".join([header, *rows]).encode()


def with_cells(*changes: tuple[int, int, str]) -> bytes:
    """The CSV with other texts in some cells, given by the spreadsheet's row, the column from 0, and the text."""
    cells = [row.split(",") for row in ROWS]
    for row, column, text in changes:
        cells[row - 2][column] = text
    return as_csv(rows=[",".join(row) for row in cells])


def with_labels(*labels: str) -> bytes:
    """The CSV with these as its labels, over and over."""
    return with_cells(*((row, 2, labels[row % len(labels)]) for row in range(2, 22)))


def chosen(content: bytes) -> Table:
    return table(read_csv(content), ["height", "width"], "kind")


PLAIN = chosen(as_csv())


def test_columns_of_a_csv_become_numbers_and_classes():
    assert PLAIN.feature_names == ("height", "width")
    assert PLAIN.class_names == ("a", "b")
    assert PLAIN.X[:3] == ((0.5, 0.0), (7.5, 1.0), (14.5, 4.0))
    assert PLAIN.y == (0, 1) * 10


@pytest.mark.parametrize(
    "content",
    [
        as_csv().replace(b",", b";"),
        as_csv().replace(b",", b"\t"),
        as_csv().replace(b"\n", b"\r\n"),
        as_csv().replace(b"\n", b"\r"),
        as_csv().replace(b"\n", b"\r\r\n"),  # every second row is empty
        as_csv().replace(b",", b" , "),
        b'"' + as_csv().replace(b",", b'", "').replace(b"\n", b'"\n"') + b'"',
        b"\xef\xbb\xbf" + as_csv(),
        b"\n" + as_csv() + b"\n,,,\n,,,\n\n",
        as_csv('height;width;kind;"be, or not, or be, or"', [row.replace(",", ";") for row in ROWS]),
    ],
)
def test_other_ways_of_writing_it_say_the_same(content):
    assert chosen(content) == PLAIN


def test_the_numbers_are_those_of_the_text_to_the_last_bit():
    numbers = np.random.default_rng(0).standard_normal((100, 2)) * 10.0 ** np.arange(-50, 50)[:, None]
    content = as_csv("p,q,kind", [f"{p!r},{q!r},{k % 2}" for k, (p, q) in enumerate(numbers.tolist())])
    np.testing.assert_array_equal(table(read_csv(content), ["p", "q"], "kind").X, numbers)


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (as_csv() + b" " * limits.CSV_BYTES, ["1,000,", "the limit is 1,000,000"]),
        ("높이,너비,종류".encode("cp949"), ["not UTF-8", "byte 0"]),
        (b"", ["empty"]),
        (b"\n , \n", ["empty"]),
        (b"To be, or not to be", ["columns is 2", "between 3 and 1,000", "commas, semicolons or tabs"]),
        (as_csv("c," * 1001), ["columns is 1002", "between 3 and 1,000"]),
        (as_csv("5.1,3.5,setosa,x"), ["first row is ['5.1', '3.5', 'setosa', 'x']", "names"]),
        (as_csv("1,2,3,4"), ["first row is ['1', '2', '3', '4']", "names"]),
        (as_csv("height,width,height,note"), ["2 columns have the name 'height'"]),
        (as_csv(rows=[*ROWS[:5], "1,2,a", *ROWS[5:]]), ["row 7 has 3 cells, but the header has 4"]),
        (as_csv(rows=[*ROWS[:5], "1,2,a,b,c", *ROWS[5:]]), ["row 7 has 5 cells, but the header has 4"]),
        (as_csv(rows=[*ROWS, '1,2,a,"b']), ["not a valid CSV", "line 22"]),
        (as_csv(rows=[*ROWS[:5], '1,2,"a"b,c', *ROWS[5:]]), ["not a valid CSV", "line 7"]),
        (as_csv(rows=ROWS[:19]), ["rows below the header is 19", "20"]),
        (as_csv(rows=["1,2,a,b"] * 5001), ["rows below the header is 5001", "5,000"]),
    ],
)
def test_what_is_no_usable_csv_says_why(content, parts):
    with pytest.raises(ValueError) as error:
        read_csv(content)
    for part in parts:
        assert part in str(error.value)


def test_a_year_may_be_a_name_and_a_column_without_one_is_called_by_its_place():
    names = list(read_csv(as_csv(",2019, the  kind ,2020")).columns)
    assert names == ["column 1", "2019", "the kind", "2020"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([(17, 1, "abc")], "row 17, column 'width': 'abc' is not a number"),
        ([(17, 1, "1_000")], "row 17, column 'width': '1_000' is not a number"),
        ([(17, 1, "nan")], "row 17, column 'width': 'nan' is not a number"),
        ([(5, 0, " ")], "row 5, column 'height' is empty"),
        ([(9, 2, "")], "row 9, column 'kind' is empty"),
        ([(2, 0, "-inf")], "row 2, column 'height': '-inf' is not a number between -1e+100 and 1e+100"),
        ([(2, 0, "1e101")], "row 2, column 'height': '1e101' is not a number between -1e+100 and 1e+100"),
        (
            [(21, 1, "x"), (3, 2, ""), (3, 1, "y")],
            "row 3, column 'width': 'y' is not a number; row 3, column 'kind' is empty; "
            "row 21, column 'width': 'x' is not a number",
        ),
        (
            [(row, 0, "") for row in range(4, 19)],
            "row 4, column 'height' is empty; row 5, column 'height' is empty; row 6, column 'height' is empty; "
            "and so on: 15 such cells in total",
        ),
    ],
)
def test_faulty_cells_are_named_by_row_and_column(changes, message):
    with pytest.raises(ValueError) as error:
        chosen(with_cells(*changes))
    assert str(error.value) == message


def test_rows_keep_their_numbers_below_an_empty_row_and_a_cell_of_two_lines():
    rows = ["1,2,a,n", "", '1,2,a,"two\nlines"', "1,oops,b,n", *ROWS]
    with pytest.raises(ValueError, match="row 5, column 'width': 'oops'"):
        chosen(as_csv(rows=rows))


def test_what_stands_in_other_columns_does_not_matter():
    assert chosen(with_cells((2, 3, ""), (3, 3, "nan"), (4, 3, "inf"))) == PLAIN


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (with_labels("a"), ["labels in column 'kind' is 1, ['a']", "between 2 and 10"]),
        (with_labels(*"abcdefghijk"), ["labels in column 'kind' is 11, ['a',", "between 2 and 10", "class of each"]),
        (with_cells(*((row, 2, "c") for row in (2, 3, 4))), ["rows of class 'c' is 3", "between 4"]),
        (with_cells(*((row, 1, "7.0" if row % 2 else "7") for row in range(2, 22))), ["'width' has the same value"]),
    ],
)
def test_columns_that_give_nothing_to_learn_are_refused(content, parts):
    with pytest.raises(ValueError) as error:
        chosen(content)
    for part in parts:
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("features", "label", "parts"),
    [
        (["height", "widht"], "kind", ["unknown column 'widht'; did you mean 'width'?", "height, width, kind, note"]),
        (["height", "width"], "sort", ["unknown column 'sort'"]),
        (["height"], "kind", ["features is 1", "between 2 and 64"]),
        (["height", "height"], "kind", ["differ"]),
        (["height", "kind"], "kind", ["'kind' has the classes"]),
        ("height", "kind", ["feature names are 'height'", "tuple"]),
    ],
)
def test_columns_that_cannot_be_chosen_are_named(features, label, parts):
    with pytest.raises(ValueError) as error:
        table(read_csv(as_csv()), features, label)
    for part in parts:
        assert part in str(error.value)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (("10", "9", "-2.5"), ("-2.5", "9", "10")),
        (("10", "9", "a"), ("10", "9", "a")),
        (("pear", "apple", "fig"), ("apple", "fig", "pear")),
    ],
)
def test_classes_are_in_the_order_of_their_numbers_or_of_the_alphabet(labels, names):
    found = chosen(with_labels(*labels))
    assert found.class_names == names
    assert [found.class_names[k] for k in found.y] == [labels[row % 3] for row in range(2, 22)]


@pytest.mark.parametrize(
    ("header", "row", "features", "label"),
    [
        ("height,width,kind,note", "{h},{w},{k},n{i}", ["height", "width"], "kind"),
        ("Species,height,width,kind", "{k},{h},{w},{k}", ["height", "width"], "Species"),
        ("y,height,width,kind", "{h},{w},{w},{k}", ["y", "height", "width"], "kind"),  # this y is no label
        ("height,sex,width,kind", "{h},{k},{w},{k}", ["height", "width"], "kind"),
        ("height,width,legs", "{h},{w},{n}", ["height", "width"], "legs"),
        ("height,width,name", "{h},{w},n{i}", ["height", "width"], "name"),
        ("height,gap,width,kind,gaps", "{h},,{w},{k},{gap}", ["height", "width"], "kind"),
        ("id,height,width,same,kind", "{i},{h},{w},3,{k}", ["height", "width"], "kind"),
    ],
)
def test_suggested_columns_are_sensible(header, row, features, label):
    rows = [
        row.format(i=i, h=7 * i % 20 + 0.5, w=i * i, k="ab"[i % 2], n=2 + i % 2 * 2, gap=["", "c", "d"][i % 3])
        for i in range(20)
    ]
    assert suggest_columns(read_csv(as_csv(header, rows))) == (features, label)


def test_no_more_columns_are_suggested_than_may_be_chosen():
    rows = [",".join([*(str((i * c) % 101) for c in range(2, 102)), "ab"[i % 2]]) for i in range(20)]
    features, label = suggest_columns(read_csv(as_csv(",".join([*(f"c{c}" for c in range(100)), "kind"]), rows)))
    assert label == "kind"
    assert features == [f"c{c}" for c in range(64)]


@pytest.mark.parametrize("name", ["iris", "wine", "breast_cancer"])
def test_scikit_learns_data_come_back_from_their_csv(name):
    import sklearn.datasets

    bunch = getattr(sklearn.datasets, f"load_{name}")(as_frame=True)
    frame = read_csv(bunch.frame.to_csv().encode())  # with an index, which is no feature
    found = table(frame, *suggest_columns(frame))
    assert found.feature_names == tuple(bunch.data.columns)
    assert found.class_names == tuple(str(k) for k in sorted(set(bunch.target)))
    np.testing.assert_array_equal(found.X, bunch.data)
    np.testing.assert_array_equal(found.y, bunch.target)


X, Y = [[i, i * i] for i in range(20)], [0, 1] * 10
FIELDS = {"feature_names": ["p", "q"], "class_names": ["a", "b"], "X": X, "y": Y}


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"feature_names": "pq"}, ["feature names are 'pq'", "tuple"]),
        ({"feature_names": ["p", 3]}, ["feature name is 3", "text"]),
        ({"feature_names": ["p", " "]}, ["feature name is ' '"]),
        ({"feature_names": ["p"], "X": [[i] for i in range(20)]}, ["features is 1", "64"]),
        ({"feature_names": ["p", "q", "r"]}, ["X has shape (20, 2)", "(n, 3)"]),
        ({"class_names": ["a", "a"]}, ["class names", "differ"]),
        ({"class_names": ["a"]}, ["classes is 1", "10"]),
        ({"class_names": None}, ["class names are None"]),
        ({"class_names": ["a", "b", "c"]}, ["rows of class 'c' is 0"]),
        ({"X": [*X[:19], [1]]}, ["inhomogeneous"]),
        ({"X": X[:19]}, ["X has shape (19, 2) and y (20,)"]),
        ({"X": X[:19], "y": Y[:19]}, ["rows is 19", "20"]),
        ({"X": X * 251, "y": Y * 251}, ["rows is 5020", "5,000"]),
        ({"X": [*X[:19], [1, None]]}, ["only numbers"]),
        ({"X": [*X[:19], [1, 10**400]]}, ["only numbers"]),
        ({"X": [["1", "2"]] * 20}, ["only numbers"]),
        ({"X": {"p": 1}}, ["only numbers"]),
        ({"X": [*X[:19], [1, float("nan")]]}, ["X[19][1] is nan"]),
        ({"X": [*X[:19], [float("inf"), 1]]}, ["X[19][0] is inf"]),
        ({"X": [[i, 0.1] for i in range(20)]}, ["'q' has the same value"]),
        ({"y": [0.0, 1.0] * 10}, ["y only whole numbers"]),
        ({"y": [True, False] * 10}, ["y only whole numbers"]),
        ({"y": [0, 2] * 10}, ["y goes from 0 to 2", "between 0 and 1"]),
        ({"y": [0, -1] * 10}, ["y goes from -1"]),
        ({"y": [0] * 17 + [1] * 3}, ["rows of class 'b' is 3", "between 4"]),
    ],
)
def test_a_table_checks_itself(change, parts):
    with pytest.raises(ValueError) as error:
        Table(**(FIELDS | change))
    for part in parts:
        assert part in str(error.value)


def test_lists_and_arrays_become_plain_tuples():
    one, other = Table(**FIELDS), Table(("p", "q"), ("a", "b"), np.array(X, np.float32), np.array(Y, np.uint8))
    assert one == other
    assert hash(one) == hash(other)
    assert type(other.X[0][0]) is float
    assert type(other.y[0]) is int


@pytest.mark.parametrize(
    "change", [{"feature_names": ["q", "p"]}, {"class_names": ["b", "a"]}, {"X": X[::-1]}, {"y": Y[::-1]}]
)
def test_every_part_makes_a_table_another(change):
    one, other = Table(**FIELDS), Table(**(FIELDS | change))
    assert one != other
    assert hash(one) != hash(other)


def test_a_pickle_is_found_in_another_process_where_texts_hash_differently():
    one = Table(**FIELDS)
    assert pickle.loads(pickle.dumps(one)) == one
    assert hash(pickle.loads(pickle.dumps(one))) == hash(one)
    code = (
        "import pickle, sys; from core.data.tables import Table; one = pickle.load(sys.stdin.buffer);"
        "assert {Table(one.feature_names, one.class_names, one.X, one.y): 'found'}[one] == 'found'"
    )
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(one), check=True, cwd=ROOT)


def test_a_large_table_prints_short():
    names = [f"feature {i}" for i in range(64)]
    numbers = np.random.default_rng(0).standard_normal((5000, 64))
    large = Table(names, ["a", "b"], numbers, [0, 1] * 2500)
    assert "5000 rows, 64 features" in repr(large)
    assert len(repr(large)) < 200
