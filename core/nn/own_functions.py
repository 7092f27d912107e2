"""Activation functions that people write as a formula in x: `=x*sigmoid(1.702*x)` is a name like any other.

`activation_of` gives the record of any name: that of the registry, or one that is made of the formula.  Its slope is
the formula's, by automatic differentiation (`core.formula.slopes` says which side is taken at a kink).  Where a formula
has no value at a single place, as sin(x)/x at 0, it has there the mean of its values at both sides, and so has its
slope.  Where it has none on both sides, as log(x) below 0, the value is NaN.  Where float32 has no number only because
a part of the formula is too large for it, float64 is used, and where that has no slope either, differences of values.
"""

from collections.abc import Callable
from functools import lru_cache, partial

import numpy as np

from ..formula import FormulaError, Node, Program, is_constant, read, slope_of
from ..formula.evaluating import constant_value
from ..formula.functions import FUNCTIONS
from ..formula.tree import in_order
from ..formula.typesetting import latex
from ..formula.writing import numpy_code, shown, spelled, torch_code
from ..notes import Note
from ..registry import look_up
from .activations import ACTIVATIONS, Activation, Function

MARK = "="  # first character of the name of a function that somebody wrote
KEPT = 256  # records and what is computed of them, in a process: the names are without number
_BESIDE = 1e-4  # how far from a place without a value it is looked for
_SIDES = _BESIDE * np.array([[-1], [1]])
_SMALL_POWER = 4  # which is a number in float32, however large a sum may be
_GRID = np.linspace(-10, 10, 2001)
_FAR = np.array([1e4, 1e9])  # what grows from the first to the second is taken to grow without end
_SECONDS_OF_STEP, _SECONDS_OF_FUNCTION, _SECONDS = 1e-9, 12e-9, {"^": 25e-9}
_NO_LATEX = r"\frac{d}{dz} f(z)"


def activation_of(name: object) -> Activation:
    """The record of an activation of the registry or, for a name that begins with "=", of a function of x; raises
    `ValueError`, which for a formula says where in it something is wrong.

    Of a formula, the record's name has it in its one spelling.
    """
    return _own(name) if is_own(name) else look_up(Note("activation"), ACTIVATIONS, name)


def is_own(name: object) -> bool:
    """Whether it is the name of a function that somebody wrote."""
    return isinstance(name, str) and name.startswith(MARK)


@lru_cache(maxsize=KEPT)
def seconds_of(name: str) -> float:
    """About how long value and slope of a function that somebody wrote take for one number in float32."""
    root = _root(name)
    return sum(
        _SECONDS.get(one.operation, _SECONDS_OF_FUNCTION if one.operation in FUNCTIONS else _SECONDS_OF_STEP)
        for one in in_order(root, slope_of(root))
        if one.arguments
    )


def own_kernel(name: str, z: np.ndarray, a: np.ndarray, s: np.ndarray) -> tuple[Callable[[], None], Callable[[], None]]:
    """What `core.nn.kernels.bind` gives, of a function that somebody wrote."""
    root = _root(name)
    value, slope = Program(root, slope_of(root)).bind({"x": z}, [a, s])
    if not _has_gaps(root):
        return value, slope
    record, filled = activation_of(name), np.empty(z.shape, bool)

    def filled_value() -> None:
        value()
        np.isfinite(a, filled)
        np.logical_not(filled, filled)
        if filled.any():
            _fill(record.value, z, a)
            np.logical_and(filled, np.isfinite(a), filled)

    def filled_slope() -> None:
        slope()
        s[filled] = np.nan  # it was computed of the filled value
        _fill(record.slope, z, s)

    return filled_value, filled_slope


def _root(name: str) -> Node:
    return read(name.removeprefix(MARK))


@lru_cache(maxsize=KEPT)
def _own(name: str) -> Activation:
    root = _root(name)
    by_x = slope_of(root)
    if (spelling := MARK + spelled(root)) != name:
        return _own(spelling)
    values, has_gaps = Program(root), _has_gaps(root)
    value = partial(_evaluate, values, has_gaps, None)
    if not np.isfinite(value(_GRID)).any():
        raise FormulaError(Note("this is no finite number for any x between −10 and 10"), name.removeprefix(MARK), 0)
    return Activation(
        name=name, label=shown(root), formula=latex(root, {"x": "z"}) or "f(z)",
        slope_formula=latex(by_x, {"x": "z"}) or _NO_LATEX, value=value,
        slope=partial(_evaluate, Program(by_x), has_gaps, values), code=_code(root), slope_code=_code(by_x),
        range=_range(value), note="A function that you wrote as a formula in x.", torch=torch_code(root),
    )  # fmt: skip


def _evaluate(program: Program, has_gaps: bool, values: Program | None, z: np.ndarray) -> np.ndarray:
    z = np.asarray(z)
    (result,) = program(x=z)
    if has_gaps:
        _fill(partial(_closely, program, values), z, result)
    result[np.isnan(z)] = np.nan  # comparisons with NaN are False and would hide it
    return result


def _fill(function: Function, z: np.ndarray, result: np.ndarray) -> None:
    """Puts what a function finds in float64 where there is no finite number."""
    gaps = ~np.isfinite(result)
    if gaps.any():
        with np.errstate(all="ignore"):  # it may be too large for float32 after all
            result[gaps] = function(z[gaps].astype(float))


def _closely(program: Program, values: Program | None, z: np.ndarray) -> np.ndarray:
    """The results at these places or, where there are none, the means of those beside them; if the results are slopes
    and there are none beside them either, what the values' difference says."""
    result = _results(program, z)
    if (gaps := np.isnan(result)).any():
        low, high = _results(program, z[gaps] + _SIDES)
        result[gaps] = (low + high) / 2
    if values is not None and (gaps := np.isnan(result)).any():
        low, high = _results(values, z[gaps] + _SIDES)
        result[gaps] = (high - low) / (2 * _BESIDE)
    return result


def _results(program: Program, z: np.ndarray) -> np.ndarray:
    return program(x=z)[0]


def _has_gaps(root: Node) -> bool:
    """Whether there may be places without a value, or without a slope."""
    return any(map(_may_lack_values, in_order(root)))


def _may_lack_values(one: Node) -> bool:
    if one.operation == "/":
        return not is_constant(one.arguments[1])
    if one.operation == "^":
        exponent = constant_value(one.arguments[1]) if is_constant(one.arguments[1]) else np.nan
        return not (0 <= exponent <= _SMALL_POWER and exponent == round(exponent))
    return one.operation in ("log", "sqrt", "exp", "sinh", "cosh")


def _code(root: Node) -> str:
    return f"np.full_like(z, {constant_value(root)})" if is_constant(root) else numpy_code(root, {"x": "z"})


def _range(value: Function) -> tuple[float, float]:
    """Least and greatest value between -10 and 10 and far out, infinite where values still grow there."""
    near = value(_GRID)
    ends = [_limit(value(sign * _FAR)) for sign in (-1, 1)]
    found = [near.min(initial=np.inf, where=~np.isnan(near)), near.max(initial=-np.inf, where=~np.isnan(near)), *ends]
    return float(np.nanmin(found)), float(np.nanmax(found))


def _limit(values: np.ndarray) -> float:
    halfway, end = values
    return float(np.copysign(np.inf, end) if abs(end) > max(1.5 * abs(halfway), 10) else end)
