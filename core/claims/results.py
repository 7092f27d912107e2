"""Results that are kept, so that they can be read without measuring: `results.json`, made by `benchmarks/claims.py`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from .claim import Row

FILE = Path(__file__).with_name("results.json")
DIGITS = 4  # of each figure that is kept


@dataclass(frozen=True)
class Kept:
    """`rows` by the claim's name; `date` is ISO 8601, and `machine` says in words what they were measured on."""

    date: str
    machine: str
    rows: Mapping[str, tuple[Row, ...]]

    def to_json(self) -> str:
        """With a line for each row, so that one sees what has changed."""
        rows = {name: [_rounded(row) for row in of_claim] for name, of_claim in self.rows.items()}
        fields = {"date": self.date, "machine": self.machine, "rows": rows}
        text = json.dumps(fields, allow_nan=False, ensure_ascii=False, separators=(",", ": "))
        return text.replace('{"trial"', '\n{"trial"')

    @classmethod
    def from_json(cls, text: str) -> "Kept":
        fields = json.loads(text)
        rows = {
            name: tuple(Row(**row | {"figures": tuple(row["figures"])}) for row in of_claim)
            for name, of_claim in fields.pop("rows").items()
        }
        return cls(rows=rows, **fields)


@cache
def kept() -> Kept:
    """What the file has."""
    return Kept.from_json(FILE.read_text(encoding="utf-8"))


def _rounded(row: Row) -> dict[str, object]:
    return asdict(row) | {"figures": [float(f"{figure:.{DIGITS}g}") for figure in row.figures]}
