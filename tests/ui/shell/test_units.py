"""Units of hidden layers as a text."""

import pytest

from ui.shell.units import hidden_of, layer_units, text_of_units


@pytest.mark.parametrize(
    ("text", "hidden"), [("16", (16, 16, 16)), ("7,3", (7, 3, 3)), ("7,7,3", (7, 7, 3)), ("1,2,64", (1, 2, 64))]
)
def test_the_last_number_holds_for_all_layers_behind_it(text, hidden):
    assert hidden_of(text, 3) == hidden
    assert text_of_units(hidden) == text
    assert layer_units(text.replace(",", " , ")) == text


def test_without_a_hidden_layer_they_say_nothing():
    assert hidden_of("7,3", 0) == ()


@pytest.mark.parametrize("text", ["", "0", "65", "7,", "7;3", "-1", "1.5", "²", "9" * 5000, "x", ",".join(["4"] * 21)])
def test_what_no_network_can_have_is_refused_in_a_few_words(text):
    with pytest.raises(ValueError, match="units") as error:
        layer_units(text)
    assert len(str(error.value)) < 120


def test_more_numbers_than_layers_are_refused():
    with pytest.raises(ValueError, match="for 3 hidden layers, and the networks have 2"):
        hidden_of("5,4,3", 2)
