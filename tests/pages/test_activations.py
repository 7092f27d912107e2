"""Activation functions, in AppTest: every control changes what is shown, and every notice is true."""

import json
import re
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from unittest.mock import Mock

import numpy as np
import pytest

from core import ACTIVATIONS
from core.lessons.function_code import numpy_code, torch_code
from core.lessons.function_facts import facts
from tests.page import address, charts, choose, links, messages, opened, press
from ui.lessons.activations.controls import NOTHING, REACHES, START, TRIES
from ui.lessons.activations.reshaping import moved
from ui.lessons.activations.words import formulas_table

PAGE = "pages/activations.py"
pytestmark = pytest.mark.usefixtures("no_worker_processes")


def shown(page) -> list[str]:
    """The functions in the chart, by the names of the registry."""
    labels = {record.label: name for name, record in ACTIVATIONS.items()}
    return [labels[label] for label in charts(page)[0]["concat"][0]["layer"][0]["encoding"]["color"]["scale"]["domain"]]


def result(page) -> str:
    """The charts, the tables, the code and all sentences."""
    specifications = [json.dumps(chart) for chart in charts(page)]
    texts = [chart.proto.alt for chart in page.get("vega_lite_chart")]
    tables = [table.value.to_csv() for table in page.table]
    code = [block.value for block in page.code]
    return " ".join([*specifications, *texts, *tables, *code, *(text.value for text in page.main.markdown)])


def slope(name: str, z: float) -> float:
    return float(ACTIVATIONS[name].slope(np.array(z)))


def test_it_opens_with_five_functions_and_their_properties():
    page = opened(PAGE)
    assert shown(page) == START
    names = [f"**{ACTIVATIONS[name].label}**" for name in START]
    assert [list(table.value["Function"]) for table in page.table] == [names, names], "formulas and properties"
    assert len(charts(page)) == 2, "the functions, and tanh out of the sigmoid"
    assert address(page) == {}
    assert not messages(page)
    for name in ("*fires*", "*transfer function*", "**chain rule**"):
        assert any(name in text.value for text in page.main.markdown)
    assert any("the sigmoid, also called the *logistic function*" in text.value for text in page.main.markdown)


def test_all_can_be_chosen_by_a_picture_and_a_name():
    pills = opened(PAGE).pills(key="activations")
    assert len(pills.options) == len(ACTIVATIONS)
    for name, option in zip(ACTIVATIONS, pills.options):
        assert "](data:image/svg+xml;base64," in option
        assert option.endswith(f") {ACTIVATIONS[name].label}")
    assert len({option.split(")")[0] for option in pills.options}) == len(ACTIVATIONS), "each has its look"


def test_every_control_changes_the_result_and_is_in_the_address():
    page = opened(PAGE)
    expected = {}
    for widget, key, value in (
        ("pills", "activations", ["relu", "mish"]),
        ("select_slider", "reach", 20),
        ("selectbox", "code", "gelu"),
        ("segmented_control", "move", 3),
    ):
        before = result(page)
        choose(page, widget, key, value)
        assert result(page) != before, key
        expected[key] = [str(item) for item in (value if isinstance(value, list) else [value])]
        assert address(page) == expected
    assert result(opened(PAGE, **address(page))) == result(page), "the link gives the same view"
    assert links(page)["Compare such networks"] == "?activations=relu&activations=mish"


def test_both_formulas_of_every_function_stand_beside_each_other():
    table = formulas_table(list(ACTIVATIONS))
    for record, row in zip(ACTIVATIONS.values(), table.itertuples(index=False), strict=True):
        assert tuple(row) == (f"**{record.label}**", f"${record.formula}$", f"${record.slope_formula}$")


def test_the_code_of_a_function_is_there_to_copy():
    page = opened(PAGE, code="mish")
    codes = [numpy_code("mish"), torch_code("mish")]
    assert [block.value for block in page.code] == [code.rstrip("\n") for code in codes]
    assert all(block.language == "python" for block in page.code)


def test_what_pytorch_lacks_is_said(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "sin", replace(ACTIVATIONS["sin"], torch=None))
    page = opened(PAGE, code="sin")
    assert len(page.code) == 1
    assert "PyTorch has no Sine." in [text.value for text in page.main.markdown]


def test_every_reach_and_every_move_can_be_had():
    for reach, move in zip(REACHES, range(4), strict=True):
        page = opened(PAGE, reach=str(reach), move=str(move))
        assert charts(page)[0]["concat"][1]["layer"][0]["encoding"]["x"]["scale"]["domain"] == [-reach, reach]
        assert page.segmented_control(key="move").value == move
        assert moved(move) in [text.value for text in page.main.markdown]


def test_what_was_chosen_last_stands_in_its_place_and_not_last():
    page = opened(PAGE)
    choose(page, "pills", "activations", ["tanh", "gelu", "leaky_relu", "relu"])
    choose(page, "pills", "activations", ["tanh", "relu", "leaky_relu", "gelu", "sigmoid"])
    assert shown(page) == START
    assert address(page) == {}


