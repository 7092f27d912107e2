"""What lets charts show which settings are chosen on the page: see `ui.shell.choosing`.

Marks that can be chosen have a field `cell`; the page gives the chosen cells to the parameter `CHOSEN` of each chart.
"""

from collections.abc import Sequence

from ui.charts.layers import Rows, layer

CHOSEN = "chosen"
CLICKABLE = {"cursor": "pointer"}  # of a mark
_IS_CHOSEN = f"indexof({CHOSEN}, datum.cell) >= 0"
_OUTLINE = {"filled": False, "strokeWidth": 3, "stroke": "#D55E00"}


def outline(rows: Rows | str, mark: dict, **channels: dict) -> dict:
    """The layer that shows which are chosen, by an outline around each."""
    return layer(rows, _OUTLINE | mark, **channels) | {"transform": [{"filter": _IS_CHOSEN}]}


def choosable(specification: dict) -> dict:
    """The Vega-Lite specification with the parameter; at first nothing is chosen.

    It is drawn as SVG however many marks it has: Streamlit would draw more than 2000 as a bitmap, which no click of
    ours, no style sheet and no highlighting can look into.
    """
    as_svg = {"usermeta": {"embedOptions": {"renderer": "svg"}}}
    return specification | as_svg | {"params": [{"name": CHOSEN, "value": []}, *specification.get("params", [])]}


def with_chosen(specification: dict, cells: Sequence[int]) -> dict:
    """The same with these cells chosen; cheap enough for a script."""
    others = [param for param in specification["params"] if param["name"] != CHOSEN]
    return specification | {"params": [{"name": CHOSEN, "value": list(cells)}, *others]}
