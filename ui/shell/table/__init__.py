"""A table with a row for each network, sorted by its headings, which shows its less usual columns on demand.

A row has the network's label and colour, and is brought out with its network (see `ui.shell.linked`).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ui.shell.columns import Column
from ui.shell.components import component
from ui.shell.language import N_, _
from ui.shell.linked import Look

_table = component(Path(__file__).parent, "table")
_TEXTS = {
    "network": N_("Network"),
    "all": N_("All columns"),
    "meaning": N_("What the columns mean"),
    "sort": N_("Sort by this column"),
}


def show_table(title: str, looks: Mapping[str, Look], columns: Sequence[Column], key: str, of: str = "") -> None:
    """The table; `looks` has a row's label and its look, and the title is for those who cannot see it.  `of` is what
    stands above the labels, where it is not "Network"."""
    rows = [{"label": label, "colour": look.colour, "dash": list(look.dash)} for label, look in looks.items()]
    texts = {name: _(text) for name, text in _TEXTS.items()}
    texts["network"] = of or texts["network"]
    data = {"title": title, "rows": rows, "columns": [vars(column) for column in columns], "texts": texts}
    _table(key=key, data=data)
