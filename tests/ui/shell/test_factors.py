from dataclasses import fields
from itertools import product

import pytest

from core import ACTIVATIONS, DatasetSpec, Experiment, Run
from core.limits import LAYERS
from ui.shell.factors import FACTORS, activation_of_layers, layer_activations, shown_layers, text_of


@pytest.mark.parametrize("field", FACTORS)
def test_every_choice_of_a_factor_is_one_of_a_runs_field(field):
    factor = FACTORS[field]
    assert factor.field == field
    runs = [Run(**{field: value}) for value in (*factor.choices, *([None] if factor.none else []))]
    assert len(set(runs)) == len(runs)


@pytest.mark.parametrize("field", FACTORS)
def test_defaults_are_among_the_choices_and_the_single_one_is_cores(field):
    factor = FACTORS[field]
    assert set(factor.compared) <= set(factor.choices)
    assert len(set(factor.compared)) == len(factor.compared) > 1
    assert factor.single is None if factor.none else factor.single in factor.choices
    assert Run(**{field: factor.single}) == Run()


def test_keys_of_single_choices_and_of_lists_are_all_different():
    keys = [key for factor in FACTORS.values() for key in (factor.field, factor.several)]
    assert len(set(keys)) == len(keys)
    assert set(FACTORS) <= {item.name for item in fields(Run)}


@pytest.mark.parametrize(
    ("typed", "text"),
    [("relu", "relu"), (" relu ", "relu"), ("tanh, relu", "tanh,relu"), ("sin ,elu,  elu", "sin,elu,elu")],
)
def test_a_typed_text_has_nothing_but_commas_between_its_names(typed, text):
    assert layer_activations(typed) == text
    assert layer_activations(text) == text


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_stands_on_screen_can_be_typed(name):
    """A label may have a comma in it, and the browser gives labels back."""
    text = f"{name},relu"
    assert layer_activations(shown_layers(text)) == text
    assert layer_activations(shown_layers(name).upper()) == name
    assert shown_layers("rleu") == "rleu", "what cannot be read stays as it was typed"


@pytest.mark.parametrize(("typed", "name"), [("rleu", "rleu"), ("tanh, tahn", "tahn"), ("", ""), ("relu,,relu", "")])
def test_an_unknown_name_is_refused_with_the_choices(typed, name):
    with pytest.raises(ValueError, match=f"unknown activation '{name}'") as error:
        layer_activations(typed)
    assert str(error.value).endswith(", ".join(ACTIVATIONS))


def test_more_names_than_a_network_can_have_layers_are_refused():
    most = ",".join(["relu"] * LAYERS[1])
    assert layer_activations(most) == most
    with pytest.raises(ValueError, match="21 activation functions are named, for at most 20 hidden layers"):
        layer_activations(f"{most},tanh")


def test_the_last_name_holds_for_all_layers_behind_it():
    assert activation_of_layers("relu", 3) == "relu"
    assert activation_of_layers("tanh,relu", 2) == ("tanh", "relu")
    assert activation_of_layers("tanh,relu", 4) == ("tanh", "relu", "relu", "relu")


@pytest.mark.parametrize("layers", [0, 1, 2])
def test_more_names_than_hidden_layers_are_refused_with_both_numbers(layers):
    message = f"'tanh,relu,elu' names 3 hidden layers, and the networks have {layers}"
    with pytest.raises(ValueError, match=message):
        activation_of_layers("tanh,relu,elu", layers)


@pytest.mark.parametrize("layers", range(6))
def test_one_name_holds_for_any_number_of_layers(layers):
    run = Run(activation_of_layers("gelu", layers))
    experiment = Experiment(DatasetSpec("moons", samples=40), (run,), hidden=(2,) * layers)
    assert experiment.runs[0].layer_activations(layers) == ("gelu",) * layers


@pytest.mark.parametrize("layers", [2, 3, 4, 5])
def test_text_of_is_the_inverse_for_every_network(layers):
    for names in product(("relu", "tanh", "elu"), repeat=layers):
        text = text_of(names)
        assert layer_activations(text) == text
        assert activation_of_layers(text, layers) == names
    for name in ACTIVATIONS:
        assert activation_of_layers(text_of(name), layers) == name


@pytest.mark.parametrize("layers", [2, 3, 4])
def test_text_of_is_the_shortest(layers):
    """Of two names and more; one alone stands for all layers, and is not a tuple."""
    for names in product(("relu", "tanh"), repeat=layers):
        text = text_of(names)
        shorter = [",".join(names[:n]) for n in range(2, text.count(",") + 1)]
        assert all(activation_of_layers(other, layers) != names for other in shorter)
    assert text_of(("relu", "tanh", "tanh", "tanh")) == "relu,tanh"
    assert text_of(("relu", "tanh", "relu", "relu")) == "relu,tanh,relu"
