"""Other readings of a table that are likely, too, such as of what stands for missing."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .. import limits
from ..notes import Note, listed
from .counted import Counted

if TYPE_CHECKING:
    import pandas as pd

_OFFERED = 3  # texts that stand for missing, at most
_FAR = 3.0  # a code for a gap is so many times the range of the other values away from them
_NINES = re.compile(r"-?(9{2,}|8{2,}|7{2,})(\.0*)?")


@dataclass(frozen=True)
class Offer:
    """Another reading: what its button says, and the arguments of `read_table` that ask for it."""

    note: Note
    options: Mapping[str, Any] = field(default_factory=dict)


def of_codes(frame: "pd.DataFrame", missing: tuple[float | str, ...], notes: list[Note]) -> list[Offer]:
    """Offers to read numbers that count as missing as numbers, and to leave out those that come again and again far
    away from all others; says both."""
    offers = []
    codes = [code for code in missing if not isinstance(code, str)]
    if codes:
        notes.append(Note("Read as missing: {codes}.", codes=", ".join(f"{code:g}" for code in codes)))
    for code in codes:
        offers.append(Offer(Note("Read {code} as a number", code=f"{code:g}"), {"missing": _without(missing, code)}))
    found: dict[float, list[str]] = {}
    for name in frame.select_dtypes("number"):
        far_off = _code_in(frame[name].to_numpy(float))
        if far_off is not None:
            found.setdefault(far_off, []).append(name)
    for code, names in found.items():
        times = int((frame[names] == code).sum().sum())
        notes.append(
            Note(
                "{code} is far from all other values of {names}, and occurs {count} times: it is likely a code for "
                "missing, but was read as a number.",
                code=f"{code:g}", names=listed(names), count=times,
            )
        )  # fmt: skip
        offers.append(Offer(Note("Read {code} as missing", code=f"{code:g}"), {"missing": (*missing, code)}))
    return offers


def _code_in(values: np.ndarray) -> float | None:
    """The least or the greatest value, if it comes more than once and is far from the others or looks like a code."""
    different, times = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(different) < 4:
        return None
    for place, others in ((0, different[1:]), (-1, different[:-1])):
        code, gap = different[place], np.abs(others - different[place]).min()
        far = _FAR / 10 if _NINES.fullmatch(f"{code:.15g}") else _FAR
        if times[place] > 1 and gap > far * max(np.ptp(others), 1e-300):
            return float(code)
    return None


def of_gaps(columns: list[Counted], missing: tuple[float | str, ...], kept: tuple[str, ...]) -> list[Offer]:
    """Offers to read texts that stand for missing as values, where a column has few texts, and the other way round."""
    gaps: Counter = Counter()
    saved: dict[str, None] = {}
    for column in columns:
        saved |= dict.fromkeys(cell.strip() for cell in column.saved)
        if not column.is_numeric and not column.is_truth and len(column.counts) <= limits.VALUES:
            gaps.update({str(gap).strip(): column.counts[gap] for gap in column.gaps})
    # An empty cell is no text, and a spreadsheet's errors are no values.
    texts = [text for text, _ in gaps.most_common() if text and not text.startswith("#")][:_OFFERED]
    offers = []
    for text in texts:
        options = {"missing": _without(missing, text)} if text in missing else {"kept": (*kept, text)}
        offers.append(Offer(Note("Read '{text}' as a value", text=text), options))
    for text in saved:
        options = {"kept": _without(kept, text)} if text in kept else {"missing": (*missing, text)}
        offers.append(Offer(Note("Read '{text}' as missing", text=text), options))
    return offers


def _without(values: tuple[Any, ...], left_out: Any) -> tuple[Any, ...]:
    return tuple(value for value in values if value != left_out)
