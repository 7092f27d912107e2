"""Cells as people write them: numbers with decimal points or commas, thousands, currency and percent; what is missing.

A cell is a text, or a number of a spreadsheet, which is as it is.  `decimal` is the sign before the decimals, "." or
",", and the other one then sets thousands apart.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from .. import limits

_MISSING = """
na n/a #n/a #na n.a. <na> nan -nan null none nil ? - -- – — . missing k.a. 없음 결측 欠測
#value! #div/0! #ref! #name? #num! #null!
"""
MISSING = frozenset(("", *_MISSING.split()))
TRUTH = {"true": True, "false": False}
LONGEST = 50  # characters of a number
_SIGNS = str.maketrans("−–‒﹣－", "-----")  # of a number: all are a minus
_SPACES = re.compile(r"(?<=\d)[ '’\u00a0\u2000-\u200a\u202f](?=\d{3}(?!\d))")  # between thousands
_MONEY = "[$€£¥₩₹₽₺]|USD|EUR|GBP|CHF|JPY|KRW|CNY|PLN|SEK|NOK|DKK|kr|zł|원|円|元"
_NUMBER = re.compile(
    rf"(?P<minus>[+-]?)\s*(?P<money>{_MONEY})?\s*(?P<sign>[+-]?)(?P<digits>\d[\d.,]*|[.,]\d+)(?P<power>[eE][+-]?\d+)?"
    rf"\s*(?P<unit>%|{_MONEY})?"
)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+")
_THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")


@dataclass(frozen=True)
class Written:
    """A number as it is written: `digits` with points and commas; `points_to` is the decimal sign that they prove, ""
    if there is none to prove, "?" if both are possible."""

    digits: str
    sign: str
    power: str
    has_unit: bool
    points_to: str
    in_brackets: bool
    is_spaced: bool  # with apostrophes or spaces between thousands

    @property
    def has_leading_zeros(self) -> bool:
        return self.digits.startswith("0") and self.digits[1:2].isdecimal()

    def value(self, decimal: str) -> float:
        """NaN if it is no number with this decimal sign."""
        digits = self.digits.replace("," if decimal == "." else ".", "").replace(",", ".")
        try:
            number = float(self.sign + digits + self.power)
        except ValueError:
            return math.nan
        return number if limits.VALUE[0] <= number <= limits.VALUE[1] else math.nan


def clean(text: str) -> str:
    """The text without signs that cannot be seen, and with single spaces."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def is_missing(cell: object) -> bool:
    return cell is None or (isinstance(cell, float) and math.isnan(cell)) or str(cell).strip().casefold() in MISSING


@lru_cache(maxsize=10_000)
def written(cell: str) -> Written | None:
    """A text as a number with its signs; None for a text that is none."""
    if len(cell) > LONGEST:
        return None
    text, spaces = _SPACES.subn("", cell.strip().translate(_SIGNS))
    is_negative = text.startswith("(") and text.endswith(")")
    found = _NUMBER.fullmatch(text.strip("()") if is_negative else text)
    if not found or (found["minus"] and found["sign"]):
        return None
    digits, points_to = found["digits"], _points_to(found["digits"])
    if points_to is None:
        return None
    sign = "-" if is_negative else found["minus"] or found["sign"]
    has_unit = bool(found["money"] or found["unit"])
    return Written(digits, sign, found["power"] or "", has_unit, points_to, is_negative, spaces > 0)


def _points_to(digits: str) -> str | None:
    """The decimal sign; "" if there is no sign, "?" if it may as well set thousands apart, None if it is no number."""
    points, commas = digits.count("."), digits.count(",")
    if not points and not commas:
        return ""
    if points and commas:
        decimal = max(".,", key=digits.rindex)
        whole = digits[: digits.index(decimal)]
        return decimal if digits.count(decimal) == 1 and _THOUSANDS.fullmatch(whole) else None
    sign, other = (".", ",") if points else (",", ".")
    if points + commas > 1:
        return other if _THOUSANDS.fullmatch(digits) else None
    return "?" if _THOUSANDS.fullmatch(digits) and not digits.startswith("0") else sign


def evidence(numbers: Iterable[Written]) -> str:
    """The decimal sign that most of the numbers prove, "" if none does."""
    counts = Counter(number.points_to for number in numbers if number.points_to in (".", ","))
    return counts.most_common(1)[0][0] if counts else ""


def sign_in_doubt(numbers: Iterable[Written]) -> str:
    """The sign in numbers that may be decimals or thousands; "" if there is no such number."""
    for number in numbers:
        if number.points_to == "?":
            return "," if "," in number.digits else "."
    return ""


def likely_decimal(numbers: list[Written], separator: str) -> str:
    """The likelier decimal sign of numbers in doubt: what stands beside whole numbers, or after the sign of a currency,
    sets thousands apart."""
    sign = sign_in_doubt(numbers)
    other = "," if sign == "." else "."
    is_mixed = any(number.points_to == "" for number in numbers)
    if sign == ",":
        is_thousands = separator == "," or is_mixed or any(number.has_unit for number in numbers)
    else:
        is_thousands = separator == ";" and is_mixed
    return other if is_thousands else sign


def value_with(decimal: str, is_certain: bool) -> Callable[[Written], float]:
    """How numbers of a column become values; a number that proves its own sign is read by it, unless `is_certain`."""
    return lambda number: number.value(
        number.points_to if not is_certain and number.points_to in (".", ",") else decimal
    )
