"""One neuron, in AppTest: every control changes what is shown, and every notice is true."""

import re

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.neuron import Neuron
from tests.page import address, chart_data, charts, choose, links, messages, opened, press
from tests.ui.shell.test_numbers import value
from ui.lessons.neuron.controls import CHOICES, SMALL_STEP, STEP, TRIES, Asked, planes
from ui.lessons.neuron.controls import outputs as formulas
from ui.lessons.neuron.words import notices
from ui.shell.labels import label

PAGE = "pages/neuron.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")

NUMBER = r"(−?[\d.]+(?:·10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"


def texts(page) -> str:
    """The charts' texts and all sentences."""
    return " ".join([*(chart.proto.alt for chart in page.get("vega_lite_chart")), *sentences(page)])


def sentences(page) -> list[str]:
    """All but the introduction, which is always the same, and the formulas."""
    return [text.value for text in page.main.markdown[1:]]


def outputs(page) -> list[tuple[float, float]]:
    """Before and after the nudge, of the step and of the other neuron, as the titles of their planes say."""
    found = [re.fullmatch(f"Output {NUMBER}, after the change {NUMBER}", title(chart)) for chart in charts(page)[:2]]
    return [(value(before), value(after)) for before, after in (match.groups() for match in found)]


def changes(page) -> list[tuple[float, float]]:
    """The true change and the predicted one, of both neurons, as the titles of their curves say."""
    pattern = f"True change of the output: {NUMBER} Predicted by the slope: {NUMBER}"
    found = [re.fullmatch(pattern, " ".join(title(chart))) for chart in charts(page)[3:5]]
    return [(value(change), value(predicted)) for change, predicted in (match.groups() for match in found)]


def title(chart: dict) -> str | list[str]:
    return chart["title"]["subtitle"]


def test_it_opens_with_a_step_that_jumps_and_a_sigmoid_that_moves_a_little():
    page = opened(PAGE)
    titles = [chart["title"]["text"].split(":")[0] for chart in charts(page) if "title" in chart]
    assert titles == ["Step", "Sigmoid"] * 2
    (step, sigmoid), (of_step, of_sigmoid) = outputs(page), changes(page)
    assert step == (0, 1)
    assert 0.4 < sigmoid[0] < 0.5 < sigmoid[1] < 0.6
    assert of_step == (1, 0)
    assert of_sigmoid[0] == pytest.approx(sigmoid[1] - sigmoid[0], abs=1e-4)
    assert of_sigmoid[1] == pytest.approx(of_sigmoid[0], rel=0.01)
    assert not page.warning
    assert address(page) == {}


CONTROLS = [
    ("slider", "x1", -1.5),
    ("slider", "x2", 0.3),
    ("slider", "w1", 1.1),
    ("slider", "w2", 0.4),
    ("slider", "b", -0.6),
    ("selectbox", "nudged", "w2"),
    ("selectbox", "nudged", "b"),
    ("selectbox", "nudged", "all"),
    ("slider", "by", -0.75),
    ("selectbox", "activation", "tanh"),
    ("select_slider", "sharpness", 5),
]


@pytest.mark.parametrize(("widget", "key", "value"), CONTROLS)
def test_every_control_changes_the_result_and_is_in_the_address(widget, key, value):
    page = opened(PAGE)
    before = texts(page), charts(page)
    choose(page, widget, key, value)
    assert texts(page) != before[0]
    changed = [one != other for one, other in zip(charts(page), before[1])]
    assert changed[1] and changed[4], "of the second neuron"
    assert changed[2], "the drawing of the neuron"
    assert address(page) == {key: [str(value)]}
    again = opened(PAGE, **address(page))
    assert texts(again) == texts(page)
    assert not again.warning


def test_what_the_pictures_show_is_said_below_them():
    words = sentences(opened(PAGE))
    assert any("The circle is the input" in text and "before the change" in text for text in words)
    assert any("prediction by the slope" in text for text in words)


@pytest.mark.parametrize(
    ("activation", "sharpness", "said"), [("gaussian", 50, True), ("gaussian", 1, False), ("sigmoid", 50, False)]
)
def test_what_is_too_fine_for_the_picture_is_said(activation, sharpness, said):
    neurons = tuple(Neuron((0.6, -1.0), 0.2, name, sharpness) for name in ("step", activation))
    assert ("mean of its outputs" in planes(Asked(neurons, (2.0, 1.5), 0, 0.1))) == said


