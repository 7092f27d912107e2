"""Looking a name up among its choices, with an error message that helps."""

import difflib
import reprlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

Record = TypeVar("Record")


def unknown(kind: str, name: object, choices: Iterable[object]) -> ValueError:
    """The error for a `name` that is none of the `choices`, for instance
    ``unknown activation 'rleu'; did you mean 'relu'? Choices: identity, step, ...``"""
    known = [str(choice) for choice in choices]
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.7) if isinstance(name, str) and len(name) < 100 else []
    hint = f"; did you mean {close[0]!r}?" if close else "."
    return ValueError(f"unknown {kind} {reprlib.repr(name)}{hint} Choices: {', '.join(known)}")


def look_up(kind: str, registry: Mapping[str, Record], name: object) -> Record:
    """`registry[name]`; raises `ValueError` with the value and the choices if it is not there."""
    if not isinstance(name, str) or name not in registry:
        raise unknown(kind, name, registry)
    return registry[name]
