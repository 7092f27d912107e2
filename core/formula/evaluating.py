"""Computing formulas with numpy: step by step, in place where that is possible, and nothing twice."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from .functions import FUNCTIONS
from .tree import AND, CONDITIONS, CONSTANTS, NEGATIVE, NOT, NUMBER, OR, WHERE, Node, in_order

_POWER = "^"


class Program:
    """Computes the `roots`, each of which may use what those before it have computed.

    Arrays are of any one shape, float32 or float64, and so are the results; those of conditions are bool.  Infinities
    and NaN on the way are part of it: callers of what `bind` gives silence numpy's warnings.
    """

    def __init__(self, *roots: Node) -> None:
        self._roots = roots
        order = in_order(*roots)
        self._constants: dict[Node, float] = {}
        for one in order:
            is_known = all(argument in self._constants for argument in one.arguments)
            if is_known and (one.arguments or one.operation in (NUMBER, *CONSTANTS)):
                self._constants[one] = _constant(one, self._constants)
        self._steps = [one for one in order if one.arguments and one not in self._constants]

    def __call__(self, **variables: np.ndarray) -> list[np.ndarray]:
        """The values of each root where the variables have these."""
        (first, *_) = variables.values()
        outputs = [np.empty(first.shape, _kind(root) or first.dtype) for root in self._roots]
        with np.errstate(all="ignore"):
            for compute in self.bind(variables, outputs):
                compute()
        return outputs

    def bind(self, variables: Mapping[str, np.ndarray], outputs: Sequence[np.ndarray]) -> list[Callable[[], None]]:
        """A function for each root that leaves its values in its output; to be called in their order, again and again.

        Memory is taken here.  A step writes where an argument was that is no longer needed, if there is one.
        """
        (first, *_) = variables.values()
        dtype, shape = first.dtype, first.shape
        places = {one: np.array(value, dtype) for one, value in self._constants.items()}
        exponents = {step: self._constants.get(step.arguments[1]) for step in self._steps if step.operation == _POWER}
        last_use = {argument: i for i, step in enumerate(self._steps) for argument in step.arguments}
        results = {root: output for root, output in reversed(list(zip(self._roots, outputs)))}
        free: dict[type | None, list[np.ndarray]] = {None: [], bool: []}
        calls: dict[Node, Callable[[], object]] = {}
        for i, step in enumerate(self._steps):
            for argument in step.arguments:
                if argument not in places:
                    places[argument] = variables[argument.operation]
            for argument in set(step.arguments):
                if argument in calls and argument not in results and last_use[argument] == i:
                    free[_kind(argument)].append(places[argument])
            kind = _kind(step)
            if step in results:
                places[step] = results[step]
            else:
                places[step] = free[kind].pop() if free[kind] else np.empty(shape, kind or dtype)
            arguments = [places[argument] for argument in step.arguments]
            calls[step] = _call(step.operation, arguments, places[step], exponents.get(step))
        return self._in_turn(variables, outputs, places, calls)

    def _in_turn(
        self,
        variables: Mapping[str, np.ndarray],
        outputs: Sequence[np.ndarray],
        places: Mapping[Node, np.ndarray],
        calls: Mapping[Node, Callable[[], object]],
    ) -> list[Callable[[], None]]:
        """For each root, the calls that it needs beyond those of the roots before it."""
        functions: list[Callable[[], None]] = []
        done: set[Node] = set()
        for root, output in zip(self._roots, outputs):
            new = [step for step in in_order(root) if step in calls and step not in done]
            done.update(new)
            own = [calls[step] for step in new]
            found = places[root] if root in places else variables[root.operation]
            if found is not output:
                own.append(partial(np.copyto, output, found))
            functions.append(partial(_all, own))
        return functions


def constant_value(one: Node) -> float:
    """The number that a formula without variables is; infinite or NaN if it is none."""
    known: dict[Node, float] = {}
    for part in in_order(one):
        known[part] = _constant(part, known)
    return known[one]


def _all(calls: Sequence[Callable[[], object]]) -> None:
    for call in calls:
        call()


def _kind(one: Node) -> type | None:
    """What the values are: bool, or None for those of the variables' type."""
    return bool if one.operation in CONDITIONS else None


def _constant(one: Node, known: Mapping[Node, float]) -> float:
    if one.operation == NUMBER:
        return one.number
    if one.operation in CONSTANTS:
        return {"pi": np.pi, "e": np.e}[one.operation]
    arguments = [np.array(known[argument]) for argument in one.arguments]
    out: np.ndarray = np.empty((), _kind(one) or float)
    with np.errstate(all="ignore"):
        _call(one.operation, arguments, out, known[one.arguments[1]] if one.operation == _POWER else None)()
    return out.item()


def _call(
    operation: str, arguments: Sequence[np.ndarray], out: np.ndarray, exponent: float | None
) -> Callable[[], object]:
    if exponent is not None and exponent == round(exponent):
        return partial(_whole_power, arguments[0], int(exponent), out)
    function = _OPERATIONS.get(operation) or FUNCTIONS[operation].evaluate
    return partial(function, *arguments, out)


def _whole_power(u: np.ndarray, exponent: int, out: np.ndarray) -> None:
    """By multiplying: numpy's power takes ten times as long."""
    if exponent == 2:
        np.square(u, out)
        return
    result, square, left = None, u, abs(exponent)
    while left:
        if left % 2:
            result = square if result is None else result * square
        left //= 2
        square = square * square if left else square
    np.copyto(out, 1.0 if result is None else result)
    if exponent < 0:
        np.reciprocal(out, out)


def _maximum(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    np.maximum(a, b, out=out)


def _minimum(a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    np.minimum(a, b, out=out)


def _where(condition: np.ndarray, a: np.ndarray, b: np.ndarray, out: np.ndarray) -> None:
    if out is a:  # it must not be lost before it is needed
        np.copyto(out, b, where=~condition)
    else:
        np.copyto(out, b)
        np.copyto(out, a, where=condition)


_OPERATIONS: dict[str, Callable[..., object]] = {
    "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, _POWER: np.power, NEGATIVE: np.negative,
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, AND: np.logical_and,
    OR: np.logical_or, NOT: np.logical_not, "max": _maximum, "min": _minimum, WHERE: _where,
}  # fmt: skip
