"""Values and calls as Python text, laid out as a person would."""

from collections.abc import Sequence
from textwrap import fill, indent

INLINE_ROWS = 30  # of a table of own data; longer ones are read from a file
WIDTH = 100  # leaves room for indentation


def literal(value: object) -> str:
    """A number, a text, None or a tuple of those: `repr`, with double quotes if that is no trouble."""
    if isinstance(value, str):
        text = repr(value)
        return text if '"' in text else f'"{text[1:-1]}"'
    if isinstance(value, tuple):
        items = ", ".join(literal(item) for item in value)
        return f"({items},)" if len(value) == 1 else f"({items})"
    return repr(value)


def call(name: str, arguments: Sequence[str], brackets: str = "()") -> str:
    """`name(arguments)` in one line if it is short enough, else with one line for each argument."""
    line = f"{name}{brackets[0]}{', '.join(arguments)}{brackets[1]}"
    return line if len(line) <= WIDTH and "\n" not in line else lines(name, arguments, brackets)


def lines(name: str, arguments: Sequence[str], brackets: str = "()") -> str:
    """`name(arguments)` with one line for each argument."""
    inside = indent("".join(f"{argument},\n" for argument in arguments), "    ")
    return f"{name}{brackets[0]}\n{inside}{brackets[1]}"


def filled(items: Sequence[str], brackets: str = "()") -> str:
    """Two or more items without spaces of their own, in as many lines as they need."""
    inside = ", ".join(items)
    if len(inside) > WIDTH:
        inside = f"\n{indent(fill(f'{inside},', WIDTH, break_long_words=False, break_on_hyphens=False), '    ')}\n"
    return f"{brackets[0]}{inside}{brackets[1]}"
