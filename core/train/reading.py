"""An experiment as JSON that somebody else may have written: bounded before it is unpacked, and checked part by part.

Whatever the text is, what is wrong with it is a `ValueError` of a few words.
"""

import json
import reprlib
from dataclasses import fields as fields_of
from typing import Any, TypeVar

from .. import limits
from ..data.encodings import decoded
from ..notes import Note
from ..registry import check_type, look_up

Part = TypeVar("Part")
# More than the largest experiment has, with a table of as many numbers as a table may have.
MOST_LISTS, MOST_VALUES = 20_000, 500_000


def parsed(text: str | bytes) -> dict[str, Any]:
    """The fields of an experiment, none of which is looked at yet."""
    if isinstance(text, bytes):
        text, _ = decoded(text)
    check_type(Note("the text"), text, str)
    if len(text) > limits.EXPERIMENT_CHARACTERS:
        raise ValueError(
            Note(
                "the text has {characters} characters, and the limit is {limit}",
                characters=len(text), limit=limits.EXPERIMENT_CHARACTERS,
            )
        )  # fmt: skip
    if text.count("[") + text.count("{") > MOST_LISTS or text.count(",") > MOST_VALUES:
        raise ValueError(Note("this is not an experiment: it has more values than any experiment needs"))
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(Note("this is not JSON: {error}", error=str(error))) from error
    return named(Note("an experiment"), found)


def made(kind: type[Part], fields: object, **parts: object) -> Part:
    """An object of one of core's dataclasses, of these fields and of parts that are made already."""
    what = kind.__name__
    choices = {field.name: field for field in fields_of(kind)}  # type: ignore[arg-type]
    for name in named(Note("a {what}", what=what), fields):
        look_up(Note("field of {what}", what=what), choices, name)
    try:
        return kind(**fields, **parts)  # type: ignore[arg-type]
    except TypeError as error:  # a field is missing, or is of a type that core does not expect
        raise ValueError(Note("this is not a {what}: {error}", what=what, error=str(error))) from error


def taken(fields: dict[str, Any], name: str) -> Any:
    """A field that must be there, taken out of the others."""
    if name not in fields:
        raise ValueError(Note("this is not an experiment: {name} is missing", name=repr(name)))
    return fields.pop(name)


def counted(what: str, items: object, least_and_most: tuple[int, int]) -> list:
    """A list that has no more items than it may have."""
    if not isinstance(items, list):
        raise ValueError(Note("{what} is {value}, and must be a list", what=what, value=reprlib.repr(items)))
    limits.check(Note("the number of {what}", what=what), len(items), least_and_most)
    return items


def check_numbers(fields: object) -> None:
    """That a table's numbers are numbers: numpy would make room for each text as long as the longest of them."""
    table = named(Note("a {what}", what="Table"), fields)
    rows = counted(Note("rows"), table.get("X"), limits.ROWS)
    labels = counted(Note("labels"), table.get("y"), limits.ROWS)
    if not all(isinstance(row, list) and all(type(x) in (int, float) for x in row) for row in rows):
        raise ValueError(Note("X must contain only numbers, in a list for each row"))
    if not all(type(label) is int for label in labels):
        raise ValueError(Note("y must contain only whole numbers"))


def named(what: str, fields: object) -> dict[str, Any]:
    """Fields, if they have names."""
    if not isinstance(fields, dict):
        raise ValueError(
            Note("this is not {what}: {fields} has no named fields", what=what, fields=reprlib.repr(fields))
        )
    return fields
