"""The box for a function of x on a page of its own, in AppTest."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from ui.shell.address import Address
    from ui.shell.formulas import own_function

    address = Address("compare")
    own_function(address, lambda name: st.session_state.setdefault("added", []).append(name), "activations")
    address.write()


def typed(text: str) -> AppTest:
    app = AppTest.from_function(page).run()
    app.text_input(key="own function").set_value(text).run()
    assert not app.exception
    return app


@pytest.mark.parametrize("text", ["x * sigmoid(1.702*x)", "=x*sigmoid(1.702*x)", " = x·sigmoid(1.702·x) "])
def test_a_formula_is_added_and_the_box_is_empty_again(text):
    app = typed(text)
    assert app.session_state["added"] == ["=x*sigmoid(1.702*x)"]
    assert app.text_input(key="own function").value == ""
    assert not app.error


@pytest.mark.parametrize(("text", "at"), [("x*sigmod(x)", 2), ("x + y", 4), ("max(x, 1", 3), ("x*", 2), ("= x + $", 4)])
def test_an_error_stands_beside_the_box_and_points_at_its_place(text, at):
    app = typed(text)
    assert "added" not in app.session_state
    assert app.text_input(key="own function").value == text, "what was typed is kept"
    (error,) = app.error
    assert f"Character {at + 1}" in error.value
    shown, mark = app.code[0].value.split("\n")
    assert (shown, mark) == (text.removeprefix("= "), " " * at + "^")


def test_of_a_long_formula_the_part_with_the_mistake_is_shown():
    (shown, mark) = typed("1 + " * 30 + "sine(x)*sin(x)").code[0].value.split("\n")
    assert len(shown) < 30
    assert shown[mark.index("^") :].startswith("sine(x)")


def test_nothing_in_the_box_is_no_error():
    app = typed("")
    assert not app.error and not app.code
