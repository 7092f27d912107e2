"""What the charts of a room have in common: their frame, and their sizes on a page and on a projector."""

from ui.charts.layers import SCHEMA

LARGER = 1.5  # times as large as on a page, for a projector
LETTERS, LARGE_LETTERS = 12, 21  # pixels, of axes
_MARGIN = 5  # pixels


def zoom_of(large: bool) -> float:
    """How much larger marks and rows are than on a page."""
    return LARGER if large else 1.0


def framed(layers: list[dict], height: float, data: dict[str, list[dict]], large: bool, right: int = _MARGIN) -> dict:
    """The Vega-Lite specification of layers that name their data; `right` of it is room for numbers."""
    size = LARGE_LETTERS if large else LETTERS
    return SCHEMA | {
        "layer": layers, "height": height, "autosize": {"type": "fit-x", "contains": "padding"},
        "padding": dict.fromkeys(("left", "top", "bottom"), _MARGIN) | {"right": right},
        "datasets": {name: rows for name, rows in data.items() if rows},
        "config": {"axis": {"labelFontSize": size, "titleFontSize": size}, "legend": {"labelFontSize": size}},
    }  # fmt: skip
