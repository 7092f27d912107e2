"""Formulas at random, one in another, as nobody would write them: what is said of them must not break."""

import numpy as np

from core import activation_of
from core.formula import FormulaError
from core.formula.functions import FUNCTIONS

_PARTS = "x", "x", "-x", "2*x", "100*x", "1e-3*x", "x-1", "x+0.3", "pi", "3"
_POWERS = "2", "3", "10", "-1", "-2", "0.5", "(1/3)"


def formulas(count: int, seed: int) -> list[str]:
    """The names of that many functions that are accepted."""
    draws, found = np.random.default_rng(seed), []
    while len(found) < count:
        name = "=" + _formula(draws, int(draws.integers(1, 5)))
        try:
            activation_of(name)
        except FormulaError:
            continue
        found.append(name)
    return found


def _formula(draws: np.random.Generator, depth: int) -> str:
    if not depth:
        return draws.choice(_PARTS)
    kind = draws.choice(5, p=[0.5, 0.25, 0.12, 0.07, 0.06])
    a, b, c, d = (_formula(draws, depth - 1) for _ in range(4))
    return [
        f"{draws.choice(list(FUNCTIONS))}({a})",
        f"({a}){draws.choice(list('+-*/'))}({b})",
        f"({a})^{draws.choice([*_POWERS, f'({b})'])}",
        f"{draws.choice(['max', 'min'])}({a}, {b})",
        f"where({a} {draws.choice(['<', '>='])} {b}, {c}, {d})",
    ][kind]
