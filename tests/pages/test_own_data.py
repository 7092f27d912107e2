"""Data of one's own on Compare, in AppTest: read, chosen, kept, and asked for by links and files."""

import re

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, Table, final_figures, train
from tests import ROOT
from tests.core.data.test_sheets import with_sheets_before
from tests.page import (
    address,
    charts,
    choose,
    drawn_by,
    figures,
    in_words,
    messages,
    opened,
    press,
    result,
    run,
    upload,
)

pytestmark = pytest.mark.usefixtures("no_worker_processes")
(XOR,) = (ROOT / "tests" / "data" / "cases").glob("c19_*")
CSV = "height,width,note,kind\n" + "".join(
    f"{x:.3f},{y:.3f},a note,{'in' if x * x + y * y < 1 else 'out'}\n"
    for x, y in np.random.default_rng(0).normal(size=(60, 2))
)


def test_four_rows_have_no_test_data_and_nothing_on_the_page_speaks_of_them():
    page = opened(dataset="own", activations=["relu", "tanh"], epochs="2", seeds="3", inside="relu")
    page.file_uploader(key="own file").upload(XOR.name, XOR.read_bytes(), "text/csv")
    run(page)
    said = [each.value for each in (*page.main.markdown, *page.main.caption)] + messages(page)
    said += [box.label for box in page.expander] + [str(drawn_by(page, "table")), str(drawn_by(page, "pictures"))]
    said += [chart.proto.spec + in_words(chart) for chart in page.get("vega_lite_chart")]
    of_test_data = r"\b[Tt]est(ed)? (acc|loss|data|sample)"
    found = {match[0] for text in said for match in [re.search(".{0,30}" + of_test_data, text)] if match}
    assert all(re.search("no test|too small for", text) for text in found), found
    titles = [chart["title"] for chart in charts(page) if isinstance(chart.get("title"), str)]
    assert titles.count("Training loss") == titles.count("Training accuracy") == 1


@pytest.mark.parametrize(
    ("table", "problem"), [(XOR.read_text(), "These columns cannot be used"), ("x", "This file cannot be used")]
)
def test_what_is_wrong_with_a_table_is_said_in_the_language_that_is_chosen_later(table, problem):
    page = opened(dataset="own", activations=["relu"], epochs="1")
    page.text_area(key="own pasted").set_value(table)
    run(page)
    if page.main.multiselect:
        choose(page, "multiselect", "own features", [])
    assert [problem in error.value for error in page.error] == [True]
    choose(page, "button_group", "language", "ko")
    (korean,) = page.error
    assert not re.search("[A-Za-z]{3}", korean.value)
    assert any("내 데이터: 붙여 넣은 표" in box.label for box in page.main.expander)


def test_a_table_that_the_uploader_does_not_show_is_named_and_can_be_removed():
    page = opened(dataset="own", activations=["relu"], epochs="1")
    assert not [text for text in page.main.markdown if "is in use" in text.value]
    page.text_area(key="own pasted").set_value(XOR.read_text())
    run(page)
    assert any("pasted table" in text.value and "is in use" in text.value for text in page.main.markdown)
    page.file_uploader(key="own file").upload("mine.csv", XOR.read_bytes(), "text/csv")
    run(page)
    assert not [text for text in page.main.markdown if "is in use" in text.value], "the uploader shows it"
    page.text_area(key="own pasted").set_value(XOR.read_text() + "\n")
    run(page)
    assert any("pasted table" in text.value and "is in use" in text.value for text in page.main.markdown)
    press(page, "own remove")
    assert any("There are no data yet" in message for message in messages(page))
    assert not [text for text in page.main.markdown if "is in use" in text.value]


def test_what_is_wrong_in_the_address_is_said_without_data_too():
    page = opened(dataset="own", layers="abc", batch_size="foo")
    beside = [warning.value for warning in page.sidebar.warning]
    assert any("'abc'" in text for text in beside) and any("'foo'" in text for text in beside)
    in_order = [each.value for each in page.main if each.type in ("warning", "info")]
    (of_all,) = [place for place, text in enumerate(in_order) if "layers, batch_size" in text.replace("\\", "")]
    (no_data,) = [place for place, text in enumerate(in_order) if "There are no data yet" in text]
    assert of_all < no_data


