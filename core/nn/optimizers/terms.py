"""The terms of which one step of an optimizer is told, and those that several optimizers share.

An optimizer's terms are read from its state before and after a step that it has really made; what is left to compute is
how that state becomes the step.  Formulas are LaTeX, with the coefficients in use.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

State = list[np.ndarray]


@dataclass(frozen=True)
class Term:
    """One term of a step: `value` is (parameter,), or () for a number that all parameters share.

    `formula` is how it comes from the terms before it, empty where it is given; `meaning` is a sentence.
    """

    name: str
    symbol: str
    formula: str
    meaning: str
    value: np.ndarray


@dataclass(frozen=True)
class Step:
    """What there is to know of the step with number `t` (from 1) of one network: its parameters `p` before the step,
    their gradient `g` and what the step added to them, `change`, all (parameter,); the state before and after it, in
    the order of the optimizer's own list, without its axis of runs; and the learning rate."""

    p: np.ndarray
    g: np.ndarray
    change: np.ndarray
    before: State
    after: State
    rate: float
    t: int


def kept_terms(s: Step) -> Iterator[Term]:
    """The terms of an optimizer that has none of its own: what it keeps from step to step, and its step."""
    for number, (before, after) in enumerate(zip(s.before, s.after, strict=True), 1):
        yield Term(f"memory {number} before", f"s^{{({number})}}_{{t-1}}", "", "Kept from earlier steps.", before)
        yield Term(f"memory {number} after", f"s^{{({number})}}_t", "", "Kept for later steps.", after)
    yield Term("step", r"\Delta_t", "", "The step that the optimizer computes from these.", s.change)


def mean_square(s: Step, place: int, forget: float) -> Iterator[Term]:
    """The running mean of the squared gradient, at that place of the state, before and after the step."""
    yield Term("mean square before", "v_{t-1}", "", "Mean of recent squared gradients.", s.before[place])
    formula = rf"{forget} v_{{t-1}} + {1 - forget:g} g_t^2"
    yield Term("mean square", "v_t", formula, "Its square root is the recent size of the gradient.", s.after[place])


def ten_to_the(number: float) -> str:
    """A power of ten as LaTeX: `10^{-8}`."""
    return f"10^{{{np.log10(number):.0f}}}"
