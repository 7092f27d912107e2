"""Reading a formula: from the text that somebody typed to a tree, or to a sentence on what is wrong in it, and where.

The text is never executed.  It is cut into the few kinds of tokens that there are; what may follow what is checked on
the way, so that an error has its place and says what was expected.  Python's own reader (`ast`) then brings the tokens
into the order of precedence, and only the nodes of a white list become a tree.
"""

import ast
import difflib
import keyword
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, NoReturn

from ..notes import Note
from .evaluating import constant_value
from .functions import EXTREMES, FUNCTIONS, OTHER_NAMES
from .tree import AND, CONDITIONS, CONSTANTS, NEGATIVE, NOT, OR, WHERE, Node, in_order, is_constant
from .tree import node as node_of
from .tree import number as number_of

LENGTH = 200  # characters
BRACKETS = 20  # open at once
NODES = 80  # different parts
EXPONENT = 100.0  # of a power, if it is a number: its size

_TOKENS = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"|(?P<operator>\*\*|<=|>=|[-+*/^<>()·×÷−,])|(?P<space> +)"
)
_SPELLED = {"^": "**", "·": "*", "×": "*", "÷": "/", "−": "-"}  # as ast has them
_BINARY: dict[type[ast.AST], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "^"}
_COMPARED: dict[type[ast.AST], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_WORDS = AND, OR, NOT
_SIGNS = "-", "−", "+", NOT  # what may stand before an operand, but not twice
_CALLED = *FUNCTIONS, *EXTREMES, WHERE


class FormulaError(ValueError):
    """What is wrong in a formula: `text` is the formula, `at` the place of the first wrong character, from 0."""

    def __init__(self, said: Note, text: str, at: int) -> None:
        super().__init__(said, text, at)
        self.text, self.at = text, at

    @property
    def note(self) -> Note:
        """All of it, as it can be said in another language."""
        formula = repr(self.text[:LENGTH])
        return Note("{said} (character {place} of {formula})", said=self.args[0], place=self.at + 1, formula=formula)

    def __str__(self) -> str:
        return self.note


class _Token(NamedTuple):
    kind: str  # number, name or operator
    text: str
    at: int


@lru_cache(maxsize=256)
def read(text: str, variables: tuple[str, ...] = ("x",), condition: bool = False) -> Node:
    """The tree of a formula in these variables: of a number or, if asked for, of a condition such as `y > sin(x)`.

    Raises `FormulaError` for all that is no such formula, and for one that is too large or has no variable.
    """
    if len(text) > LENGTH:
        raise FormulaError(
            Note(
                "the formula has {characters} characters, and at most {most} are possible",
                characters=len(text), most=LENGTH,
            ), text, LENGTH,
        )  # fmt: skip
    tokens = _tokens(text)
    _check_order(text, tokens, variables)
    root = _Reader(text, tokens, variables).root
    if condition != (root.operation in CONDITIONS):
        raise FormulaError(_CONDITION if condition else _NO_CONDITION, text, 0)
    if is_constant(root):
        raise FormulaError(Note("expected a formula with {variables} in it", variables=_one_of(variables)), text, 0)
    return root


_CONDITION = Note("expected a comparison, such as y > sin(x)")
_NO_COMPARISON = Note("expected a comparison, such as x > 0")
_NO_CONDITION = Note("expected a number: comparisons belong into where(condition, a, b)")
_OPERAND, _OPERATOR = Note("expected a number, a name or '('"), Note("expected an operator, such as + or *")
_UNOPENED, _OUTSIDE = Note("unexpected ')': no '(' is open"), Note("unexpected ',' outside of a function")
_NO_BRACKET = Note("expected '(' behind {name}")
_ONLY = Note(
    "expected an operator, such as + or *. Only {variables}, numbers, operators and functions such as sin(x) are "
    "possible"
)


def _one_of(variables: Sequence[str]) -> str:
    return Note("{first} or {second}", first=variables[0], second=variables[1]) if variables[1:] else variables[0]


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text):
        token = _TOKENS.match(text, at)
        if token is None or token.lastgroup is None:
            raise FormulaError(Note("unexpected character {character}", character=repr(text[at])), text, at)
        if token.lastgroup != "space":
            found.append(_Token(token.lastgroup, token[0], at))
        at = token.end()
    return found


