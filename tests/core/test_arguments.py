"""What the public functions of core are given, and say of what they cannot take."""

import pytest

from core import (
    DatasetSpec,
    Experiment,
    Grid,
    Run,
    Training,
    class_probabilities,
    final_figures,
    grid,
    load,
    suggest_columns,
    sweep,
    table,
    train,
)

SPEC = DatasetSpec("moons", samples=40)
SMALL = Grid({"layers": (1,)}, Experiment(SPEC, epochs=1), seeds=1)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: load("moons"), "dataset is 'moons', and must be of type DatasetSpec"),
        (lambda: grid(SPEC), "dataset is DatasetSpec.*, and must be of type Dataset"),
        (lambda: class_probabilities(Experiment(), load(SPEC), None), "history is .*, and must be of type History"),
        (lambda: class_probabilities(train(SMALL.base), SPEC, None), "dataset is .*, and must be of type Dataset"),
        (lambda: class_probabilities(train(SMALL.base), load(SPEC), 100), "window is 100, and must be of type Grid"),
        (lambda: final_figures(Experiment()), "history is Experiment.*, and must be of type History"),
        (lambda: suggest_columns(b"a,b"), "sheet is b'a,b', and must be of type Sheet"),
        (lambda: table(b"a,b", ["a"], "b"), "sheet is b'a,b', and must be of type Sheet"),
        (lambda: Experiment.from_json(None), "the text is None, and must be of type str"),
        (lambda: sweep(SMALL, results=3), "results is 3, and must be of type Results"),
    ],
)
def test_another_type_is_refused_in_a_sentence(call, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        call()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Training(SMALL.base).advance(-1), "the number of epochs is -1, and must be .* between 0 and 2,000"),
        (lambda: Training(SMALL.base).advance(1.5), "the number of epochs is 1.5, and must be a whole number .*"),
        (lambda: train(SMALL.base).parameters(1), "the run's place is 1, and must be a whole number between -1 and 0"),
        (lambda: train(SMALL.base).parameters("relu"), "the run's place is 'relu', and must be a whole number .*"),
        (lambda: train(SMALL.base).states(1), "the run's place is 1, .*"),
        (lambda: train(SMALL.base).predict([[0, 0]], 2), "the place of a recorded epoch is 2, .* between -2 and 1"),
    ],
)
def test_a_number_out_of_its_range_is_refused_in_a_sentence(call, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        call()


@pytest.mark.parametrize(
    ("said", "meant"), [("ReLU", "relu"), ("Leaky ReLU", "leaky_relu"), ("GELU", "gelu"), ("Tanh", "tanh")]
)
def test_a_name_as_people_write_it_is_understood(said, meant):
    with pytest.raises(ValueError, match=f"^unknown activation '{said}'; did you mean '{meant}'"):
        Run(said)
