"""The matrices of a network as squares, and beside them the one that they are multiplied into."""

import numpy as np

from core import History
from core.lessons.nonlinearity import Collapse
from ui.charts.layers import SCHEMA, Rows, layer, names, quantity
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE
from ui.charts.replay import at_record, with_record
from ui.shell.language import N_, _
from ui.shell.numbers import count, fixed

WIDTH = 800  # pixels of all matrices, at most
LARGEST, GAP = 24, 26  # pixels of an entry of a matrix, at most, and between two matrices
LABEL = 18  # pixels above and below, for names
FAINTEST = 0.06  # opacity of an entry of 0
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_IN_WORDS = N_("The matrices of the network, {shapes}, and their product after {epochs}: {rows}.")
_SHAPE = N_("{inputs} by {outputs}")
_MATRIX, _INPUT, _OUTPUT, _WEIGHT = N_("Matrix"), N_("Input (row)"), N_("Output (column)"), N_("Weight")


def matrices_chart(history: History, one_layer: Collapse) -> dict:
    """The Vega-Lite specification: every matrix as squares, a row for each input, and the product last, at the epoch
    of the replay's bar.  The stronger the colour, the larger the entry, in proportion to the largest of its matrix."""
    matrices = [np.stack(of_layer) for of_layer in zip(*_weights(history))] + [one_layer.weights]
    titles = [f"W{number}".translate(_LOWERED) for number in range(1, len(matrices))] + ["W"]
    columns_in_all = sum(matrix.shape[2] for matrix in matrices)
    cell = min(LARGEST, (WIDTH - GAP * (len(matrices) - 1)) / columns_in_all)
    cells, labels, left = [], [], 0
    tallest = max(matrix.shape[1] for matrix in matrices)
    for title, matrix in zip(titles, matrices):
        rows, columns = matrix.shape[1:]
        top = LABEL + (tallest - rows) * cell / 2
        cells += _cells(title, matrix, left, top, cell)
        middle, below = left + columns * cell / 2, top + rows * cell + LABEL / 2
        labels += [
            {"x": middle, "y": top - LABEL / 2, "text": title},
            {"x": middle, "y": below, "text": f"{rows}×{columns}"},
        ]
        left += columns * cell
        if title != titles[-1]:
            sign = "=" if title == titles[-2] else "·"
            labels.append({"x": left + GAP / 2, "y": LABEL + tallest * cell / 2, "text": sign})
            left += GAP
    width, height = left, 2 * LABEL + tallest * cell
    x = quantity("x", scale={"domain": [0, width], "nice": False}, axis=None)
    y = quantity("y", scale={"domain": [height, 0], "nice": False}, axis=None)
    texts = layer(labels, {"type": "text", "fontSize": 13}, x=x, y=y, text=names("text"))
    chart = {"width": width, "height": height, "layer": [_squares(cells, x, y), texts]}
    # Within another, and inline: Streamlit makes Arrow of data at the top, in which expressions cannot read lists.
    specification = SCHEMA | {"vconcat": [chart], "config": {"view": {"stroke": None}}}
    return with_record(specification, len(history.epochs))


def matrices_text(history: History, one_layer: Collapse) -> str:
    """The picture of `matrices_chart` in words, for those who cannot see it."""
    shapes = [_(_SHAPE, inputs=W.shape[0], outputs=W.shape[1]) for W in _weights(history)[-1]]
    rows = "; ".join(", ".join(fixed(entry, 3) for entry in row) for row in one_layer.weights[-1])
    return _(_IN_WORDS, shapes=", ".join(shapes), epochs=count(int(history.epochs[-1]), "epoch"), rows=rows)


def _weights(history: History) -> list[list[np.ndarray]]:
    """For each recorded epoch, every layer's W (n_in, n_out)."""
    return [[W for W, b in history.parameters(0, index)] for index in range(len(history.epochs))]


def _cells(title: str, matrix: np.ndarray, left: float, top: float, cell: float) -> Rows:
    """A row for each entry of a matrix (epoch, n_in, n_out) whose corner is there."""
    largest = np.abs(matrix).max(axis=(1, 2), keepdims=True)
    shares = (np.abs(matrix) / np.where(largest > 0, largest, 1)).astype(float).round(2)
    entries = matrix.astype(float).round(3)
    return [
        {
            "matrix": title, "row": row + 1, "column": column + 1,
            "entries": entries[:, row, column].tolist(),
            "shares": shares[:, row, column].tolist(),
            "x": left + column * cell, "x2": left + (column + 1) * cell,
            "y": top + row * cell, "y2": top + (row + 1) * cell,
        }
        for row in range(matrix.shape[1]) for column in range(matrix.shape[2])
    ]  # fmt: skip


def _squares(cells: Rows, x: dict, y: dict) -> dict:
    sign = {"condition": {"test": "datum.entry < 0", "value": NEGATIVE}, "value": POSITIVE}
    strength = quantity("share", scale={"domain": [0, 1], "range": [FAINTEST, 1]}, legend=None)
    told = [
        names("matrix", _(_MATRIX)), quantity("row", _(_INPUT)), quantity("column", _(_OUTPUT)),
        quantity("entry", _(_WEIGHT), format=".3f"),
    ]  # fmt: skip
    squares = layer(
        cells, {"type": "rect", "stroke": LINE_COLOUR, "strokeWidth": 0.3}, x=x, x2={"field": "x2"}, y=y,
        y2={"field": "y2"}, fill=sign, fillOpacity=strength, tooltip=told,
    )  # fmt: skip
    at_epoch = [
        {"calculate": at_record(each), "as": name} for each, name in (("entries", "entry"), ("shares", "share"))
    ]
    return squares | {"transform": at_epoch}
