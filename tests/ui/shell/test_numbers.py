"""Numbers in sentences."""

import numpy as np
import pytest

from ui.shell.numbers import RAISED, pair, probability, written


def value(text: str) -> float:
    """The number that was written."""
    back = {raised: plain for plain, raised in RAISED.items()} | {ord("−"): "-"}
    return float(text.replace("·10", "e").translate(back))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.75812, "0.7581"), (-0.75812, "−0.7581"), (-0.0, "0"), (0.0, "0"), (-4.5423e-5, "−4.542·10⁻⁵"),
        (np.float32(4.852e8), "4.852·10⁸"), (14.203125, "14.2"), (-1e-10, "−1·10⁻¹⁰"), (np.nan, "nan"),
        (-np.inf, "−inf"),
    ],
)  # fmt: skip
def test_they_have_a_true_minus_and_powers_of_ten(number, text):
    assert written(number) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.65900, "0.659"), (1.0, "1"), (0.0, "0"), (0.9994, "0.999"), (0.99951, "1 − 0.00049"),
        (1 - 4.5e-5, "1 − 4.5·10⁻⁵"), (3.72e-44, "3.72·10⁻⁴⁴"),
    ],
)  # fmt: skip
def test_a_probability_is_not_rounded_to_1_if_it_is_less(p, text):
    assert probability(p) == text


def test_pairs_have_no_negative_zero():
    assert pair((-0.0, -2.5)) == "(0, −2.5)"