def test_all_at_once_and_none_at_all():
    page = opened(PAGE, activations=list(ACTIVATIONS))
    assert shown(page) == list(ACTIVATIONS)
    assert any(re.search(r"Leaves the chart: [^.]*\bReLU squared\b", text.value) for text in page.main.markdown)
    choose(page, "pills", "activations", [])
    assert address(page) == {"activations": [""]}
    assert NOTHING in messages(page)
    assert len(charts(page)) == 1
    assert page.button(key="measure").disabled
    assert "Compare such networks" not in links(page)


def test_what_is_wrong_in_the_address_is_named_and_the_page_goes_on():
    page = opened(PAGE, activations=["rleu", "tanh"], reach="7", move="9", nonsense="1")
    said = " ".join(messages(page))
    for wrong in ("'rleu'; did you mean 'relu'?", "'7'", "'9'", "nonsense"):
        assert wrong in said
    assert shown(page) == ["tanh"]
    assert len(charts(page)) == 2


def test_each_button_sets_the_controls_and_says_what_there_is_to_see():
    page = opened(PAGE)
    for number, each in enumerate(TRIES):
        press(page, f"try {number}")
        assert shown(page) == each.settings["activations"]
        assert each.notice == page.info[0].value
    assert opened(PAGE, **address(page)).info[0].value == TRIES[-1].notice


def test_the_smooth_relus_go_down_first_are_steeper_than_1_and_only_nearly_flat():
    relu, *smooth = TRIES[0].settings["activations"]
    assert facts(relu).dead
    for name in smooth:
        found = facts(name)
        assert not found.is_monotone
        assert found.range.least < 0
        assert found.greatest_slope > 1
        assert found.steepest[0][0] > 0
        assert not found.dead
        value = ACTIVATIONS[name].value(np.array([-30.0, 30.0]))
        np.testing.assert_allclose(value, [0, 30], atol=1e-10)


def test_exponential_tails_have_over_ten_thousand_and_ten_billion_times_less_slope_at_15():
    exponential, slow = TRIES[1].settings["activations"][:2], TRIES[1].settings["activations"][2:]
    for name in exponential:
        ratios = [slope(name, z + 1) / slope(name, z) for z in (10, 12, 14)]
        assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-3)
    for name in slow:
        assert slope(name, 20) / slope(name, 10) == pytest.approx(1 / 4, rel=0.1)
        assert 1e4 < slope(name, 15) / slope("sigmoid", 15) < 2e4
        assert 1e10 < slope(name, 15) / slope("tanh", 15) < 2e10
    assert TRIES[1].settings["reach"] >= 15
    assert "over ten thousand times that of **Sigmoid** and over ten billion times that of **Tanh**" in TRIES[1].notice


def test_the_odd_ones_are_as_odd_as_it_says():
    step, tanhshrink, sin, gaussian, relu_squared = (facts(name) for name in TRIES[2].settings["activations"])
    assert step.greatest_slope == 0
    assert step.dead == ((-np.inf, np.inf),)
    ((low, high),) = tanhshrink.saturated
    assert low < 0 < high
    assert not sin.is_monotone
    assert not gaussian.is_monotone
    assert relu_squared.greatest_slope == np.inf


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (0, "slope at z = 0 is 0.25."),
        (1, "slope at z = 0 is 0.5."),
        (2, "values in (0, 2). Its slope at z = 0 is 1."),
        (3, "values in (−1, 1). Its slope at z = 0 is 1. This **is** tanh"),
    ],
)
def test_three_moves_end_at_tanh(move, said):
    assert said in moved(move)
    assert ("differs from tanh" in moved(move)) == (move < 3)


def said(page) -> str:
    """Of the measurement."""
    return next(text.value for text in page.main.markdown if "Median of" in text.value)


def test_times_are_measured_when_asked_for_and_stay_with_what_they_are_of():
    page = opened(PAGE, activations=["relu", "softsign"])
    press(page, "measure")
    assert len(charts(page)) == 3
    measured = page.get("vega_lite_chart")[2].proto
    assert "ReLU: " in measured.alt
    assert "Softsign: " in measured.alt
    assert "numpy" in said(page)
    assert "UTC" in said(page)
    assert "plain NumPy" in said(page), "softsign has no kernel"
    assert "last measurement" not in said(page)
    choose(page, "pills", "activations", ["relu", "tanh"])
    assert page.get("vega_lite_chart")[2].proto.alt == measured.alt
    assert "last measurement" in said(page)
    press(page, "measure")
    assert "Tanh: " in page.get("vega_lite_chart")[2].proto.alt
    assert "last measurement" not in said(page)
    assert "plain NumPy" not in said(page)


def test_a_measurement_that_is_lost_is_told_and_the_one_before_stays(monkeypatch):
    page = opened(PAGE, activations="relu")
    press(page, "measure")
    monkeypatch.setattr("ui.lessons.activations.controls.call_in_parts", Mock(side_effect=BrokenExecutor))
    press(page, "measure")
    assert any("Press the button to try again" in message for message in messages(page))
    assert len(charts(page)) == 3
