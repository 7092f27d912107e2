"""Data of one's own on Compare, in AppTest: without a test part, in use, and asked for by a bad address."""

import re

import pytest

from tests import ROOT
from tests.page import charts, drawn_by, messages, opened, press, run

pytestmark = pytest.mark.usefixtures("no_worker_processes")
(XOR,) = (ROOT / "tests" / "data" / "cases").glob("c19_*")


def test_four_rows_have_no_test_data_and_nothing_on_the_page_speaks_of_them():
    page = opened(dataset="own", activations=["relu", "tanh"], epochs="2", seeds="3", inside="relu")
    page.file_uploader(key="own file").upload(XOR.name, XOR.read_bytes(), "text/csv")
    run(page)
    said = [each.value for each in (*page.main.markdown, *page.main.caption)] + messages(page)
    said += [box.label for box in page.expander] + [str(drawn_by(page, "table")), str(drawn_by(page, "pictures"))]
    said += [chart.proto.spec + chart.proto.alt for chart in page.get("vega_lite_chart")]
    of_test_data = r"\b[Tt]est(ed)? (acc|loss|data|sample)"
    found = {match[0] for text in said for match in [re.search(".{0,30}" + of_test_data, text)] if match}
    assert all(re.search("no test|too small for", text) for text in found), found
    titles = [chart["title"] for chart in charts(page) if isinstance(chart.get("title"), str)]
    assert titles.count("Training loss") == titles.count("Training accuracy") == 1


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
