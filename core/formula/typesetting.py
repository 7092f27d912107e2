"""Writing formulas in LaTeX."""

import re
from collections.abc import Mapping

from .functions import FUNCTIONS
from .tree import AND, COMPARISONS, NEGATIVE, NOT, NUMBER, OR, WHERE, Node
from .writing import ATOM, PRECEDENCE, number_text

LONGEST = 600  # characters: a longer formula is not written
_FRACTION = 7.5  # how strongly it holds together, see `PRECEDENCE`
_SIGNS = {"<=": r" \le ", ">=": r" \ge ", AND: r" \land ", OR: r" \lor ", NOT: r"\lnot ", NEGATIVE: "-"}
_CASES = r"\begin{cases}", r"\end{cases}"
_FUNCTION = re.compile(r"(\\\w+)\(")

_Written = tuple[str, float]


def latex(root: Node, letters: Mapping[str, str]) -> str | None:
    """The formula in LaTeX, its variables called as given; None if it is too long for that."""
    written: dict[Node, _Written] = {}

    def of(one: Node) -> _Written:
        if one not in written:
            written[one] = _latex(one, [of(argument) for argument in one.arguments], letters)
            if len(written[one][0]) > LONGEST:
                raise OverflowError
        return written[one]

    try:
        return of(root)[0]
    except OverflowError:
        return None


def _latex(one: Node, arguments: list[_Written], letters: Mapping[str, str]) -> _Written:
    texts = [text for text, _ in arguments]
    match one.operation:
        case _ if one.operation == NUMBER:
            mantissa, _, exponent = number_text(one.number).partition("e")
            return (rf"{mantissa} \cdot 10^{{{int(exponent)}}}", PRECEDENCE["*"]) if exponent else (mantissa, ATOM)
        case "pi":
            return r"\pi", ATOM
        case "/":
            return rf"\frac{{{texts[0]}}}{{{texts[1]}}}", _FRACTION
        case "*":
            a, b = (_at_least(PRECEDENCE["*"], argument) for argument in arguments)
            b = rf"\left({b}\right)" if b.startswith("-") else b
            between = r" \cdot " if b[0].isdigit() else r"\,"
            return f"{a}{between}{b}", PRECEDENCE["*"]
        case "^":
            return _power(one.arguments[0], *arguments), PRECEDENCE["^"]
        case "exp":
            return FUNCTIONS["exp"].latex.format(u=texts[0]), PRECEDENCE["^"]
        case "max" | "min":
            return rf"\{one.operation}({', '.join(texts)})", ATOM
        case _ if one.operation == WHERE:
            rest = texts[2] if texts[2].startswith(_CASES[0]) else rf"{texts[2]} & \text{{else}}"
            rest = rest.removeprefix(_CASES[0]).removesuffix(_CASES[1])
            return rf"{_CASES[0]}{texts[1]} & {texts[0]}\\ {rest}{_CASES[1]}", ATOM
        case _ if one.operation in FUNCTIONS:
            return FUNCTIONS[one.operation].latex.format(u=texts[0]), ATOM
    if not arguments:
        return letters.get(one.operation, one.operation), ATOM
    holds, sign = PRECEDENCE[one.operation], _SIGNS.get(one.operation, f" {one.operation} ")
    *left, right = arguments
    if one.operation == NEGATIVE:
        return f"-{_at_least(PRECEDENCE['*'], right)}", holds
    is_signed = one.operation in ("+", "-") and right[0].startswith("-")
    texts = [_at_least(holds + (one.operation in COMPARISONS), argument) for argument in left]
    texts.append(_at_least(ATOM + 1 if is_signed else holds + 1, right))
    return sign.join(texts) if left else sign + texts[0], holds


def _power(base: Node, written_base: _Written, exponent: _Written) -> str:
    """`\\cosh^2(z)`, as people write the powers of functions."""
    text, is_function = written_base[0], _FUNCTION.match(written_base[0])
    if base.operation in FUNCTIONS and is_function and "+" not in is_function[1]:
        return f"{is_function[1]}^{{{exponent[0]}}}{text[is_function.end() - 1 :]}"
    return f"{_at_least(ATOM, written_base)}^{{{exponent[0]}}}"


def _at_least(holds: float, written: _Written) -> str:
    text, own = written
    return text if own >= holds else rf"\left({text}\right)"
