"""Looking a name up among its choices, or whether a value is what it has to be, with an error message that helps."""

import difflib
import reprlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from .notes import Note

Record = TypeVar("Record")


def unknown(kind: Note, name: object, choices: Iterable[object]) -> ValueError:
    """The error for a `name` that is none of the `choices`, for instance
    ``unknown activation 'rleu'; did you mean 'relu'? Choices: identity, step, ...``"""
    known = [str(choice) for choice in choices]
    close: list[str] = []
    if isinstance(name, str) and len(name) < 100:
        spelt = name.lower().replace(" ", "_").replace("-", "_")  # as names are: a reader may know "Leaky ReLU"
        close = difflib.get_close_matches(spelt, known, n=1, cutoff=0.7)
    fields = {"kind": kind, "name": reprlib.repr(name), "choices": ", ".join(known)}
    if close:
        said = Note("unknown {kind} {name}; did you mean {close}? Choices: {choices}", close=repr(close[0]), **fields)
    else:
        said = Note("unknown {kind} {name}. Choices: {choices}", **fields)
    return ValueError(said)


def look_up(kind: Note, registry: Mapping[str, Record], name: object) -> Record:
    """`registry[name]`; raises `ValueError` with the value and the choices if it is not there."""
    if not isinstance(name, str) or name not in registry:
        raise unknown(kind, name, registry)
    return registry[name]


def check_type(what: str, value: object, kind: type) -> None:
    if not isinstance(value, kind):
        raise ValueError(
            Note(
                "{what} is {value}, and must be of type {kind}",
                what=what,
                value=reprlib.repr(value),
                kind=kind.__name__,
            )
        )
