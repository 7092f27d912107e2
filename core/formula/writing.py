"""Writing formulas: as one types them, as one reads them, and as code for numpy and for PyTorch.

What is written as one types it or reads it can be read again, and gives the same tree.
"""

from collections import Counter
from collections.abc import Mapping

from .evaluating import constant_value
from .functions import EXTREMES, FUNCTIONS
from .tree import AND, COMPARISONS, CONDITIONS, NEGATIVE, NOT, NUMBER, OR, WHERE, Node, in_order, is_constant

# How strongly operations hold together: an argument that holds less than it must is put into brackets.
PRECEDENCE = {OR: 1, AND: 2, NOT: 3, "+": 5, "-": 5, "*": 6, "/": 6, NEGATIVE: 7, "^": 8} | dict.fromkeys(
    COMPARISONS, 4
)
ATOM = 9


def spelled(root: Node) -> str:
    """The formula in its one spelling: `max(0.1*x,x)`."""
    return _Spelling({}).of(root)


def shown(root: Node) -> str:
    """The formula as one reads it: `max(0.1·x, x)`; nothing in it means anything in Markdown."""
    signs = {sign: f" {sign} " for sign in ("+", *COMPARISONS)} | {"*": "·", "-": " − ", NEGATIVE: "−"}
    return _Spelling(signs, comma=", ").of(root)


def numpy_code(root: Node, letters: Mapping[str, str]) -> str:
    """The formula in numpy, its variables called as given: a line for each part that occurs more than once, and then an
    expression.  It may use `ndtr` of scipy.special."""
    uses = Counter(argument for one in in_order(root) for argument in one.arguments)
    spelling = _Numpy(_PYTHON | {"pi": "np.pi", "e": "np.e"} | dict(letters))
    lines: list[str] = []
    for one in in_order(root):
        if uses[one] > 1 and not is_constant(one) and one.arguments:
            lines.append(f"t{len(lines) + 1} = {spelling.of(one)}")
            spelling.names[one] = f"t{len(lines)}"
    return "\n".join([*lines, spelling.of(root)])


def torch_code(root: Node, letter: str = "z") -> str:
    """The formula as an expression of PyTorch in the tensor of that letter."""
    text = _Torch(_PYTHON | {"pi": "torch.pi", "e": "torch.e", "x": letter}).of(root)
    return text if _carries_slope(root) else f"{text} + 0 * {letter}"  # so that autograd finds a way, of slope 0


_PYTHON = {sign: f" {sign} " for sign in ("+", "-", "*", "/", *COMPARISONS)} | {"^": " ** "}


class _Spelling:
    """Operators between their arguments, in brackets where these are needed.

    `signs` are those of operators, variables and constants where they are others than in formulas, and `names` what
    parts are called that were written before.
    """

    def __init__(self, signs: Mapping[str, str], comma: str = ",") -> None:
        self._signs = {NEGATIVE: "-", NOT: "not ", AND: " and ", OR: " or "} | dict(signs)
        self._comma = comma
        self.names: dict[Node, str] = {}

    def of(self, one: Node) -> str:
        """The text of a formula."""
        if one in self.names:
            return self.names[one]
        if one.operation == NUMBER:
            return number_text(one.number)
        if not one.arguments:
            return self._signs.get(one.operation, one.operation)
        if one.operation not in PRECEDENCE:
            return self.call(one)
        return self.between(one)

    def call(self, one: Node) -> str:
        """A function of its arguments."""
        return f"{one.operation}({self._comma.join(map(self.of, one.arguments))})"

    def between(self, one: Node) -> str:
        """An operation with its sign between its arguments, or in front of the only one."""
        holds, sign = PRECEDENCE[one.operation], self._signs.get(one.operation, one.operation)
        *left, right = one.arguments
        texts = [self._at_least(holds + (one.operation in ("^", *COMPARISONS)), argument) for argument in left]
        is_signed = (
            right.operation == NEGATIVE and one.operation not in COMPARISONS
        )  # two signs would follow each other
        return f"{''.join(texts)}{sign}{self._at_least(ATOM if is_signed else holds + 1, right)}"

    def _at_least(self, holds: int, one: Node) -> str:
        own = ATOM if one in self.names else PRECEDENCE.get(one.operation, ATOM)
        return self.of(one) if own >= holds else f"({self.of(one)})"


class _Code(_Spelling):
    def between(self, one: Node) -> str:
        if one.operation in (AND, OR):
            a, b = map(self.of, one.arguments)
            return f"({a}) {'&' if one.operation == AND else '|'} ({b})"
        return f"~({self.of(one.arguments[0])})" if one.operation == NOT else super().between(one)

    def _number(self, one: Node) -> str:
        return repr(constant_value(one)) if is_constant(one) else self.of(one)


class _Numpy(_Code):
    def call(self, one: Node) -> str:
        if one.operation not in FUNCTIONS:
            name = "where" if one.operation == WHERE else f"{one.operation}imum"
            return f"np.{name}({', '.join(map(self._number, one.arguments))})"
        template, argument = FUNCTIONS[one.operation].code, one.arguments[0]
        text = self.of(argument) if "({u})" in template or ", {u})" in template else self._at_least(ATOM, argument)
        return f"({template.format(u=text)})" if "/" in template or " - " in template else template.format(u=text)


class _Torch(_Code):
    def call(self, one: Node) -> str:
        if is_constant(one):  # PyTorch's functions take tensors alone
            return repr(constant_value(one))
        if one.operation in EXTREMES:
            return f"torch.{one.operation}imum({', '.join(map(self._tensor, one.arguments))})"
        if one.operation == WHERE:
            return f"torch.where({', '.join(map(self._number, one.arguments))})"
        return f"{FUNCTIONS[one.operation].torch}({self.of(one.arguments[0])})"

    def _tensor(self, one: Node) -> str:
        return f"torch.full_like({self._signs['x']}, {self._number(one)})" if is_constant(one) else self.of(one)


def number_text(value: float) -> str:
    """With as few digits as tell it from all others."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)


def _carries_slope(one: Node) -> bool:
    """Whether a variable is in it elsewhere than in conditions."""
    parts = [argument for argument in one.arguments if argument.operation not in CONDITIONS]
    return any(map(_carries_slope, parts)) if one.arguments else not is_constant(one)