def test_own_data_are_a_dataset():
    page = opened(dataset="own", activations=["relu", "identity"])
    assert any("Choose a file or paste" in message for message in messages(page))
    assert not drawn_by(page, "table")
    upload(page, CSV)
    assert len(figures(page)) == 2
    assert page.multiselect(key="own features").value == ["height", "width"]
    assert page.selectbox(key="own label").value == "kind"
    before = result(page)
    upload(page, CSV.replace("-", ""))
    assert result(page) != before
    assert address(page) == {"dataset": ["own"], "activations": ["relu", "identity"]}


def test_what_is_assumed_of_own_data_is_said_and_can_be_read_otherwise():
    page = opened(dataset="own", activations=["relu"], epochs="3")
    upload(page, CSV.replace(",", ";").replace(".", ","))
    assert any("Commas were read as decimal signs" in text.value for text in page.main.markdown)
    upload(page, "a;b;kind\n" + "".join(f"2.{k}6;{k}7;{'ab'[k % 2]}\n" for k in range(10, 24)) + "7;8;a\n")
    assert page.session_state["own table"].data.X[0] == (2106.0, 107.0)
    press(page, "own offer 0")
    assert page.session_state["own table"].data.X[0] == (2.106, 107.0)
    choose(page, "selectbox", "own label", "b")
    assert page.multiselect(key="own features").value == ["a"], "choosing a label takes it out of the features"
    assert any("column 'b' has 15 different values" in message for message in messages(page))
    upload(page, "nothing")
    assert any("This file cannot be used" in message for message in messages(page))


def test_a_class_that_is_written_like_a_missing_value_is_offered_as_one_and_back():
    page = opened(dataset="own", activations=["relu"], epochs="1")
    upload(page, "u,v,grade\n" + "".join(f"{k}.5,{k % 7},{('None', 'Mild', '+')[k % 3]}\n" for k in range(60)))
    for classes, said in ((("+", "Mild"), "value"), (("+", "Mild", "None"), "missing"), (("+", "Mild"), "value")):
        assert page.session_state["own table"].data.class_names == classes
        (offer,) = [button for button in page.main.button if button.key.startswith("own offer")]
        assert offer.label.startswith("Read 'None' as") and offer.label.endswith(said)
        press(page, "own offer 0")


def test_a_feature_that_was_the_label_for_a_while_is_a_feature_again_in_its_place():
    page = opened(dataset="own", activations=["relu"], epochs="1")
    upload(page, "u,v,w,class\n" + "".join(f"{k % 4},{k % 5},{k % 7},{'ab'[k % 2]}\n" for k in range(40)))
    for label, features in (("v", ["u", "w"]), ("u", ["v", "w"]), ("class", ["u", "v", "w"])):
        choose(page, "selectbox", "own label", label)
        assert page.multiselect(key="own features").value == features
    assert any("40 rows, 3 features and 2 classes are used." in text.value for text in page.main.markdown)
    choose(page, "multiselect", "own features", ["v"])
    assert any("40 rows, 1 feature and 2 classes are used." in text.value for text in page.main.markdown)
    choose(page, "selectbox", "own label", "u")
    choose(page, "selectbox", "own label", "class")
    assert page.multiselect(key="own features").value == ["v"], "what was no feature before is none after"


def test_another_reading_that_is_none_is_refused_and_the_one_that_is_there_stays():
    page = opened(dataset="own", activations=["relu"], epochs="1")
    page.file_uploader(key="own file").upload("two.ods", with_sheets_before({"Notes": [["May"]], "Empty": []}))
    run(page)
    before = page.session_state["own table"].data
    assert before is not None and any("before it that are no tables" in text.value for text in page.main.markdown)
    press(page, "own offer 0")
    (error,) = page.error
    assert error.value == (
        "That reading is not possible: the file is empty. The table stays as it was read before."
    )  # fmt: skip
    assert page.session_state["own table"].data is before
    assert page.button(key="own offer 0").label == "Read the sheet 'Empty' instead"


