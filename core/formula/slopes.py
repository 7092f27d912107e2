"""The slope of a formula as a formula: automatic differentiation, rule by rule, through the same tree.

At a kink it takes PyTorch's side: where both of `max` or `min` are equal, half of each slope; 0 for `abs`, `sign` and
`relu` at 0; of `where` the slope of the branch that is taken.
"""

from functools import cache

from .functions import FUNCTIONS
from .reading import read
from .tree import NEGATIVE, NUMBER, WHERE, Node, in_order, is_constant, node, number

_ZERO, _ONE = number(0), number(1)


def slope_of(root: Node, variable: str = "x") -> Node:
    """The slope of a formula by one of its variables."""
    slopes: dict[Node, Node] = {}
    for one in in_order(root):
        if is_constant(one):
            slopes[one] = _ZERO
        elif not one.arguments:
            slopes[one] = _ONE if one.operation == variable else _ZERO
        else:
            slopes[one] = _slope(one, [slopes[argument] for argument in one.arguments])
    return slopes[root]


def _slope(one: Node, slopes: list[Node]) -> Node:
    """The slope of one operation, of its arguments' slopes."""
    a, b = one.arguments[0], one.arguments[-1]
    da, db = slopes[0], slopes[-1]
    match one.operation:
        case "+":
            return _plus(da, db)
        case "-":
            return _minus(da, db)
        case "*":
            return _plus(_times(da, b), _times(a, db))
        case "/":
            return _over(_minus(da, _times(one, db)), b)  # no square of b, which might be infinite
        case "^":
            return _plus(_times(_power_slope(a, b), da), _times(_times(one, _log(a)), db) if db is not _ZERO else _ZERO)
        case "max":
            return _extreme(">", a, b, da, db)
        case "min":
            return _extreme("<", a, b, da, db)
        case _ if one.operation == NEGATIVE:
            return _minus(_ZERO, da)
        case _ if one.operation == WHERE:
            return _where(one.arguments[0], slopes[1], db)
        case _ if one.operation in FUNCTIONS:
            return _times(_put(_rule(one.operation), a), da)
    return _ZERO  # of a condition


@cache
def _rule(name: str) -> Node:
    text = FUNCTIONS[name].slope
    return _ZERO if text == "0" else read(text, ("u",))


def _put(root: Node, argument: Node) -> Node:
    """The formula with an argument in the place of u."""
    made: dict[Node, Node] = {}
    for one in in_order(root):
        if one.operation == "u":
            made[one] = argument
        else:
            made[one] = node(one.operation, *(made[each] for each in one.arguments)) if one.arguments else one
    return made[root]


def _extreme(better: str, a: Node, b: Node, da: Node, db: Node) -> Node:
    if da is db:
        return da
    halves = _over(_plus(da, db), number(2))
    return _where(node(better, a, b), da, _where(node(better, b, a), db, halves))


def _where(condition: Node, a: Node, b: Node) -> Node:
    return a if a is b else node(WHERE, condition, a, b)


def _power_slope(a: Node, b: Node) -> Node:
    """Of a^b by a."""
    if b.operation == NUMBER:
        if b.number == 0:
            return _ZERO
        rest = number(b.number - 1)
        power = a if rest is _ONE else _ONE if rest is _ZERO else node("^", a, rest)
        return _times(b, power)
    return _times(b, node("^", a, _minus(b, _ONE)))


def _log(a: Node) -> Node:
    return _ONE if a.operation == "e" else node("log", a)


def _plus(a: Node, b: Node) -> Node:
    if a is _ZERO or b is _ZERO:
        return b if a is _ZERO else a
    if a.operation == b.operation == NUMBER:
        return number(a.number + b.number)
    return node("-", a, b.arguments[0]) if b.operation == NEGATIVE else node("+", a, b)


def _minus(a: Node, b: Node) -> Node:
    if b is _ZERO:
        return a
    if b.operation == NEGATIVE:
        return _plus(a, b.arguments[0])
    if a is _ZERO:
        return number(-b.number) if b.operation == NUMBER else node(NEGATIVE, b)
    return number(a.number - b.number) if a.operation == b.operation == NUMBER else node("-", a, b)


def _times(a: Node, b: Node) -> Node:
    if a is _ZERO or b is _ZERO:
        return _ZERO
    if a is _ONE or b is _ONE:
        return b if a is _ONE else a
    for one, other in ((a, b), (b, a)):
        if one.operation == NEGATIVE:
            return _minus(_ZERO, _times(one.arguments[0], other))
    if b.operation == NUMBER:  # numbers first, as people write
        return _times(b, a) if a.operation != NUMBER else number(a.number * b.number)
    if b.operation == "*" and b.arguments[0].operation == NUMBER:
        return _times(_times(a, b.arguments[0]), b.arguments[1])
    return node("*", a, b)


def _over(a: Node, b: Node) -> Node:
    if a is _ZERO or b is _ONE:
        return a
    if a.operation == NEGATIVE:
        return _minus(_ZERO, _over(a.arguments[0], b))
    return number(a.number / b.number) if a.operation == b.operation == NUMBER and b.number else node("/", a, b)
