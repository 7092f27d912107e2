"""Units of the hidden layers as one text: `16` for all layers, or `7,3` from the first to the last."""

import reprlib
from itertools import groupby

from core.limits import LAYERS, UNITS
from core.notes import Note
from ui.shell.readers import NO_WHOLE_NUMBER


def layer_units(text: str) -> str:
    """The text with nothing but commas between the numbers; `ValueError` for what no network can have."""
    numbers = [_units(each.strip()) for each in str(text).split(",")]
    if len(numbers) > LAYERS[1]:
        raise ValueError(
            Note(
                "units are given for {number} hidden layers, and there can be at most {most}",
                number=len(numbers), most=LAYERS[1],
            )
        )  # fmt: skip
    return ",".join(map(str, numbers))


def hidden_of(text: str, layers: int) -> tuple[int, ...]:
    """The units of so many layers: the last number holds for all layers behind it, too.

    Raises `ValueError` if there are more numbers than hidden layers, and there is one.
    """
    units = [int(each) for each in layer_units(text).split(",")]
    if layers and len(units) > layers:
        raise ValueError(
            Note(
                "units is {asked}, for {number} hidden layers, and the networks have {layers}",
                asked=repr(text), number=len(units), layers=layers,
            )
        )  # fmt: skip
    return (*units, *units[-1:] * layers)[:layers]


def text_of_units(hidden: tuple[int, ...]) -> str:
    """The shortest text that says the units of these layers."""
    repeated = [len(list(group)) for _, group in groupby(hidden)][-1]
    return ",".join(map(str, hidden[: len(hidden) - repeated + 1]))


def _units(text: str) -> int:
    least, most = UNITS
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
    if not least <= number <= most:
        asked = reprlib.repr(text)
        raise ValueError(Note(NO_WHOLE_NUMBER, kind=Note("units"), asked=asked, least=least, greatest=most))
    return number
