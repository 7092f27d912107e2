"""The matrices of a network as squares, and beside them the one that they are multiplied into."""

import numpy as np

from core import History
from core.lessons.nonlinearity import Collapse
from ui.charts.layers import AVAILABLE_WIDTH, SCHEMA, Rows, between, layer, names, quantity
from ui.charts.palette import LINE_COLOUR, NEGATIVE, POSITIVE
from ui.charts.replay import at_record, with_record
from ui.shell.language import N_, _
from ui.shell.numbers import count, fixed

WIDTH = 800  # pixels of all matrices beside each other, at most
LARGEST, GAP = 20, 26  # pixels of an entry of a matrix, at most, and between two matrices
LABEL = 20  # pixels above and below, for names
ON_A_PHONE = 2  # matrices in a row
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
    signs = ["", *["·"] * (len(matrices) - 2), "="]
    gaps, columns = GAP * (len(matrices) - 1), sum(matrix.shape[2] for matrix in matrices)
    cell = min(LARGEST, (WIDTH - gaps) / columns)
    specification = SCHEMA | {
        # Inline, within each: Streamlit makes Arrow of data at the top, in which expressions cannot read lists.
        "concat": [_panel(*each, cell) for each in zip(titles, signs, matrices)],
        "columns": {"signal": f"{AVAILABLE_WIDTH} < {cell * columns + gaps} ? {ON_A_PHONE} : {len(matrices)}"},
        "bounds": "flush",  # names and signs stand between the matrices
        "center": True,
        "spacing": {"row": 2 * LABEL, "column": GAP},
        "autosize": "pad",
        "config": {"view": {"stroke": None}},
    }
    return with_record(specification, len(history.epochs))


def matrices_text(history: History, one_layer: Collapse) -> str:
    """The picture of `matrices_chart` in words, for those who cannot see it."""
    shapes = [_(_SHAPE, inputs=W.shape[0], outputs=W.shape[1]) for W in _weights(history)[-1]]
    rows = "; ".join(", ".join(fixed(entry, 3) for entry in row) for row in one_layer.weights[-1])
    return _(_IN_WORDS, shapes=", ".join(shapes), epochs=count(int(history.epochs[-1]), "epoch"), rows=rows)


def _weights(history: History) -> list[list[np.ndarray]]:
    """For each recorded epoch, every layer's W (n_in, n_out)."""
    return [[W for W, b in history.parameters(0, index)] for index in range(len(history.epochs))]


def _panel(title: str, sign: str, matrix: np.ndarray, cell: float) -> dict:
    """A matrix (epoch, n_in, n_out), its name and shape, and before it the sign."""
    rows, columns = matrix.shape[1:]
    width, height = columns * cell, rows * cell
    x = quantity("x", scale=between(0, columns), axis=None)
    y = quantity("y", scale=between(rows, 0), axis=None)
    labels = [
        (width / 2, -LABEL / 2, title), (width / 2, height + LABEL / 2, f"{rows}×{columns}"),
        (-GAP / 2, height / 2, sign),
    ]  # fmt: skip
    texts = [
        layer(
            [{"text": text}], {"type": "text", "fontSize": 13}, x={"value": left}, y={"value": top}, text=names("text")
        )
        for left, top, text in labels
    ]
    return {"width": width, "height": height, "layer": [_squares(_cells(title, matrix), x, y), *texts]}


def _cells(title: str, matrix: np.ndarray) -> Rows:
    """A row for each entry of a matrix (epoch, n_in, n_out)."""
    largest = np.abs(matrix).max(axis=(1, 2), keepdims=True)
    shares = (np.abs(matrix) / np.where(largest > 0, largest, 1)).astype(float).round(2)
    entries = matrix.astype(float).round(3)
    return [
        {
            "matrix": title, "row": row + 1, "column": column + 1,
            "entries": entries[:, row, column].tolist(),
            "shares": shares[:, row, column].tolist(),
            "x": column, "x2": column + 1, "y": row, "y2": row + 1,
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
