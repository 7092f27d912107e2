import pyarrow as pa
from streamlit.dataframe_util import convert_anything_to_arrow_bytes
from streamlit.testing.v1 import AppTest

from ui.charts.arrow import arrow, finished

ROWS = [{"name": "a", "value": 1.5, "at": [1, 2]}, {"name": "b", "value": None, "at": [3, 4]}]
CHART = {"data": {"name": "rows"}, "mark": "point", "encoding": {"x": {"field": "value"}}, "datasets": {"rows": ROWS}}


def rows_in(data: bytes) -> list[dict]:
    return pa.ipc.open_stream(data).read_all().to_pylist()


def test_data_are_those_that_streamlit_would_send():
    sent = finished(dict, CHART)["datasets"]
    assert list(sent) == ["rows"]
    assert rows_in(sent["rows"]) == rows_in(convert_anything_to_arrow_bytes(ROWS)) == ROWS


def test_what_is_no_number_is_nothing():
    rows = [{"value": float("nan")}, {"value": 1, "other": "b"}, {"value": float("inf")}]
    nothing = [{"value": None, "other": None}, {"value": 1, "other": "b"}, {"value": float("inf"), "other": None}]
    assert rows_in(arrow(rows)) == rows_in(convert_anything_to_arrow_bytes(rows)) == nothing
    assert finished(dict, {"mark": "point"}) == {"mark": "point"}, "a chart without data"


def test_streamlit_sends_them_as_they_are():
    def page(chart):
        import streamlit

        streamlit.vega_lite_chart(chart)

    chart = finished(dict, CHART)
    (drawn,) = AppTest.from_function(page, args=(chart,)).run().get("vega_lite_chart")
    assert {each.name: each.data.data for each in drawn.proto.datasets} == chart["datasets"]
