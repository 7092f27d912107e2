from itertools import pairwise

import numpy as np
import pytest

from core import ACTIVATIONS, OPTIMIZERS, Branch, DatasetSpec, Experiment, Run
from ui.charts.palette import (
    ACTIVATION_COLOURS,
    CLASS_COLOURS,
    CLASS_SHAPES,
    LINE_COLOUR,
    NEGATIVE,
    POSITIVE,
    SEQUENCE,
    UNIT_COLOURS,
    Look,
    activation_look,
    activation_looks,
    look_at,
    optimizer_look,
    run_looks,
)
from ui.shell.factors import FACTORS

PAGES = ("#ffffff", "#171614")  # Streamlit's backgrounds, light and dark


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def looks_of(*runs: Run) -> list[Look]:
    return run_looks(Experiment(DatasetSpec("moons"), runs, epochs=0))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "colour", [*ACTIVATION_COLOURS, *UNIT_COLOURS.values(), *SEQUENCE, POSITIVE, NEGATIVE, LINE_COLOUR]
)
def test_lines_can_be_seen_in_light_and_dark(colour, page):
    assert contrast(colour, page) >= 3


def test_no_two_entries_of_a_registry_look_the_same_however_many_there_are():
    looks = [look_at(place) for place in range(500)]
    assert len(set(looks)) == len(looks)
    for look in looks:
        assert len(look.dash) % 2 == 0, "on and off in turn"
    assert [activation_look(name) for name in ACTIVATIONS] == looks[: len(ACTIVATIONS)]
    assert [optimizer_look(name) for name in OPTIMIZERS] == looks[: len(OPTIMIZERS)]


def test_mixtures_with_one_first_activation_are_told_by_their_dashes_however_many_there_are():
    looks = looks_of(*(Run(("relu", name)) for name in ACTIVATIONS))
    assert {look.colour for look in looks} == {activation_look("relu").colour}
    assert len(set(looks)) == len(ACTIVATIONS)


@pytest.mark.parametrize("field", FACTORS)
def test_no_two_choices_of_a_factor_look_the_same(field):
    looks = looks_of(*(Run(**{field: value}) for value in FACTORS[field].choices))
    assert len(set(looks)) == len(FACTORS[field].choices)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("field", FACTORS)
def test_every_look_of_a_factor_can_be_seen_in_light_and_dark(field, page):
    for look in looks_of(*(Run(**{field: value}) for value in FACTORS[field].choices)):
        assert contrast(look.colour, page) >= 3


@pytest.mark.parametrize("field", FACTORS)
def test_a_choice_looks_the_same_whatever_it_is_compared_with(field):
    runs = [Run(**{field: value}) for value in FACTORS[field].choices]
    for run, look in zip(runs[1:], looks_of(*runs)[1:]):
        assert looks_of(runs[0], run)[1] == look


def test_seeds_of_a_setting_look_the_same():
    looks = looks_of(*(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(3)))
    assert looks == [activation_look("relu")] * 3 + [activation_look("tanh")] * 3


def test_branches_have_colours_of_their_own():
    branches = (Branch(3, "elu"), Branch(3, optimizer="sgd"))
    looks = looks_of(Run("tanh"), *(Run("tanh", branch=branch) for branch in branches))
    assert looks[0] == activation_look("tanh")
    assert len({look.colour for look in looks}) == 3
    beside = looks_of(Run("relu"), Run("tanh"), *(Run("tanh", branch=branch) for branch in branches))
    assert len(set(beside)) == 4


def test_a_network_of_several_activations_has_the_look_of_its_first():
    assert looks_of(Run(("tanh", "relu")), Run("relu")) == [activation_look("tanh"), activation_look("relu")]


def test_colours_of_numbers_go_from_dark_to_light_in_steps_that_can_be_seen():
    assert [luminance(colour) for colour in SEQUENCE] == sorted(luminance(colour) for colour in SEQUENCE)
    steps = [np.linalg.norm(oklab(one) - oklab(other)) for one, other in pairwise(SEQUENCE)]
    assert min(steps) > 0.06, "three times a difference that is just noticed"


def oklab(colour: str) -> np.ndarray:
    """Lightness and two opponent colours, in which equal distances look equal (Ottosson 2020)."""
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    opponents = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return opponents @ np.cbrt(cones @ linear)


@pytest.mark.parametrize("field", ["learning_rate", "l2"])
def test_numbers_beyond_the_sequence_have_its_ends(field):
    numbers = (1e-8, 1e3) if field == "l2" else (1e-8, 1e8)
    small, large = looks_of(*(Run(**{field: value}) for value in numbers))
    assert (small.colour, large.colour) == (SEQUENCE[0], SEQUENCE[-1])


def test_units_have_no_activations_colour():
    assert not set(UNIT_COLOURS.values()) & set(ACTIVATION_COLOURS)


def test_above_and_below_zero_are_not_the_colours_of_units():
    assert len({POSITIVE, NEGATIVE, *UNIT_COLOURS.values()}) == 4


def test_classes_differ_by_colour_and_by_shape():
    assert len(set(CLASS_COLOURS)) == len(set(CLASS_SHAPES)) == 10


def test_formulas_have_looks_that_follow_from_them_and_differ_beside_each_other():
    names = [f"=x+{i}" for i in range(60)]
    looks = activation_looks([*ACTIVATIONS, *names[:30]])
    assert len(set(looks)) == len(looks)
    assert looks[: len(ACTIVATIONS)] == [activation_look(name) for name in ACTIVATIONS]
    assert len({look.colour for look in activation_looks(names[:8])}) == 8, "colours first"
    relu = activation_look("relu")
    other = next(name for name in names if activation_look(name).colour != relu.colour)
    first, again, third = looks_of(Run(other), Run(other, initializer="zeros"), Run("relu"))
    assert first.colour == again.colour and first.dash != again.dash
    assert third == relu
