"""Reads the formulas of the activation functions' records, which are LaTeX in z, as a person would.

The subset of LaTeX that they are written in becomes Python: an independent reading, which knows nothing of the records'
own functions.
"""

import re
from functools import reduce

import numpy as np
from scipy.special import erf, expit, ndtr

_FUNCTIONS = {
    "tanh": np.tanh, "sin": np.sin, "cos": np.cos, "arctan": np.arctan, "ln": np.log, "sqrt": np.sqrt, "sign": np.sign,
    "cosh": np.cosh, "sinh": np.sinh, "tan": np.tan, "arcsinh": np.arcsinh, "erf": erf, "sigma": expit, "Phi": ndtr,
    "abs": np.abs, "clip": np.clip, "max": lambda *arguments: reduce(np.maximum, arguments),
    "min": lambda *arguments: reduce(np.minimum, arguments),
}  # fmt: skip
_SPACES = re.compile(r"\\(?:,|left|right)|(?<!\\)\\ |\s+")
_TOKENS = re.compile(r"\\\\|\\[a-zA-Z]+|\d+(?:\.\d+)?|u'|.")


def evaluate(latex: str, z: np.ndarray) -> np.ndarray:
    """The formula's value at each z; of several lines, those below the first say what it abbreviates: `u = z^2`."""
    formula, *definitions = re.sub(r"\\(begin|end)\{aligned\}(& )?", "", latex).split(r" \\ & ")
    names = {"z": z, "e": np.e, "pi": np.pi}
    for name, meaning in (definition.split(" = ") for definition in definitions):
        names[name] = _Reader(meaning, names).all()
    return np.broadcast_to(_Reader(formula, names).all(), z.shape)


class _Reader:
    """Reads from left to right: sums of products of powers."""

    def __init__(self, latex: str, names: dict) -> None:
        latex = re.sub(r"\\(?:mathrm|text)\{(\w+)\}", r"\\\1 ", latex).replace(r"\tfrac", r"\frac")
        self._tokens = [token for token in _TOKENS.findall(_SPACES.sub(" ", latex)) if token != " "] + [""]
        self._names = names
        self._is_absolute = False  # whether a bar closes

    def all(self):
        value = self._sum()
        assert self._next == "", f"not read: {self._tokens}"
        return value

    @property
    def _next(self) -> str:
        return self._tokens[0]

    def _take(self, expected: str | None = None) -> str:
        token = self._tokens.pop(0)
        assert expected in (None, token), f"{token} for {expected}"
        return token

    def _took(self, token: str) -> bool:
        if self._next == token:
            self._take()
            return True
        return False

    def _sum(self):
        value = -self._product() if self._took("-") else self._product()
        while self._next in ("+", "-"):
            value = value + self._product() if self._take() == "+" else value - self._product()
        return value

    def _product(self):
        value = self._power()
        while True:
            if self._took("/"):
                value = value / self._power()
            elif self._took(r"\cdot") or self._begins():
                value = value * self._power()
            else:
                return value

    def _begins(self) -> bool:
        """Whether another factor comes."""
        ends = {"", "+", "-", ")", "}", ",", "&", r"\\", r"\end", "<", ">", "=", r"\le", r"\ge", r"\else", r"\land"}
        return self._next not in ends and not (self._next == "|" and self._is_absolute)

    def _power(self):
        value = self._factor()
        return value ** self._exponent() if self._took("^") else value

    def _exponent(self):
        if self._next == "{":
            return self._within("{", "}")
        return float(self._take()) if self._next.isdigit() else self._factor()

    def _factor(self):
        token = self._take()
        if token == "(":
            self._tokens.insert(0, token)
            return self._within("(", ")")
        if token == "|":
            self._is_absolute = True
            value = np.abs(self._sum())
            self._is_absolute = False
            self._take("|")
            return value
        if token == r"\frac":
            return self._within("{", "}") / self._within("{", "}")
        if token == r"\begin":
            return self._cases()
        name = token.lstrip("\\")
        if name in _FUNCTIONS:
            return self._called(_FUNCTIONS[name])
        return self._names[name] if name in self._names else float(token)

    def _called(self, function):
        """`\\tanh^2 z` is the square of tanh z."""
        power = self._exponent() if self._took("^") else 1
        if self._next in ("(", "{"):
            opening = self._take()
            arguments = [self._sum()]
            while self._took(","):
                arguments.append(self._sum())
            self._take({"(": ")", "{": "}"}[opening])
            return function(*arguments) ** power
        return function(self._power()) ** power

    def _within(self, opening: str, closing: str):
        self._take(opening)
        outside, self._is_absolute = self._is_absolute, False
        value = self._sum()
        self._is_absolute = outside
        self._take(closing)
        return value

    def _cases(self):
        for token in ("{", *"cases", "}"):
            self._take(token)
        shape, values, conditions = self._names["z"].shape, [], []
        while True:
            values.append(np.broadcast_to(self._sum(), shape))
            self._take("&")
            conditions.append(np.broadcast_to(self._condition(), shape))
            if not self._took(r"\\"):
                break
        for token in (r"\end", "{", *"cases", "}"):
            self._take(token)
        assert np.any(conditions, axis=0).all(), "some z are in no case"
        return np.select(conditions, values)

    def _condition(self):
        if self._took(r"\else"):
            return np.True_
        compare = {"<": np.less, ">": np.greater, r"\le": np.less_equal, r"\ge": np.greater_equal}
        left, holds = self._sum(), np.True_
        while self._next in compare:
            how = compare[self._take()]
            right = self._sum()
            holds, left = holds & how(left, right), right
        return holds & self._condition() if self._took(r"\land") else holds
