"""Functions that people write, on Compare and on the lesson, in AppTest."""

import pytest

from core import activation_of
from tests.page import address, charts, choose, figures, messages, opened, press, same_for_all
from ui.shell.factors import layer_activations, shown_layers

pytestmark = pytest.mark.usefixtures("no_worker_processes")
NAME, LABEL = "=x*sigmoid(1.702*x)", "x·sigmoid(1.702·x)"


def test_a_formula_joins_the_compared_networks_and_its_link_shows_the_same():
    page = opened(activations=["relu"], epochs="3")
    choose(page, "text_input", "own function", "max(0.1 * x, x)")
    assert address(page)["activations"] == ["relu", "=max(0.1*x,x)"]
    table = figures(page)
    assert table.network.tolist() == ["ReLU", "max(0.1·x, x)"]
    again = opened(**address(page))
    assert figures(again).equals(table)
    assert not messages(again)[1:]
    choose(page, "text_input", "own function", "x*sigmod(x)")
    assert figures(page).equals(table), "a wrong one changes nothing"
    assert any("did you mean 'sigmoid'" in message for message in messages(page))
    press(page, "reset")
    assert page.text_input(key="own function").value == ""
    assert not messages(page)


def test_a_formula_can_be_the_one_function_of_all_networks_and_be_typed_among_layers():
    page = opened(compare="optimizer", optimizers=["sgd", "adam"], epochs="1")
    choose(page, "text_input", "own function", "sin(x)/x")
    assert address(page)["activation"] == ["=sin(x)/x"]
    assert layer_activations("tanh, max(0.1*x, x), ReLU") == "tanh,=max(0.1*x,x),relu"
    assert shown_layers("tanh,=max(0.1*x,x),relu") == "Tanh, max(0.1·x, x), ReLU"
    assert layer_activations(shown_layers("tanh,=max(0.1*x,x),relu")) == "tanh,=max(0.1*x,x),relu"


def test_a_formula_says_the_classes_of_the_data_and_the_link_has_it():
    page = opened(dataset="by_formula", activations=["relu"], epochs="3")
    before = figures(page)
    choose(page, "text_input", "formula", "x^2 + y^2 < 4")
    assert not figures(page).equals(before)
    assert "class 1 where x^2 + y^2 < 4" in same_for_all(page)
    assert figures(opened(**address(page))).equals(figures(page))
    choose(page, "text_input", "formula", "y > sine(x)")
    assert any("did you mean 'sin'" in message for message in messages(page))
    assert page.text_input(key="formula").value == "y > sine(x)"
    assert not charts(page), "nothing is trained for it"
    choose(page, "selectbox", "dataset", "moons")
    assert "formula" not in address(page)


def test_the_lesson_has_its_curve_its_properties_and_its_code():
    page = opened("pages/activations.py", activations=["tanh"])
    choose(page, "text_input", "own function", "x*sigmoid(1.702*x)")
    assert address(page)["activations"] == ["tanh", NAME]
    curves = charts(page)[0]["datasets"]["curves"] if "datasets" in charts(page)[0] else []
    assert not curves or {row["function"] for row in curves} == {"Tanh", LABEL}
    assert f"**{LABEL}**" in page.main.table[1].value.iloc[:, 0].tolist()
    code = "".join(block.value for block in page.main.code)
    assert activation_of(NAME).torch in code
    again = opened("pages/activations.py", **address(page))
    assert address(again) == address(page)


def test_the_lesson_says_where_a_function_is_not_finite():
    page = opened("pages/activations.py", activations=["tanh", "=log(x)"])
    assert any("**Not finite.**" in text.value and "z < 0" in text.value for text in page.main.markdown)
