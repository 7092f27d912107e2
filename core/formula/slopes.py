"""The slope of a formula as a formula: automatic differentiation, rule by rule, through the same tree.

At a kink it takes PyTorch's side: where both of `max` or `min` are equal, half of each slope; 0 for `abs`, `sign` and
`relu` at 0; of `where` the slope of the branch that is taken.

Where a part grows exponentially, its slope in proportion to its value is taken: both may be infinite where the slope of
1/(1 + exp(-100x)) is a small number.
"""

from collections.abc import Mapping
from functools import cache

from .functions import FUNCTIONS
from .reading import read
from .tree import NEGATIVE, NUMBER, WHERE, Node, in_order, is_constant, node, number

_ZERO, _ONE = number(0), number(1)
# Slopes that are multiplied by their argument, to be multiplied by what that grows by in proportion.
_BY_RATE = {"sqrt": "sqrt(u)/2", "arctan": "1/(u+1/u)", "arcsinh": "tanh(arcsinh(u))"}


def slope_of(root: Node, variable: str = "x") -> Node:
    """The slope of a formula by one of its variables."""
    slopes: dict[Node, Node] = {}
    for one in in_order(root):
        if is_constant(one):
            slopes[one] = _ZERO
        elif not one.arguments:
            slopes[one] = _ONE if one.operation == variable else _ZERO
        else:
            slopes[one] = _slope(one, slopes)
    return slopes[root]


def _slope(one: Node, slopes: Mapping[Node, Node]) -> Node:
    """The slope of one operation, of the slopes of its parts."""
    a, b = one.arguments[0], one.arguments[-1]
    da, db = slopes[a], slopes[b]
    match one.operation:
        case "+":
            return _plus(da, db)
        case "-":
            return _minus(da, db)
        case "*":
            return _plus(_times(da, b), _times(a, db))
        case "/" if (rate := _rate(b, slopes)) is not None:
            return _minus(_over(da, b), _times(one, rate))
        case "/":
            return _over(_minus(da, _times(one, db)), b)  # no square of b, which might be infinite
        case "^":
            of_exponent = _times(_times(one, _log(a)), db) if db is not _ZERO else _ZERO
            if da is not _ZERO and not _is_whole(b) and (rate := _rate(a, slopes)) is not None:
                return _plus(_times(_times(b, one), rate), of_exponent)
            return _plus(_times(_power_slope(a, b), da), of_exponent)
        case "max":
            return _extreme(">", a, b, da, db)
        case "min":
            return _extreme("<", a, b, da, db)
        case _ if one.operation == NEGATIVE:
            return _minus(_ZERO, da)
        case _ if one.operation == WHERE:
            return _where(a, slopes[one.arguments[1]], db)
        case "log" if (rate := _rate(a, slopes)) is not None:
            return rate
        case name if name in _BY_RATE and (rate := _rate(a, slopes)) is not None:
            return _times(_put(read(_BY_RATE[name], ("u",)), a), rate)
        case _ if one.operation in FUNCTIONS:
            return _times(_put(_rule(one.operation), a), da)
    return _ZERO  # of a condition


def _rate(one: Node, slopes: Mapping[Node, Node]) -> Node | None:
    """The slope of a part divided by the part, where it grows exponentially; None if it does not, or may change its
    sign."""
    a, b = one.arguments[:1], one.arguments[-1:]
    match one.operation:
        case _ if is_constant(one):
            return None
        case "exp":
            return slopes[a[0]]
        case "cosh":
            return _times(node("tanh", *a), slopes[a[0]])
        case "^" if is_constant(a[0]):
            return _times(_log(a[0]), slopes[b[0]])
        case "^" if is_constant(b[0]):
            return None if (rate := _rate(a[0], slopes)) is None else _times(b[0], rate)
        case "*":
            return _rate_of_product(one, slopes)
        case "+":
            return _rate_of_sum(one, slopes)
    return None


def _rate_of_product(one: Node, slopes: Mapping[Node, Node]) -> Node | None:
    first, second = (_ZERO if is_constant(each) else _rate(each, slopes) for each in one.arguments)
    return None if first is None or second is None else _plus(first, second)


def _rate_of_sum(one: Node, slopes: Mapping[Node, Node]) -> Node | None:
    """Each part counts by its share a/(a+b), which is 1/(1+b/a): that is a number where a is infinite, or so small that
    it is 0."""
    a, b = one.arguments
    rates = [_rate(a, slopes), _rate(b, slopes)]
    if rates == [None, None]:
        return None
    terms = [
        _over(slopes[part], one) if rate is None else _over(rate, _plus(_ONE, _over(other, part)))
        for part, other, rate in zip((a, b), (b, a), rates)
    ]
    return _plus(*terms)


def _is_whole(b: Node) -> bool:
    """Whether it is a whole number above 0."""
    return b.operation == NUMBER and b.number == round(b.number)


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
    if a.operation == "*" and a.arguments[0].operation == NUMBER and b.operation != NUMBER:
        return _times(a.arguments[0], _over(a.arguments[1], b))  # ten times what is to be divided might be infinite
    return number(a.number / b.number) if a.operation == b.operation == NUMBER and b.number else node("/", a, b)