def _check_order(text: str, tokens: Sequence[_Token], variables: Sequence[str]) -> None:
    """Operands and operators take turns, and brackets are closed."""
    is_operand_next, is_signed, opened, before = True, False, list[int](), _Token("operator", "", 0)
    for token in tokens:
        kind, symbol, at = token
        is_call = before.kind == "name" and before.text not in _WORDS
        if symbol == "(":
            if not is_operand_next and not is_call:
                raise FormulaError(_OPERATOR, text, at)
            opened.append(at)
            if len(opened) > BRACKETS:
                raise FormulaError(Note("more than {most} brackets are open at once", most=BRACKETS), text, at)
            is_operand_next = True
        elif symbol in _SIGNS and is_operand_next and not is_signed:
            is_signed = True
            before = token
            continue
        elif kind == "operator" or symbol in _WORDS:
            if is_operand_next:
                raise FormulaError(_OPERAND, text, at)
            if symbol in ("),") and not opened:
                raise FormulaError(_UNOPENED if symbol == ")" else _OUTSIDE, text, at)
            if symbol == ")":
                opened.pop()
            is_operand_next = symbol != ")"
        else:
            if not is_operand_next:
                is_function = is_call and _name(before.text) in _CALLED
                said = Note(_NO_BRACKET, name=before.text) if is_function else _OPERATOR
                if kind == "name" and is_call and not is_function:  # words, as in a sentence or in a programme
                    said = Note(_ONLY, variables=", ".join(variables))
                raise FormulaError(said, text, at)
            is_operand_next = False
        before, is_signed = token, False
    if is_operand_next:
        raise FormulaError(_OPERAND, text, len(text))
    if opened:
        raise FormulaError(Note("expected ')' for the '(' here"), text, opened[-1])


def _name(typed: str) -> str:
    return OTHER_NAMES.get(typed, typed)


