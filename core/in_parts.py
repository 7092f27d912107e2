"""Long computations that go in parts, which can be handed to another process and back, as trainings do.

What goes to and fro is bytes, which whoever only passes them on need not unpack.
"""

import pickle
from collections.abc import Callable
from typing import Any, Protocol


class InParts(Protocol):
    """Something that can be pickled, and whose `found` is there (not None) once `advance` has come to the end of it."""

    found: Any

    def advance(self, seconds: float) -> None:
        """Goes on for about so many seconds."""


def begin(search: Callable[..., InParts], *args: Any) -> bytes:
    """The state of a computation of which nothing is done yet."""
    return pickle.dumps(search(*args))


def go_on(state: bytes, seconds: float) -> tuple[bytes, Any]:
    """The state after about so many seconds more, and what was found: None as long as it is not at its end."""
    search: InParts = pickle.loads(state)
    search.advance(seconds)
    return pickle.dumps(search) if search.found is None else b"", search.found
