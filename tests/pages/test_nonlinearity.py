"""Why non-linear, in AppTest: every control changes what is shown, and is in the address."""

import pytest

from tests.page import address, charts, choose, links, messages, opened, press
from tests.ui.charts.test_charts import rows_with
from ui.lessons.nonlinearity.controls import TRIES

PAGE = "pages/nonlinearity.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> str:
    """The charts' texts and all sentences."""
    return " ".join(
        [*(chart.proto.alt for chart in page.get("vega_lite_chart")), *(text.value for text in page.main.markdown)]
    )


def test_it_opens_with_a_linear_network_that_equals_one_layer():
    page = opened(PAGE)
    assert "which is rounding error" in texts(page)
    assert not messages(page)
    assert {cell["matrix"] for cell in rows_with(charts(page)[-1], "shares")} == {"W₁", "W₂", "W₃", "W₄", "W"}


def test_every_control_changes_the_result_and_is_in_the_address():
    page = opened(PAGE)
    assert page.selectbox(key="activation").disabled, "until a layer has one"
    expected = {}
    for widget, key, value in (
        ("selectbox", "dataset", "xor"),
        ("slider", "layers", 5),
        ("selectbox", "bent", "2"),
        ("selectbox", "activation", "tanh"),
        ("slider", "c", 1.2),
    ):
        before = texts(page)
        choose(page, widget, key, value)
        assert texts(page) != before, key
        expected[key] = [str(value)]
        assert address(page) == expected
    assert texts(opened(PAGE, **address(page))) == texts(page), "the link gives the same view"
    there = links(page)["Compare such networks"]
    assert there == "?dataset=xor&layers=5&units=8&activations=identity&activations=tanh"


def test_fewer_layers_than_the_one_with_the_activation_leave_none_with_it():
    page = opened(PAGE, layers="4", bent="4")
    choose(page, "slider", "layers", 3)
    assert page.selectbox(key="bent").value == "none"
    assert address(page) == {}


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    page = opened(PAGE, dataset="mons", layers="99", bent="7", activation="rleu", c="hot", nonsense="1")
    said = " ".join(messages(page))
    for wrong in ("'mons'", "'99'", "'7'", "'rleu'", "'hot'", "nonsense"):
        assert wrong in said
    assert charts(page)


def test_the_buttons_say_what_there_is_to_see():
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert each.notice in messages(page)[0]
        assert address(page) == {key: [str(value)] for key, value in each.settings.items()}
