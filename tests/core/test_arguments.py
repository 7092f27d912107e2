"""What the public functions of core are given, and say of what they cannot take."""

import pytest

from core import (
    DatasetSpec,
    Experiment,
    Grid,
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
        (lambda: sweep(SMALL, results=3), "results is 3, and must be of type Results"),
    ],
)
def test_another_type_is_refused_in_a_sentence(call, said):
    with pytest.raises(ValueError, match=f"^{said}$"):
        call()
