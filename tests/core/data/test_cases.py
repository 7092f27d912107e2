"""Tables as people have them: one file for each difficulty (see tests/data/cases), and what a person expects of it."""

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Sheet, read_table, suggest_columns, table, train
from tests import ROOT

CASES = ROOT / "tests" / "data" / "cases"


def read(name: str, **options) -> Sheet:
    (path,) = CASES.glob(f"{name}_*")
    return read_table(path.read_bytes(), path.name, **options)


def suggested(sheet: Sheet):
    return table(sheet, *suggest_columns(sheet))


def says(notes, *parts: str) -> bool:
    """Whether one of the notes has all of these parts."""
    return any(all(part in note for part in parts) for note in notes)


def test_decimal_commas():
    sheet = read("c01")
    assert sheet.frame["Temperatur"].tolist()[:2] == [20.0, 22.73]
    assert says(sheet.notes, "Commas were read as decimal signs")
    assert suggest_columns(sheet) == (["Temperatur", "Feuchte"], "Klasse")


@pytest.mark.parametrize(
    ("name", "columns", "classes", "encoding"),
    [
        ("c02", ["T (°C)", "PAR (µmol/m²/s)", "Saison"], ("Hiver", "Été"), "Latin-1"),
        ("c03", ["키", "몸무게", "분류"], ("낮음", "높음"), "cp949"),
    ],
)
def test_encodings(name, columns, classes, encoding):
    sheet = read(name)
    assert list(sheet.frame) == columns
    assert suggested(sheet).class_names == classes
    assert says(sheet.notes, "encoding", encoding)


def test_no_header():
    sheet = read("c05c")
    assert list(sheet.frame) == ["column 1", "column 2", "column 3"]
    assert len(sheet.frame) == 60
    assert sheet.frame.iloc[0].tolist() == [50, 51, "no"]
    assert says(sheet.notes, "no header")


SPACED = {
    "1,5 2,25 a\n3,5 4,25 b\n5,5 6,125 a\n1,5 2,75 b\n": [1.5, 2.25, "a"],
    "1,5  -2,25  3 a\n10,25 4,5 1 b\n5,5 6,125 2 a\n1,5 2,75 1 b\n": [1.5, -2.25, 3, "a"],
    "0,5 1\n0,7 0\n0,9 1\n0,1 0\n": [0.5, 1],
}


@pytest.mark.parametrize("text", SPACED)
def test_decimal_commas_between_spaces_without_a_header(text):
    sheet = read_table(text.encode())
    assert sheet.frame.iloc[0].tolist() == SPACED[text]
    assert says(sheet.notes, "separated by spaces")


def test_spaces_within_cells_between_commas():
    sheet = read_table(b"Mon 5,1,a\nTue 6,2,b\nMon 7,2,a\nWed 8,1,b\n")
    assert sheet.frame.iloc[0].tolist() == ["Mon 5", 1, "a"]
    assert read_table(b"1, 2, a\n3, 4, b\n5, 6, a\n7, 8, b\n").frame.iloc[0].tolist() == [1, 2, "a"]


def test_a_comma_too_many_in_the_header():
    sheet = read("c06")
    assert list(sheet.frame) == ["id", "diagnosis", "radius_mean", "texture_mean", "area_mean"]
    assert suggest_columns(sheet) == (["radius_mean", "texture_mean", "area_mean"], "diagnosis")


def test_rows_that_lack_values():
    sheet = read("c07")
    assert len(sheet.frame) == 90
    assert says(suggested(sheet).notes, "5 of 90")
    about_texts = [note for note in (*sheet.notes, *suggested(sheet).notes) if "one-hot" in note]
    assert len(about_texts) == sum("'Sex'" in note or "'Island'" in note for note in about_texts) == 2
    assert says(table(sheet, ["BodyMass"], "Species").notes, "left out", "of 90")


def test_a_class_of_one_row():
    found = suggested(read("c08b"))
    assert found.class_names == ("no", "yes")
    assert len(found.y) == 59
    assert says(found.notes, "'rare'", "left out")


