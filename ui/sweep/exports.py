"""What can be taken away from a sweep: its table, its grid, and the Python that trains it again."""

import io

import streamlit as st

from core import Results
from core.export import grid_code
from ui.shell.language import N_, _

_LABELS = {
    "csv": N_("Results (CSV)"),
    "parquet": N_("Results (Parquet)"),
    "grid": N_("Grid (JSON)"),
    "code": N_("Python"),
}
_HELP = {
    "csv": N_("A table with one row for each network."),
    "parquet": N_("The same table in a smaller file, for pandas, R or DuckDB."),
    "grid": N_("All factors, their values and everything that is the same for all networks."),
    "code": N_("A script that trains the same networks with this project's own code and gives the same table."),
}


def show_exports(results: Results) -> None:
    """A row of downloads, of the networks that are trained so far; each file is made when it is asked for."""
    with st.container(horizontal=True):
        _download("csv", lambda: results.to_frame().to_csv(index=False), "sweep.csv", "text/csv")
        _download("parquet", lambda: parquet(results), "sweep.parquet", "application/vnd.apache.parquet")
        _download("grid", results.grid.to_json, "grid.json", "application/json")
        _download("code", lambda: grid_code(results.grid), "sweep.py", "text/x-python")


def parquet(results: Results) -> bytes:
    """The table as Parquet.  A factor with names and numbers in one column, such as `full`, becomes text."""
    frame, file = results.to_frame(), io.BytesIO()
    mixed = [name for name in results.grid.names if frame[name].dtype == object]
    frame.astype(dict.fromkeys(mixed, str)).to_parquet(file, index=False)
    return file.getvalue()


def _download(kind: str, content, name: str, mime: str) -> None:
    st.download_button(
        _(_LABELS[kind]), content, name, mime, key=f"download {kind}", help=_(_HELP[kind]),
        icon=":material/download:", on_click="ignore",
    )  # fmt: skip
