from streamlit.dataframe_util import convert_anything_to_arrow_bytes
from streamlit.testing.v1 import AppTest

from ui.charts.arrow import finished

ROWS = [{"name": "a", "value": 1.5, "at": [1, 2]}, {"name": "b", "value": None, "at": [3, 4]}]
CHART = {"data": {"name": "rows"}, "mark": "point", "encoding": {"x": {"field": "value"}}, "datasets": {"rows": ROWS}}


def test_data_are_those_that_streamlit_would_send():
    assert finished(dict, CHART)["datasets"] == {"rows": convert_anything_to_arrow_bytes(ROWS)}
    assert finished(dict, {"mark": "point"}) == {"mark": "point"}, "a chart without data"


def test_streamlit_sends_them_as_they_are():
    def page(chart):
        import streamlit

        streamlit.vega_lite_chart(chart)

    chart = finished(dict, CHART)
    (drawn,) = AppTest.from_function(page, args=(chart,)).run().get("vega_lite_chart")
    assert {each.name: each.data.data for each in drawn.proto.datasets} == chart["datasets"]