def test_every_control_of_the_page_is_among_those_tested():
    page = opened(PAGE)
    widgets = [*page.slider, *page.select_slider, *page.selectbox, *page.number_input, *page.toggle]
    assert {widget.key for widget in widgets} == {key for _, key, _ in CONTROLS}


def test_the_numbers_on_screen_are_those_of_the_neurons():
    page = opened(PAGE, x1="-1.0", x2="2.0", w1="1.5", w2="0.5", b="-0.25", nudged="w2", by="0.5", sharpness="2")
    for name, before, after in zip(("step", "sigmoid"), *zip(*outputs(page))):
        assert before == pytest.approx(Neuron((1.5, 0.5), -0.25, name, 2.0).output((-1.0, 2.0)), rel=1e-3)
        assert after == pytest.approx(Neuron((1.5, 1.0), -0.25, name, 2.0).output((-1.0, 2.0)), rel=1e-3)
    words = texts(page)
    assert "1.5 \\cdot (-1) + 0.5 \\cdot 2 + (-0.25)$ $= -0.75$" in words
    assert "w₁: 1.5 · (−1) = −1.5, w₂: 0.5 · 2 = 1, b: −0.25 · 1 = −0.25." in words
    assert "f(2 \\cdot (-0.75)) = 0.1824$" in words  # 1 / (1 + e^1.5)
    assert "Step: $\\Delta y \\approx 0 \\cdot 0.5 = 0$, true change $1$" in words
    assert "z goes from −0.75 to 0.25, and the output is 1 only where z is above 0." in words


@pytest.mark.parametrize("name", CHOICES)
def test_of_every_activation_the_change_and_the_formula_are_said(name):
    asked = Asked(tuple(Neuron((0.6, -1.0), 0.2, each) for each in ("step", name)), (2.0, 1.5), 0, 0.5)
    assert f"**{label('activation', name)}** changes by" in notices(asked)[1]
    assert ACTIVATIONS[name].formula in formulas(asked)


def test_the_perceptron_stands_there_already():
    assert set(ACTIVATIONS) - set(CHOICES) == {"step"}
    page = opened(PAGE, activation="step")
    assert any("unknown activation function 'step'" in message for message in messages(page))
    assert "Sigmoid" in texts(page)


@pytest.mark.parametrize(
    ("bad", "part"),
    [
        ({"x1": "9"}, "x1 is '9', and must be a number between −3 and 3"),
        ({"x2": "nan"}, "x2 is 'nan'"),
        ({"w1": "much"}, "w1 is 'much'"),
        ({"w2": "-3.1"}, "w2 is '-3.1'"),
        ({"b": ""}, "b is ''"),
        ({"nudged": "w3"}, "unknown change 'w3'"),
        ({"by": "2.5"}, "by is '2.5', and must be a number between −2 and 2"),
        ({"activation": "sigmod"}, "unknown activation function 'sigmod'; did you mean 'sigmoid'?"),
        ({"sharpness": "3"}, "sharpness k is '3', and must be one of 1, 2, 5"),
        ({"weight": "1"}, "settings that this page does not have: weight"),
    ],
)
def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on(bad, part):
    page = opened(PAGE, **bad)
    assert any(part in message for message in messages(page)), messages(page)
    assert len(charts(page)) == 6
    assert changes(page) == changes(opened(PAGE))
    assert address(page) == {}


def tried(label: str):
    """The page after a press on that button."""
    number = [each.label for each in TRIES].index(label)
    page = opened(PAGE)
    before = texts(page)
    press(page, f"try {number}")
    assert TRIES[number].notice in messages(page)
    assert texts(page) != before
    return page


def test_the_smallest_change_makes_the_step_jump_all_the_way_and_the_sigmoid_hardly_move():
    page = tried("The smallest change")
    assert page.slider(key="by").value == SMALL_STEP == page.slider(key="by").step
    assert "z goes from 0 to 0.1, and the output is 1 only where z is above 0." in texts(page)
    step, sigmoid = outputs(page)
    assert step == (0, 1)
    assert sigmoid[0] == 0.5
    assert 0.02 < sigmoid[1] - sigmoid[0] < 0.05


