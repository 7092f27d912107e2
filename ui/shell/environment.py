"""What a host sets by environment variables: one that cannot be what it is, is named, with what it may be."""

import os
from collections.abc import Callable
from typing import TypeVar

from core.notes import Note, cut

T = TypeVar("T")


def from_environment(name: str, read: Callable[[str], T], otherwise: T, wrong: str) -> T:
    """What a variable says, as `read` understands it; `otherwise` where it is not set, or empty.

    Raises `ValueError` where `read` does: with `wrong`, a sentence that has the fields `name` and `value`.
    """
    text = os.environ.get(name, "").strip()
    try:
        return read(text) if text else otherwise
    except ValueError:
        raise ValueError(Note(wrong, name=name, value=repr(cut(text)))) from None


def one_of(choices: dict[str, T]) -> Callable[[str], T]:
    """For `from_environment`: one of a few words, by what they mean."""

    def read(text: str) -> T:
        if text not in choices:
            raise ValueError(text)
        return choices[text]

    return read