def test_a_line_for_the_spreadsheet_a_title_and_two_columns_of_one_name():
    assert list(read("c09").frame) == ["length", "width", "kind"]
    titled = read("c12b")
    assert list(titled.frame) == ["length", "width", "kind"]
    assert len(titled.frame) == 60
    assert says(titled.notes, "Results of class 3b")
    assert list(read("c10").frame) == ["value", "value 2", "date", "kind"]


def test_currency_and_percent():
    frame = read("c11b").frame
    assert frame["salary"].iloc[0] == 24974
    assert frame["rate"].iloc[0] == 30


def test_true_and_false():
    sheet = read("c13")
    found = table(sheet, ["smoker_yes", "region_north"], "label")
    assert found.X[:2] == ((0.0, 0.0), (1.0, 1.0))
    assert suggested(read("c28")).class_names == ("False", "True")


def test_row_numbers():
    sheet = read("c15")
    assert suggest_columns(sheet) == (["x1", "x2"], "species")
    assert says(sheet.notes, "row numbers or ids", "column 1")


def test_a_label_early_in_the_file_and_features_of_texts():
    sheet = read("c16")
    features, label = suggest_columns(sheet)
    assert label == "Survived"
    assert {"Sex", "Embarked", "Fare"} <= set(features)
    assert not {"PassengerId", "Name", "Ticket"} & set(features)
    assert says(sheet.notes, "Columns that are not suggested, because", "ids", "'PassengerId'")
    assert says(suggested(sheet).notes, "one-hot", "'Sex'")
    other = table(sheet, ["Sex", "Survived"], "Sex")
    assert other.feature_names == ("Survived",)
    assert says(other.notes, "'Sex' has the classes")
    assert {"Sex = female", "Sex = male"} <= set(suggested(sheet).feature_names)


def test_the_truth_table_is_learned_without_a_test_part():
    found = suggested(read("c19"))
    assert found.X == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert says(found.notes, "too small for test data")
    spec = DatasetSpec("own", table=found)
    history = train(Experiment(spec, (Run("tanh"), Run("tanh", seed=1), Run("tanh", seed=2)), (8,), epochs=400))
    assert history.train_accuracy[:, -1].max() == 1
    assert (history.test_loss == history.train_loss).all()


def test_a_code_for_missing():
    sheet = read("c30")
    assert (sheet.frame["wind"] == -9999).sum() > 1
    assert says(sheet.notes, "-9999", "code for missing")
    (offer,) = sheet.offers
    other = read("c30", **offer.options)
    assert other.frame["wind"].isna().sum() == (sheet.frame["wind"] == -9999).sum()
    (back,) = other.offers
    assert read("c30", **offer.options | back.options).frame.equals(sheet.frame)


def test_points_in_doubt():
    sheet = read("c34b")
    assert says(sheet.notes, "Two readings", "2.036", "2036")
    assert not says(sheet.notes, "read as signs of thousands"), "which the other one says"
    assert sheet.frame["umsatz"].tolist()[:3] == [2036, 2376, 607]
    (offer,) = sheet.offers
    assert read("c34b", **offer.options).frame["umsatz"].tolist()[:3] == [2.036, 2.376, 607]


def test_more_columns_than_there_may_be_features():
    sheet = read("c36")
    features, label = suggest_columns(sheet)
    assert label == "label"
    assert len(features) == 64
    assert says(sheet.notes, "64 of 784", "F value")
    everything = [name for name in sheet.frame if name != label]
    found = table(sheet, everything, label)
    assert set(found.feature_names) == set(features)
    assert says(found.notes, "64 of", "F value")


def test_a_missing_label_is_no_class():
    sheet = read("c37")
    found = suggested(sheet)
    assert found.class_names == ("female", "male")
    assert says(found.notes, "10 of 90")
    assert np.isnan(sheet.frame["bill_length_mm"]).sum() == 0
