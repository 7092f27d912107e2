"""What reads the texts of a setting in the address: each reader gives its value, or raises `ValueError`.  `texts` gives
the texts back.

What is wrong is a note, so a reader may be made before anybody has said which language is spoken.  `kind` is what the
setting is called in it: a note as well, or a text that was said already.
"""

import reprlib
from collections.abc import Callable, Iterable, Sequence

from core.notes import Note
from core.registry import unknown
from ui.shell.fixed import MOST_ASKED
from ui.shell.numbers import exact

Parse = Callable[[Sequence[str]], object]
TOO_MANY = Note("{number} choices are named, and at most {most} can be")
_NO_NUMBER = Note("{kind} is {asked}, and must be a number between {least} and {greatest}")
NO_WHOLE_NUMBER = Note("{kind} is {asked}, and must be a whole number between {least} and {greatest}")


def one_of(kind: str, choices: Iterable[object], none: str = "") -> Parse:
    """A reader of one of these choices, by its text or as the same number in other words (`1` for 1.0).

    `none` is the text of None.  The reader raises `ValueError`, which names the choices, for any other text.
    """
    by_text = {none if choice is None else str(choice): choice for choice in choices}
    by_number = {_number(text): choice for text, choice in by_text.items() if _number(text) is not None}

    def parse(texts: Sequence[str]) -> object:
        text = texts[-1]
        if text in by_text:
            return by_text[text]
        if _number(text) in by_number:
            return by_number[_number(text)]
        written = [text for text in by_text if text]  # the empty one is what there is without a text
        if _number(text) is not None:  # a number that looks alike is no help
            asked, choices = reprlib.repr(text), ", ".join(written)
            raise ValueError(
                Note("{kind} is {asked}, and must be one of {choices}", kind=kind, asked=asked, choices=choices)
            )
        raise unknown(kind, text, written)

    return parse


def some_of(parse_one: Parse) -> Parse:
    """A reader of several choices, each of which `parse_one` reads; an empty text is no choice.

    If some are bad, its `ValueError` has the good ones, as `instead`.
    """

    def parse(texts: Sequence[str]) -> list:
        asked, good, bad = list(dict.fromkeys(filter(None, texts))), [], []
        if len(asked) > MOST_ASKED:
            raise ValueError(Note(TOO_MANY, number=len(asked), most=MOST_ASKED))
        for text in asked:
            try:
                good.append(parse_one([text]))
            except ValueError as error:
                bad.append(error)
        if bad:
            if good:
                bad[0].instead = good
            raise bad[0]
        return good

    return parse


def read_by(function: Callable[[str], object]) -> Parse:
    """A reader that gives what the function makes of the text; it raises `ValueError` as the function does."""
    return lambda texts: function(texts[-1])


def between(kind: str, low: float, high: float) -> Parse:
    """A reader of a number from `low` to `high`, a whole one if these are; it raises `ValueError` for any other."""
    whole = isinstance(low, int)

    def parse(texts: Sequence[str]) -> float:
        value = _number(texts[-1])
        if value is None or not low <= value <= high or (whole and value % 1):
            sentence = NO_WHOLE_NUMBER if whole else _NO_NUMBER
            raise ValueError(
                Note(sentence, kind=kind, asked=reprlib.repr(texts[-1]), least=exact(low), greatest=exact(high))
            )
        return int(value) if whole else value

    return parse


def or_none(parse: Parse, none: str) -> Parse:
    """A reader that gives None for the text `none`, and for any other what `parse` makes of it."""

    def parse_other(texts: Sequence[str]) -> object:
        if texts[-1] == none:
            return None
        try:
            return parse(texts)
        except ValueError as error:
            raise ValueError(Note("{error}, or {none}", error=error.args[0], none=none)) from None

    return parse_other


def switch(kind: str) -> Parse:
    """A reader of a switch that is on or off: `True` or `False` in the address."""
    return one_of(kind, (True, False))


def texts(value: object, none: str = "") -> list[str]:
    """A setting as the address has it, with that text for None; an empty list is a choice too."""
    items = value if isinstance(value, list) else [value]
    return [none if item is None else str(item) for item in items] or [""]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
