"""Conditions in x and y, such as `y > sin(x)`, that say which points of a square have class 1."""

from functools import lru_cache

import numpy as np

from ..formula import FormulaError, Node, Program, read
from ..formula.writing import numpy_code
from ..notes import Note

REACH = 3  # of the square in which points are drawn, from -3 to 3
LEAST_SHARE = 0.05  # of the square, for either class: the rarer one can then be drawn


@lru_cache(maxsize=256)
def condition_of(formula: str) -> Node:
    """The tree of a condition in x and y; raises `FormulaError` for what is none, and where either class has too small
    a part of the square."""
    condition = read(formula, ("x", "y"), condition=True)
    x, y = np.random.default_rng(0).uniform(-REACH, REACH, (2, 10_000))
    share = Program(condition)(x=x, y=y)[0].mean()
    if not LEAST_SHARE <= share <= 1 - LEAST_SHARE:
        raise FormulaError(
            Note(
                "this holds for {share} % of the square from {left} to {right}, and must hold for {least} % to "
                "{most} % of it",
                share=round(100 * share), left=f"−{REACH}", right=str(REACH), least=round(100 * LEAST_SHARE),
                most=round(100 - 100 * LEAST_SHARE),
            ), formula, 0,
        )  # fmt: skip
    return condition


def condition_code(formula: str) -> str:
    """Lines of numpy that say of arrays x and y whether the formula holds."""
    *lines, last = numpy_code(condition_of(formula), {}).split("\n")
    return "\n".join([*lines, f"is_one = {last}"])
