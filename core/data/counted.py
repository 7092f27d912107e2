"""The different cells of a column, sorted by what they are: numbers, gaps and other texts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from .. import limits
from ..notes import Note, listed
from .cells import TRUTH, Written, is_missing, written

_FAULTY = 0.2  # share of texts in a column of numbers, up to which they count as gaps
_PLUS = re.compile(r"[+±]+|\+/-")
_DASHES = re.compile("[-–—]+")
_WHOLE = re.compile(r"[+-]?\d+")
_EXACT = 15  # digits that each number can hold


@dataclass
class Counted:
    """The different cells of a column and how often each occurs.  Texts of `missing` are gaps; those of `kept` are
    none, unless the column has numbers."""

    name: str
    counts: Counter
    missing: Collection[str] = ()
    kept: Collection[str] = ()
    gaps: set[Any] = field(default_factory=set)
    numbers: dict[Any, Written] = field(default_factory=dict)  # of texts; a spreadsheet's numbers are exact
    others: list[Any] = field(default_factory=list)
    saved: list[Any] = field(default_factory=list)  # of the others, those that usually are gaps
    note: Note | None = None  # why it is no column of numbers, or has fewer gaps

    def __post_init__(self) -> None:
        for cell in self.counts:
            if is_missing(cell) or str(cell).strip() in self.missing:
                self.gaps.add(cell)
            elif not isinstance(cell, str):
                continue
            elif (number := written(cell)) is not None:
                self.numbers[cell] = number
            else:
                self.others.append(cell)
        if self.is_numeric:
            self.note = self._note_of_codes()
            self.others += self.numbers if self.note else ()
        else:
            self._save_gaps()

    def total(self, cells: Iterable[Any]) -> int:
        return sum(self.counts[cell] for cell in cells)

    @property
    def is_truth(self) -> bool:
        return bool(self.others) and len(self.counts) == len(self.others) + len(self.gaps) and all(
            other.strip().casefold() in TRUTH for other in self.others
        )  # fmt: skip

    @property
    def is_numeric(self) -> bool:
        filled = self.counts.total() - self.total(self.gaps)
        different = len(self.counts) - len(self.gaps)
        faults = self.total(self.others)
        return filled > faults and (not faults or (faults <= _FAULTY * filled and different > limits.CLASSES[1]))

    def _save_gaps(self) -> None:
        """A text that is asked for is a value, and so is a minus beside a plus."""
        gaps = sorted(gap for gap in self.gaps if isinstance(gap, str) and gap.strip() not in self.missing)
        of_signs = bool(self.others) and all(_PLUS.fullmatch(other.strip()) for other in self.others)
        signs = [gap for gap in gaps if of_signs and _DASHES.fullmatch(gap.strip())]
        self.saved = signs + [gap for gap in gaps if gap.strip() in self.kept and gap not in signs]
        self.gaps -= set(self.saved)
        if signs:
            self.note = Note(
                "Beside {plus}, {minus} was read as a value of '{name}', not as missing: {count}.",
                plus=listed(dict.fromkeys(other.strip() for other in self.others)),
                minus=listed(dict.fromkeys(sign.strip() for sign in signs)),
                name=self.name, count=self.total(signs),
            )  # fmt: skip
        self.others += self.saved

    def _note_of_codes(self) -> Note | None:
        """Why its whole numbers are no numbers, if they are not: different ones would become the same."""
        texts = {cell.strip() for cell in self.numbers}
        by_value: dict[float, list[str]] = {}
        for text in texts:
            if len(text) > _EXACT and _WHOLE.fullmatch(text):
                by_value.setdefault(float(text), []).append(text)
        for same in by_value.values():
            if len({int(text) for text in same}) > 1:
                return Note(
                    "Numbers of '{name}' differ by less than a number can hold, so they were read as texts: {texts}.",
                    name=self.name, texts=listed(sorted(same)),
                )  # fmt: skip
        if len(texts) <= limits.VALUES:
            by_value = {}
            for text in sorted(texts):
                if text.isdecimal():
                    by_value.setdefault(int(text), []).append(text)
            for same in by_value.values():
                if len(same) > 1:
                    return Note(
                        "Numbers of '{name}' differ by leading zeros, so they were read as texts: {texts}.",
                        name=self.name, texts=listed(same),
                    )  # fmt: skip
        return None
