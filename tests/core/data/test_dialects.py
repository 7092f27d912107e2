"""A known table, written in any dialect, is read back the same."""

import csv
import io

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from core import read_table, suggest_columns

NAMES = ("Größe", "mass", "kind")
CLASSES = ("rot", "grün", "blau")
numbers = st.decimals(min_value=-5000, max_value=5000, places=2, allow_nan=False)
rows = st.lists(st.tuples(numbers, numbers, st.sampled_from(CLASSES)), min_size=12, max_size=40).filter(
    lambda rows: (
        len({row[2] for row in rows}) > 1 and all(sum(row[2] == other[2] for other in rows) > 1 for row in rows)
    )
)


@st.composite
def dialects(draw) -> dict:
    separator = draw(st.sampled_from([",", ";", "\t", "|"]))
    decimal = draw(st.sampled_from(["."] if separator == "," else [".", ","]))
    return {
        "separator": separator,
        "decimal": decimal,
        "thousands": draw(st.sampled_from(["", "\u202f", "'", {".": ",", ",": "."}[decimal]])),
        "quoting": draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])),
        "encoding": draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])),
        "line_end": draw(st.sampled_from(["\n", "\r\n", "\r"])),
        "minus": draw(st.sampled_from(["-", "\u2212"])),
        "has_header": draw(st.booleans()),
    }


def written(rows, dialect: dict) -> bytes:
    def cell(number) -> str:
        text = f"{number:,.2f}".replace(",", "_").replace(".", dialect["decimal"])
        return text.replace("_", dialect["thousands"]).replace("-", dialect["minus"])

    file = io.StringIO()
    writer = csv.writer(
        file, delimiter=dialect["separator"], quoting=dialect["quoting"], lineterminator=dialect["line_end"]
    )
    writer.writerows([NAMES] * dialect["has_header"])
    writer.writerows([cell(a), cell(b), kind] for a, b, kind in rows)
    try:
        return file.getvalue().encode(dialect["encoding"])
    except UnicodeEncodeError:  # a sign that cp1252 does not have
        return file.getvalue().encode()


@settings(max_examples=120, deadline=None, derandomize=True)
@given(rows, dialects())
def test_it_is_read_back_the_same(rows, dialect):
    sheet = read_table(written(rows, dialect))
    names = list(NAMES) if dialect["has_header"] else ["column 1", "column 2", "column 3"]
    assert list(sheet.frame) == names
    for place in (0, 1):
        assert sheet.frame.iloc[:, place].tolist() == [float(row[place]) for row in rows]
    assert sheet.frame.iloc[:, 2].tolist() == [row[2] for row in rows]
    assert suggest_columns(sheet)[1] == names[2]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
                 st.text('ab1,;\t"\n.#-', max_size=400).map(str.encode)))  # fmt: skip
def test_whatever_else_it_is_gives_a_table_or_a_sentence(content):
    try:
        sheet = read_table(content)
    except ValueError as error:
        assert str(error)
    else:
        assert isinstance(sheet.frame, pd.DataFrame)
        features, label = suggest_columns(sheet)
        assert label in sheet.frame
        assert label not in features