def terms(page) -> list[list[float]]:
    """Of the step's and of the sigmoid's prediction: what each parameter adds, and the sum and the true change."""
    words = next(text for text in sentences(page) if r"Step: $\Delta y" in text)
    number = r"(-?[\d.]+)"  # as LaTeX writes it
    pattern = rf"\$= {number} \+ \(?{number}\)? \+ \(?{number}\)?\$ \$= {number}\$, true change \${number}\$"
    return [[float(number) for number in found] for found in re.findall(pattern, words)]


def test_all_three_nudged_at_once_have_a_term_each_and_the_terms_add_up():
    page = tried("All three at once")
    of_step, of_sigmoid = terms(page)
    assert of_step == [0, 0, 0, 0, 1]
    z = 0.6 * 2 - 1.0 * 1.5 + 0.2
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    assert of_sigmoid[:3] == pytest.approx([slope * 2 * 0.1, slope * 1.5 * 0.1, slope * 0.1], rel=1e-3)
    assert of_sigmoid[3] == pytest.approx(sum(of_sigmoid[:3]), rel=1e-3)
    assert of_sigmoid[4] == pytest.approx(1 / (1 + np.exp(-0.35)) - 1 / (1 + np.exp(0.1)), rel=1e-3)
    assert changes(page)[1] == pytest.approx((of_sigmoid[4], of_sigmoid[3]), rel=1e-3)
    assert "The dashed line shows the effect of all three" in texts(page)
    assert any("the sum of the three slopes" in text for text in sentences(page))


def test_a_negative_term_stands_in_the_sum():
    page = opened(PAGE, nudged="all", by="0.2", x2="-1.5")
    _, of_sigmoid = terms(page)
    assert of_sigmoid[1] < 0 < of_sigmoid[0]
    assert of_sigmoid[3] == pytest.approx(sum(of_sigmoid[:3]), rel=1e-3)


def test_the_slopes_come_from_the_chain_rule_with_the_slope_of_the_function_that_is_on_screen():
    (said,) = [text for text in sentences(opened(PAGE, activation="tanh", b="0.3")) if "chain rule" in text]
    assert "0 for Step and 1 for Tanh" in said, "z is 0"


def test_the_neuron_is_shown_in_a_network_with_the_names_of_its_layers():
    page = opened(PAGE)
    words = texts(page)
    for name in ("input layer", "hidden layer", "output layer"):
        assert f"**{name}**" in words
    assert "a hidden layer of 3 and an output layer of 2" in page.get("vega_lite_chart")[5].proto.alt
    for name in ("*logistic function*", "*logistic neuron*", "*logistic regression*"):
        assert name in words


def test_with_a_weight_of_0_the_largest_input_changes_nothing_and_the_bias_still_moves_the_line():
    page = tried("A weight of 0")
    assert page.slider(key="x1").value == page.slider(key="x1").max
    assert "w₁ is 0, so x₁ has no effect" in texts(page)
    assert outputs(page)[0] == (0, 1), "the nudge of the bias brings the input to the other side"
    was = outputs(page)
    ends = {(row["line"], row["x2"]) for row in chart_data(page, "line")}
    assert len(ends) == 2, "both lines lie level"
    assert len({height for _, height in ends}) == 2, "at different heights"
    choose(page, "slider", "x1", -2.0)
    assert outputs(page) == was


def test_a_sharp_sigmoid_goes_most_of_the_steps_way_and_its_slope_does_not_say_so():
    page = tried("A sigmoid as sharp as a step")
    assert page.select_slider(key="sharpness").value == 20
    step, (change, predicted) = changes(page)
    assert step == (1, 0)
    assert 0.5 < change < 1
    assert abs(change - predicted) > 0.3
    far = opened(PAGE, **address(page), x2="-1.5")
    assert outputs(far)[0] == outputs(far)[1] == (1, 1), "away from the line the two are the same"


def test_the_link_to_compare_has_both_activations():
    there = links(opened(PAGE, activation="tanh"))["Compare such networks"]
    assert there == "?activations=step&activations=tanh&layers=1"


def test_the_steps_of_the_sliders_reach_what_the_buttons_set():
    for each in TRIES:
        for key, number in each.settings.items():
            step = SMALL_STEP if key == "by" else STEP
            if isinstance(number, float):
                assert round(number / step) * step == pytest.approx(number)
