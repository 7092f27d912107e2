"""Why non-linear, in AppTest: every control changes what is shown, and every notice is true."""

import pytest

from tests.page import address, charts, choose, links, messages, opened, press
from ui.lessons.nonlinearity import TRIES

PAGE = "pages/nonlinearity.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> str:
    """The charts' texts and all sentences."""
    return " ".join(
        [*(chart.proto.alt for chart in page.get("vega_lite_chart")), *(text.value for text in page.main.markdown)]
    )


def accuracies(page) -> tuple[float, float]:
    """Of the network and of the one layer, in percent, as the chart's text says."""
    words = page.get("vega_lite_chart")[0].proto.alt.split(" % ")
    return float(words[0].split()[-1]), float(page.get("vega_lite_chart")[0].proto.alt.split("one: ")[1].split(" %")[0])


def test_it_opens_with_a_linear_network_that_equals_one_layer():
    page = opened(PAGE)
    assert page.title[0].value == "Why must the layers bend?"
    network, one_layer = accuracies(page)
    assert network == one_layer
    assert "which is rounding" in texts(page)
    assert not messages(page)[1:], "but for the invitation to try something"
    assert len(charts(page)) == 2


@pytest.mark.parametrize(
    ("widget", "key", "value"),
    [("selectbox", "dataset", "xor"), ("slider", "layers", 5), ("selectbox", "bent", "2"), ("slider", "c", 1.2)],
)
def test_every_control_changes_the_result_and_is_in_the_address(widget, key, value):
    page = opened(PAGE)
    before = texts(page)
    choose(page, widget, key, value)
    assert texts(page) != before
    assert address(page) == {key: [str(value)]}


def test_the_activation_counts_once_a_layer_has_it():
    page = opened(PAGE)
    assert page.selectbox(key="activation").disabled
    choose(page, "selectbox", "bent", "1")
    before = texts(page)
    choose(page, "selectbox", "activation", "tanh")
    assert texts(page) != before


def test_fewer_layers_than_the_bent_one_leave_none_bent():
    page = opened(PAGE, layers="4", bent="4")
    choose(page, "slider", "layers", 3)
    assert page.selectbox(key="bent").value == "none"
    assert address(page) == {}


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    page = opened(PAGE, dataset="mons", layers="99", bent="7", activation="rleu", c="hot", nonsense="1")
    said = " ".join(messages(page))
    for wrong in ("'mons'", "'99'", "'7'", "'rleu'", "'hot'", "nonsense"):
        assert wrong in said
    assert len(charts(page)) == 2


def test_a_line_cannot_do_it_and_a_bend_can():
    """What the notices of the buttons say."""
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert each.notice in messages(page)[0].replace("\\", "")
        network, one_layer = accuracies(page)
        if "bent" in each.settings:
            assert network > 90 > 70 > one_layer
        else:
            assert network == one_layer < 70


def test_the_link_to_compare_has_the_same_network():
    page = opened(PAGE, dataset="circles", layers="4", bent="2", activation="tanh")
    there = links(page)["Open this in Compare"]
    assert there == "?dataset=circles&layers=4&units=8&activations=identity&activations=tanh"
