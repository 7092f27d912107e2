"""Why non-linear, in AppTest: every control changes what is shown, and every notice is true."""

import re

import numpy as np
import pytest
from scipy.stats import norm

from tests.page import address, charts, choose, drawn_by, links, messages, opened, press
from tests.ui.charts.test_charts import pixels, rows_with
from ui.lessons.nonlinearity.controls import DATASETS, TRIES

PAGE = "pages/nonlinearity.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def texts(page) -> str:
    """The charts' texts and all sentences."""
    return " ".join(
        [
            *(drawn["text"] for drawn in drawn_by(page, "pictures")),
            *(chart.proto.alt for chart in page.get("vega_lite_chart")),
            *(text.value for text in page.main.markdown),
        ]
    )


def accuracies(page) -> list[float]:
    """Of the network, of the one without the activation, if there is one, and of the one layer, in percent, as the
    chart's text says."""
    (drawn,) = drawn_by(page, "pictures")
    return [float(accuracy) for accuracy in re.findall(r": Test accuracy ([\d.]+) %", drawn["text"])]


def in_sight(page) -> list[bool]:
    """For each recorded epoch, whether the network's picture has the colours of both classes."""
    (drawn,) = drawn_by(page, "pictures")
    colours = [np.unique(pixels(url)[..., :3].reshape(-1, 3), axis=0) for url in drawn["networks"][0]["pictures"]]
    return [len(each) == 2 for each in colours]


def test_it_opens_with_a_linear_network_that_equals_one_layer():
    page = opened(PAGE)
    assert page.title[0].value == "Why must the layers bend?"
    network, one_layer = accuracies(page)
    assert network == one_layer
    assert "which is rounding" in texts(page)
    assert not messages(page)
    assert len(charts(page)) == 1


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
    assert len(charts(page)) == 1


def test_a_line_cannot_do_it_and_a_bend_can():
    """What the notices of the buttons say."""
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert each.notice in messages(page)[0].replace("\\", "")
        network, *straight = accuracies(page)
        if "bent" in each.settings:
            assert len(straight) == 2
            assert network > 90 > 70 > max(straight)
        else:
            assert [network] == straight
            assert network < 70


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("layers", [1, 2, 3, 6])
def test_a_line_outside_the_picture_is_said_to_be_there(dataset, layers):
    page = opened(PAGE, dataset=dataset, layers=str(layers))
    assert ("outside the picture" in texts(page)) == (not in_sight(page)[-1])
    assert any(in_sight(page)), "else it could not be seen by moving the bar back"


@pytest.mark.parametrize(
    ("dataset", "layers", "bent", "activation"),
    [("circles", 1, 1, "relu"), ("circles", 3, 1, "hardsigmoid"), ("moons", 6, 6, "sigmoid"), ("spiral", 3, 3, "step")],
)
def test_a_bend_is_said_to_help_only_where_it_does(dataset, layers, bent, activation):
    page = opened(PAGE, dataset=dataset, layers=str(layers), bent=str(bent), activation=activation)
    network, without, _ = accuracies(page)
    _, greatest = proportion_interval(max(without, 50), 160)
    assert ("All it could draw then is a straight line" in texts(page)) == (network > greatest)
    assert ("here the bend does not help" in texts(page)) == (network <= greatest)
    assert "chance level" in texts(page)


def proportion_interval(percent: float, samples: int) -> tuple[float, float]:
    """95 % of a share, by the normal approximation."""
    half = norm.ppf(0.975) * np.sqrt(percent * (100 - percent) / samples)
    return percent - half, percent + half


def test_a_step_that_brings_a_network_up_to_chance_is_no_gain():
    page = opened(PAGE, dataset="circles", layers="2", bent="1", activation="step")
    network, without, _ = accuracies(page)
    assert without < 50
    assert network < proportion_interval(50, 160)[1]
    assert "All it could draw then" not in texts(page)
    assert "50.0 %" in texts(page) and "here the bend does not help" in texts(page)


def test_an_accuracy_below_chance_is_told_with_chance_level_and_the_losses():
    page = opened(PAGE, dataset="xor")
    network, _ = accuracies(page)
    assert network < 50
    assert "is not above chance level, 50.0 %" in texts(page)
    loss, constant = map(
        float, re.search(r"training loss is ([\d.]+), and that of .+? is ([\d.]+):", texts(page)).groups()
    )
    assert constant == pytest.approx(np.log(2), abs=5e-4)
    assert 0.9 * constant < loss <= constant + 1e-3
    assert "chance level: 50.0 %" in texts(opened(PAGE, dataset="moons"))


def test_the_network_without_the_activation_is_the_linear_one():
    without = accuracies(opened(PAGE, dataset="xor", bent="2"))[1]
    assert without == accuracies(opened(PAGE, dataset="xor"))[0]


def test_a_small_difference_is_not_called_none():
    page = opened(PAGE, dataset="spiral", layers="6", bent="6", activation="hardtanh")
    assert "up to **0.0037** apart" in texts(page)
    assert re.search(r"at most \*\*\d(\.\d)?·10⁻⁷\*\*, which is rounding", texts(opened(PAGE)))


@pytest.mark.parametrize("settings", [{}, {"dataset": "circles", "bent": "3", "activation": "tanhshrink"}])
def test_no_weight_is_a_zero_below_zero(settings):
    assert not re.search(r"-0\.0+(?!\d)", texts(opened(PAGE, **settings)))


def test_rows_are_inputs_and_the_strongest_colour_is_the_largest_weight_of_its_matrix_at_that_epoch():
    page = opened(PAGE)
    assert any("Each row is an input, each column an output" in caption.value for caption in page.main.caption)
    cells = rows_with(charts(page)[0], "shares")
    sizes = {cell["matrix"]: (cell["row"], cell["column"]) for cell in cells}  # of the last of each matrix
    assert sizes == {"W₁": (2, 8), "W₂": (8, 8), "W₃": (8, 8), "W₄": (8, 2), "W": (2, 2)}
    for matrix in sizes:
        shares = np.array([cell["shares"] for cell in cells if cell["matrix"] == matrix])
        entries = np.abs([cell["entries"] for cell in cells if cell["matrix"] == matrix])
        np.testing.assert_array_equal(shares.max(axis=0), 1)
        np.testing.assert_allclose(shares, entries / entries.max(axis=0), atol=0.05)


def test_the_link_to_compare_has_the_same_network():
    page = opened(PAGE, dataset="circles", layers="4", bent="2", activation="tanh")
    there = links(page)["Compare such networks"]
    assert there == "?dataset=circles&layers=4&units=8&activations=identity&activations=tanh"
