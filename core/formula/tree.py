"""A formula as a tree, in which equal parts are one node: `node` gives the same object for the same operation on the
same arguments.  So whatever occurs twice is computed once, and a slope shares its parts with the value."""

from dataclasses import dataclass
from weakref import WeakValueDictionary

NUMBER, NEGATIVE, WHERE, AND, OR, NOT = "number", "negative", "where", "and", "or", "not"
CONSTANTS = "pi", "e"
COMPARISONS = "<", "<=", ">", ">="
CONDITIONS = *COMPARISONS, AND, OR, NOT


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node:
    """`operation` is an operator, the name of a function, of a variable or of a constant, or "number"."""

    operation: str
    arguments: tuple["Node", ...] = ()
    number: float = 0.0


_nodes: WeakValueDictionary[tuple, Node] = WeakValueDictionary()


def node(operation: str, *arguments: Node) -> Node:
    """The node of an operation on these nodes."""
    return _kept(operation, arguments, 0.0)


def number(value: float) -> Node:
    """The node of a number; that of a negative one is the negative of a number, as people write it."""
    positive = _kept(NUMBER, (), abs(float(value)))
    return node(NEGATIVE, positive) if value < 0 else positive


def in_order(*roots: Node) -> list[Node]:
    """All nodes that these are made of, each once, behind its arguments."""
    found: dict[Node, None] = {}

    def visit(one: Node) -> None:
        if one not in found:
            for argument in one.arguments:
                visit(argument)
            found[one] = None

    for root in roots:
        visit(root)
    return list(found)


def is_constant(one: Node) -> bool:
    """Whether there is no variable in it."""
    return all(part.arguments or part.operation in (NUMBER, *CONSTANTS) for part in in_order(one))


def _kept(operation: str, arguments: tuple[Node, ...], value: float) -> Node:
    key = operation, arguments, value
    found = _nodes.get(key)
    if found is None:
        found = _nodes[key] = Node(operation, arguments, value)
    return found