def test_of_a_table_without_data_that_can_be_used_it_is_not_said_that_there_is_none():
    page = opened(dataset="own", activations=["relu"], epochs="1")
    upload(page, "x,class\n" + "".join(f"{k % 5},name {k % 30}\n" for k in range(300)))
    choose(page, "selectbox", "own label", "class")
    assert any("has 30 different values" in message for message in messages(page))
    assert not any("There are no data yet" in message for message in messages(page))
    assert any("There are no data that can be used yet." in message for message in messages(page))


def test_own_data_and_the_choice_of_their_columns_stay_when_the_page_is_left():
    page = opened(dataset="own", activations=["relu"], epochs="3")
    upload(page, CSV, "flowers.csv")
    choose(page, "multiselect", "own features", ["width"])
    before = result(page)
    page.switch_page("pages/softmax.py")
    run(page)
    page.switch_page("app.py")
    run(page)
    choose(page, "selectbox", "dataset", "own")
    assert page.multiselect(key="own features").value == ["width"]
    assert any("flowers.csv" in box.label for box in page.expander)
    assert result(page) == before or len(figures(page))


def test_an_experiment_of_own_data_brings_them_along():
    X = np.random.default_rng(1).normal(size=(40, 2)).round(3)
    table = Table(("a", "b"), ("no", "yes"), X.tolist(), (X[:, 0] > 0).astype(int).tolist())
    experiment = Experiment(DatasetSpec("own", table=table), (Run("tanh"), Run("relu")), epochs=10)
    page = opened()
    upload(page, experiment.to_json(), "experiment.json", "application/json", "experiment file")
    assert figures(page).test_loss.tolist() == final_figures(train(experiment)).test_loss.tolist()


def test_data_that_differ_in_one_cell_have_charts_of_their_own():
    """-1 and -2 have the same hash in Python."""
    charts = []
    for cell in ("-1.000", "-2.000"):
        page = opened(dataset="own", activations=["relu"], epochs="10")
        upload(page, CSV + f"{cell},0.5,a note,in\n")
        charts.append(drawn_by(page, "pictures"))
    assert charts[0] != charts[1]


def test_an_opened_experiment_has_its_classes_and_columns_as_they_were():
    X = np.random.default_rng(1).normal(size=(40, 3)).round(3)
    table = Table(("class", "id", " b"), ("yes", " no"), X.tolist(), (X[:, 0] > 0).astype(int).tolist())
    experiment = Experiment(DatasetSpec("own", table=table, view="all"), (Run("tanh"),), epochs=10)
    page = opened()
    upload(page, experiment.to_json(), "experiment.json", "application/json", "experiment file")
    assert figures(page).test_loss.tolist() == final_figures(train(experiment)).test_loss.tolist()
    upload(page, CSV)
    assert page.multiselect(key="own features").value == ["height", "width"]


def test_a_link_to_own_data_keeps_its_settings_until_the_file_is_there():
    asked = {"dataset": ["own"], "activations": ["relu"], "inside": ["relu"], "view": ["all"], "seeds": ["2"]}
    page = opened(**asked, shown_seed="1")
    assert address(page) == asked | {"shown_seed": ["1"]}
    rows = CSV.replace("a note", "1.5").splitlines()
    upload(page, "\n".join([rows[0], *(f"{row.replace('1.5', str(i * 0.1))}" for i, row in enumerate(rows[1:]))]))
    assert address(page) == asked | {"shown_seed": ["1"]}
    assert page.selectbox(key="view").value == "all"
    assert any("The network ReLU" in chart.proto.alt for chart in page.get("vega_lite_chart"))


def test_what_others_wrote_is_shown_as_it_is():
    page = opened(activations="![x](https://example.org/p.png)", **{"<b>": "1", "$x$": "2"})
    for message in page.warning:
        assert "![" not in message.value.replace(r"\!\[", "")
        assert "<b>" not in message.value
    page = opened(dataset="own", activations=["relu"])
    upload(page, CSV.replace("height", "cost ($)").replace("width", "gain ($)"))
    assert any(r"cost \(\$\)" in text.value for text in page.main.markdown)
