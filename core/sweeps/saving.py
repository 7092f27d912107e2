"""Results in a file while they come, so that a sweep that was stopped goes on from what is there."""

import hashlib
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .grid import Block, Grid
from .results import Results

if TYPE_CHECKING:
    import pandas as pd

GRID = "grid"  # the last column, which tells tables of different grids apart


class Saved:
    """The results of a grid in a CSV file, to which rows are appended as blocks are trained; at the end they are put in
    the grid's order.  A Parquet file is written at the end, and has such a file beside it until then.

    `results` is what is there already, `rows` the file that it is in until the end, and `half` says whether the last
    line of that was cut off, and so is dropped.
    Raises `ValueError` for a file of something else, which stays as it is, and for one in no folder that there is.
    """

    def __init__(self, path: Path, grid: Grid) -> None:
        if path.suffix not in (".csv", ".parquet"):
            raise ValueError(f"the results can be written as .csv or .parquet, and not as {path.name}")
        if path.suffix == ".parquet" and find_spec("pyarrow") is None:
            raise ValueError("a .parquet file needs pyarrow, which is not installed: pip install pyarrow")
        if not path.parent.is_dir():
            raise ValueError(f"there is no folder {path.parent}")
        self.results, self.half = Results(grid), False
        self._path, self._grid, self._digest = path, grid, digest(grid)
        self.rows = path if path.suffix == ".csv" else path.with_name(f"{path.name}.csv")
        self._columns = [*self.results.columns(), GRID]
        if path.suffix == ".parquet" and path.exists():
            self._take(_read_parquet(path), path)
        elif self.rows.exists():
            self._go_on()
        self._saved = self.results.done.ravel().copy()

    @property
    def written(self) -> int:
        """How many networks the file has."""
        return int(self._saved.sum())

    def add(self, block: Block, results: Results) -> int:
        """Appends the rows of a block; says how many there were."""
        new = [cell for cell in block.cells if not self._saved[cell]]
        with self.rows.open("ab") as file:
            if not file.tell():
                file.write(self._header)
            file.write(_as_csv(self._frame(results, new), header=False))
        self._saved[new] = True
        return len(new)

    def finish(self) -> None:
        """Puts the rows in the grid's order, in one step: there is always a whole file."""
        frame, new = self._frame(self.results), self._path.with_name(f"{self._path.name}.new")
        if self._path.suffix == ".csv":
            new.write_bytes(_as_csv(frame))
        else:
            mixed = [name for name in self._grid.names if frame[name].dtype == object]  # 32 and "full"
            frame.astype(dict.fromkeys(mixed, str)).to_parquet(new, index=False)
        os.replace(new, self._path)
        if self.rows != self._path:
            self.rows.unlink(missing_ok=True)

    @property
    def _header(self) -> bytes:
        return ",".join(self._columns).encode() + b"\n"

    def _frame(self, results: Results, cells: list[int] | None = None) -> "pd.DataFrame":
        return results.to_frame(cells).assign(**{GRID: self._digest})

    def _go_on(self) -> None:
        """Takes the rows that are there, and cuts off what is half a line."""
        import pandas as pd

        text = self.rows.read_bytes()
        whole = text.rfind(b"\n") + 1
        if not (text.startswith(self._header) or (not whole and self._header.startswith(text))):
            raise ValueError(f"{self.rows.name} holds something else: its first line is not the one of this grid")
        if whole:
            as_text = dict.fromkeys(self._grid.names, str)
            with self.rows.open("rb") as file:
                frame = pd.read_csv(file, dtype=as_text, nrows=text.count(b"\n") - 1)
            self._take(frame, self.rows)
        self.half = whole < len(text)
        if self.half:
            os.truncate(self.rows, whole)

    def _take(self, frame: "pd.DataFrame", path: Path) -> None:
        if list(frame.columns) != self._columns or set(frame[GRID]) - {self._digest}:
            raise ValueError(f"{path.name} holds the results of another grid")
        self.results = Results.from_frame(self._grid, frame.drop(columns=GRID))


def digest(grid: Grid) -> str:
    """Stands for a grid with all that it says: begins with a letter, so that no program takes it for a number."""
    return "g" + hashlib.sha256(grid.to_json().encode()).hexdigest()[:10]


def _as_csv(frame: "pd.DataFrame", header: bool = True) -> bytes:
    return frame.to_csv(index=False, header=header, lineterminator="\n").encode()


def _read_parquet(path: Path) -> "pd.DataFrame":
    import pandas as pd

    try:
        return pd.read_parquet(path)
    except Exception as error:  # of damaged files come errors of value, type, key, system and Arrow's own
        raise ValueError(f"{path.name} is no Parquet file that can be read") from error