class _Reader:
    """From tokens in a right order to `root`, a tree."""

    def __init__(self, text: str, tokens: Sequence[_Token], variables: Sequence[str]) -> None:
        self._text, self._variables = text, variables
        self._places: dict[int, _Token] = {}  # of the tokens, by where they are in what ast reads
        spelled = ""
        for token in tokens:
            if keyword.iskeyword(token.text) and token.text not in _WORDS:
                self._unknown(token, (*variables, *CONSTANTS))
            self._places[len(spelled)] = token
            spelled += ("0" if token.kind == "number" else _SPELLED.get(token.text, token.text)) + " "
        try:
            expression = ast.parse(spelled, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:  # what is a word of Python, as `if`
            at = self._places.get(max((getattr(error, "offset", None) or 1) - 1, 0), tokens[0]).at
            raise FormulaError(_OPERAND, text, at) from None
        self.root = self._read(expression)
        if len(in_order(self.root)) > NODES:
            raise FormulaError(Note("the formula has more than {most} parts", most=NODES), text, 0)

    def _fail(self, said: Note, where: ast.AST) -> NoReturn:
        raise FormulaError(said, self._text, self._token(where).at)

    def _token(self, where: ast.AST) -> _Token:
        return self._places[where.col_offset]  # type: ignore[attr-defined]

    def _read(self, part: ast.expr) -> Node:
        match part:
            case ast.Constant():
                value = float(self._token(part).text)
                return number_of(value) if value < float("inf") else self._fail(Note("expected a smaller number"), part)
            case ast.Name():
                return self._name(part)
            case ast.UnaryOp(op=ast.USub()):
                return self._numeric(NEGATIVE, part, self._number(part.operand))
            case ast.UnaryOp(op=ast.UAdd()):
                return self._number(part.operand)
            case ast.UnaryOp(op=ast.Not()):
                return node_of(NOT, self._condition(part.operand))
            case ast.BinOp() if type(part.op) in _BINARY:
                return self._binary(_BINARY[type(part.op)], part)
            case ast.Compare() if all(type(how) in _COMPARED for how in part.ops):
                return self._compared(part)
            case ast.BoolOp():
                return self._joined(AND if isinstance(part.op, ast.And) else OR, map(self._condition, part.values))
            case ast.Call(func=ast.Name(), keywords=[]):
                return self._call(part)
        self._fail(_OPERAND, part)

    def _number(self, part: ast.expr) -> Node:
        found = self._read(part)
        return self._fail(_NO_CONDITION, part) if found.operation in CONDITIONS else found

    def _condition(self, part: ast.expr) -> Node:
        found = self._read(part)
        return found if found.operation in CONDITIONS else self._fail(_NO_COMPARISON, part)

    def _name(self, part: ast.Name) -> Node:
        if part.id in (*self._variables, *CONSTANTS):
            return node_of(part.id)
        if _name(part.id) in _CALLED:
            token = self._token(part)
            raise FormulaError(Note(_NO_BRACKET, name=part.id), self._text, token.at + len(token.text))
        self._unknown(self._token(part), (*self._variables, *CONSTANTS))

    def _unknown(self, token: _Token, choices: Sequence[str]) -> NoReturn:
        close = difflib.get_close_matches(token.text.lower(), choices, n=1, cutoff=0.6)
        if close:
            said = Note("unknown name {name}; did you mean {close}?", name=repr(token.text), close=repr(close[0]))
        else:
            said = Note("unknown name {name}; possible: {choices}", name=repr(token.text), choices=", ".join(choices))
        raise FormulaError(said, self._text, token.at)

    def _binary(self, operation: str, part: ast.BinOp) -> Node:
        left, right = self._number(part.left), self._number(part.right)
        if operation == "^" and is_constant(right) and abs(constant_value(right)) > EXPONENT:
            most = f"{EXPONENT:g}"
            self._fail(Note("expected an exponent between {least} and {most}", least=f"−{most}", most=most), part.right)
        return self._numeric(operation, part, left, right)

    def _compared(self, part: ast.Compare) -> Node:
        """`a < b < c` is `a < b and b < c`."""
        sides = [self._number(side) for side in (part.left, *part.comparators)]
        pairs = [node_of(_COMPARED[type(how)], *sides[i : i + 2]) for i, how in enumerate(part.ops)]
        if any(is_constant(pair) for pair in pairs):
            self._fail(Note("expected a comparison with {variables} in it", variables=_one_of(self._variables)), part)
        return self._joined(AND, pairs)

    @staticmethod
    def _joined(operation: str, parts: Iterable[Node]) -> Node:
        joined, *others = parts
        for other in others:
            joined = node_of(operation, joined, other)
        return joined

    def _call(self, part: ast.Call) -> Node:
        assert isinstance(part.func, ast.Name)
        name = _name(part.func.id)
        if name == WHERE:
            if len(part.args) != 3:
                self._fail(Note("where(condition, a, b) has 3 arguments, not {number}", number=len(part.args)), part)
            return node_of(WHERE, self._condition(part.args[0]), *map(self._number, part.args[1:]))
        if name not in _CALLED:
            self._unknown(self._token(part.func), _CALLED)
        arguments = [self._number(argument) for argument in part.args]
        if name in FUNCTIONS and len(arguments) != 1:
            self._fail(Note("{name} has 1 argument, not {number}", name=name, number=len(arguments)), part)
        if name in EXTREMES and len(arguments) < 2:
            self._fail(Note("{name} has 2 arguments or more, not {number}", name=name, number=len(arguments)), part)
        joined, *others = arguments
        if not others:
            return self._numeric(name, part, joined)
        for other in others:
            joined = self._numeric(name, part, joined, other)
        return joined

    def _numeric(self, operation: str, part: ast.AST, *arguments: Node) -> Node:
        """The node; a constant must be a finite number."""
        made = node_of(operation, *arguments)
        if all(map(is_constant, arguments)) and not abs(constant_value(made)) < float("inf"):
            self._fail(Note("this is not a finite number"), part)
        return made
