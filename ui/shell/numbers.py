"""Numbers as they stand on screen: in sentences, tables, formulas and charts' texts.

No other module of `ui` writes a number.  A minus is a true one, 0 has no sign, and a number that is very small or large
has a power of ten instead of `e-05`.  What Vega or Streamlit writes in the browser has their own formats; an accuracy
in a tooltip is written here, or rounded as it is here.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ui.shell.language import NN_, _, plural

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_COUNTED = {
    "epoch": NN_("{number} epoch", "{number} epochs"),
    "hidden layer": NN_("{number} hidden layer", "{number} hidden layers"),
    "network": NN_("{number} network", "{number} networks"),
    "seed": NN_("{number} seed", "{number} seeds"),
    "participant": NN_("{number} participant", "{number} participants"),
    "step": NN_("{number} step", "{number} steps"),
    "time": NN_("{number} time", "{number} times"),
    "unit": NN_("{number} unit", "{number} units"),
}
_EXACT = 1e9  # below it, 12 digits leave no doubt about those after the point
_TIMES_10 = "·10"  # what comes before the raised exponent of a power of ten


def written(number: float, digits: int = 4) -> str:
    """A number with at most so many significant digits: `−0.758`, `4.542·10⁻⁵`, `inf`, `nan`."""
    return _on_screen(f"{float(number) + 0.0:.{digits}g}")  # -0.0 + 0.0 is 0.0


def short(number: float, digits: int = 2) -> str:
    """A number with two significant digits, and no power of ten below a million: `0.31`, `460`, `5.1·10⁻⁷`."""
    return written(significant(number, digits), max(digits, 6))


def told_from(other: float, number: float, write: Callable[[float, int], str], digits: int) -> str:
    """A number as `write` has it with so many digits or, where it would look like another one that it is not, with as
    many as show the difference: beside 1, `1.02` and not `1`."""
    while not math.isclose(number, other, rel_tol=1e-9, abs_tol=1e-9) and write(number, digits) == write(other, digits):
        digits += 1
    return write(number, digits)


def brief(number: float, digits: int) -> str:
    """A number with at most so many significant digits, or with two of them where it needs a power of ten."""
    text = written(number, digits)
    return short(number) if _TIMES_10 in text else text


def exact(value: object) -> str:
    """A number that somebody has chosen, with as few digits as tell it from all others: `0.03`, `1·10⁻⁵`.

    Choices that are no numbers, such as names, are given as they are.
    """
    if isinstance(value, float):
        text = f"{value + 0.0:g}"
        return _on_screen(text if float(text) == value else str(value))
    return str(value).replace("-", "−") if isinstance(value, int) else str(value)


def fixed(number: float, places: int) -> str:
    """A number with so many digits after the point, zeros included: `0.50`, `−1.200`.

    What lies halfway is rounded away from 0, as people do it, also where a float is only nearly there: 41 of 80 are
    51.3 %, and 100 * 0.5125 is 51.249999999999993.
    """
    number = float(number)
    if abs(number) < _EXACT:
        step = Decimal(1).scaleb(-places)
        return _on_screen(f"{Decimal(f'{number:.12g}').quantize(step, ROUND_HALF_UP):zf}")
    return _on_screen(f"{number:.{places}f}")


def rounded(number: float, places: int = 2) -> str:
    """A number with at most so many digits after the point: `0.25`, `1`, `−∞`."""
    return _on_screen(f"{round(float(number), places) + 0.0:g}").replace("inf", "∞")


def loss(number: float) -> str:
    """A loss with three digits after the point or, where these say little, with two in all: `0.693`, `3.2·10⁻⁷`."""
    return fixed(number, 3) if 1e-3 <= number < 1e3 else short(number)


def if_finite(number: float, write: Callable[[float], str] = written) -> str:
    """A number as `write` has it, or `not finite` of a network that diverged."""
    return write(number) if math.isfinite(number) else _("not finite")


def cell(number: float, write: Callable[[float], str] = written) -> str:
    """A number in a table as `write` has it; `–` for nan, where there is none, and `∞` for an infinite one."""
    return "–" if math.isnan(number) else "∞" if number == math.inf else write(number)


def probability(p: float) -> str:
    """A probability with three digits or, where they would make it 1, what it lacks: `0.659`, `1 − 4.5·10⁻⁵`."""
    return f"1 − {short(1 - p)}" if 0.9995 <= p < 1 else written(p, 3)


def percent(share: float, places: int = 1) -> str:
    """A share from 0 to 1 that was measured, in percent with one digit after the point: `95.6 %`, `90.0 %`."""
    return _("{number} %", number=fixed(100 * share, places))


def positive_percent(share: float) -> str:
    """A share above 0 as `percent` has it or, where that would be 0, with two significant digits: `0.031 %`."""
    return percent(share) if share >= 0.0005 else _("{number} %", number=short(100 * share))


def exact_percent(share: float) -> str:
    """A share from 0 to 1 that somebody has chosen, in percent with no more digits than it needs: `90 %`, `12.5 %`."""
    return _("{number} %", number=rounded(100 * share))


def points(difference: float, places: int = 1) -> str:
    """A difference of two shares in percentage points, one digit after the point: `1.9`, `−0.4`."""
    return fixed(100 * difference, places)


def pair(point: Sequence[float], digits: int = 4) -> str:
    """The two coordinates of a point, each with at most so many significant digits: `(0, −2.5)`."""
    x, y = point
    return f"({written(x, digits)}, {written(y, digits)})"


def series(numbers: Iterable[float], digits: int = 4) -> str:
    """Numbers one after the other, each with at most so many significant digits: `−2, 0, 0.881`."""
    return ", ".join(written(number, digits) for number in numbers)


def count(number: int, noun: str) -> str:
    """How many there are of a thing in `_COUNTED`: `1 epoch`, `2 epochs`."""
    return plural(*_COUNTED[noun], number)


def grouped(number: int) -> str:
    """A whole number with its thousands set apart: `10,000`."""
    return _on_screen(f"{number:,}")


def in_tex(text: str) -> str:
    r"""A number that was written here, in LaTeX: `-0.758`, `4.542 \cdot 10^{-5}`."""
    mantissa, _, exponent = text.replace("−", "-").partition(_TIMES_10)
    return rf"{mantissa} \cdot 10^{{{exponent.translate(_LOWERED)}}}" if exponent else mantissa


def significant(number: float, digits: int = 4) -> float:
    """The number rounded to so many significant digits, which makes the data of a chart light."""
    return float(f"{number:.{digits}g}")


def _on_screen(text: str) -> str:
    """A number that Python has written, with a true minus and a raised exponent."""
    mantissa, _, exponent = text.partition("e")
    mantissa = mantissa.replace("-", "−")
    return f"{mantissa}{_TIMES_10}{str(int(exponent)).translate(RAISED)}" if exponent else mantissa
