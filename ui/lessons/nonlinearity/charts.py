"""A deep linear network beside the one layer that it equals: their pictures, and their matrices."""

from collections.abc import Sequence

import altair as alt
import numpy as np

from core import Dataset, History
from core.analysis.boundary import ClassMaps, Grid
from core.lessons.nonlinearity import Collapse
from ui.charts.boundaries import pictures
from ui.charts.palette import DASHES, LINE_COLOUR, NEGATIVE, POSITIVE, Look, run_looks
from ui.charts.replay import at_record, inlined, with_record
from ui.shell.language import N_, _
from ui.shell.numbers import fixed, percent, short

ONE_LAYER = N_("Its matrices, multiplied into one")
_OUTCOME = N_("Test accuracy {accuracy}")
_IN_WORDS = N_(
    "Decision boundaries after epoch {epoch}. {outcomes}. The last picture is that of the matrices of the first "
    "network ({network}), multiplied into one. The class probabilities of the two differ by at most {difference}."
)
WIDTH = 800  # pixels of all matrices, at most
LARGEST, GAP = 18, 26  # pixels of an entry of a matrix, at most, and between two matrices
LABEL = 18  # pixels above and below, for names
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def pictures_side_by_side(
    names: Sequence[str], history: History, one_layer: Collapse, maps: ClassMaps, data: Dataset, window: Grid
) -> dict:
    """The networks' pictures, which get these names, and the one layer's, for `show_pictures`."""
    looks = dict(zip(names, run_looks(history.experiment))) | {_(ONE_LAYER): Look(LINE_COLOUR, DASHES[0])}
    both = ClassMaps(
        *(
            np.concatenate([getattr(maps, field), getattr(one_layer.class_maps, field)])
            for field in ("likeliest", "certainty")
        )
    )
    outcomes = [[_(_OUTCOME, accuracy=percent(each)) for each in row] for row in _test_accuracy(history, one_layer)]
    text = pictures_text(names, history, one_layer)
    return pictures(looks, outcomes, both, data, window, history.epochs, text)


def pictures_text(names: Sequence[str], history: History, one_layer: Collapse) -> str:
    """The pictures of `pictures_side_by_side` in words, for those who cannot see them."""
    ends = zip([*names, _(ONE_LAYER)], _test_accuracy(history, one_layer)[:, -1])
    parts = "; ".join(f"{name}: {_(_OUTCOME, accuracy=percent(value))}" for name, value in ends)
    difference = short(one_layer.difference[-1])
    return _(_IN_WORDS, epoch=history.epochs[-1], outcomes=parts, network=names[0], difference=difference)


def _test_accuracy(history: History, one_layer: Collapse) -> np.ndarray:
    """(picture, epoch): the networks', and the one layer's below them."""
    return np.vstack([history.test_accuracy, one_layer.test_accuracy])


def matrices_chart(history: History, one_layer: Collapse) -> dict:
    """The Vega-Lite specification: every matrix as squares, a row for each input, and the product last, at the epoch
    of the replay's bar.  The stronger the colour, the larger the entry, in proportion to the largest of its matrix."""
    matrices = [np.stack(of_layer) for of_layer in zip(*_weights(history))] + [one_layer.weights]
    names = [f"W{number}".translate(_LOWERED) for number in range(1, len(matrices))] + ["W"]
    columns_in_all = sum(matrix.shape[2] for matrix in matrices)
    cell = min(LARGEST, (WIDTH - GAP * (len(matrices) - 1)) / columns_in_all)
    cells, labels, left = [], [], 0
    tallest = max(matrix.shape[1] for matrix in matrices)
    for name, matrix in zip(names, matrices):
        rows, columns = matrix.shape[1:]
        top = LABEL + (tallest - rows) * cell / 2
        cells += _cells(name, matrix, left, top, cell)
        middle, below = left + columns * cell / 2, top + rows * cell + LABEL / 2
        labels += [
            {"x": middle, "y": top - LABEL / 2, "text": name},
            {"x": middle, "y": below, "text": f"{rows}×{columns}"},
        ]
        left += columns * cell
        if name != names[-1]:
            sign = "=" if name == names[-2] else "·"
            labels.append({"x": left + GAP / 2, "y": LABEL + tallest * cell / 2, "text": sign})
            left += GAP
    width, height = left, 2 * LABEL + tallest * cell
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, width], nice=False), axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    strength = alt.Scale(domain=[0, 1], range=[0.06, 1])
    squares = (
        alt.Chart(alt.InlineData(values=cells))
        .transform_calculate(entry=at_record("entries"), share=at_record("shares"))
        .mark_rect(stroke=LINE_COLOUR, strokeWidth=0.3)
        .encode(
            x=x, x2=alt.X2("x2"), y=y, y2=alt.Y2("y2"),
            fill=alt.condition("datum.entry < 0", alt.value(NEGATIVE), alt.value(POSITIVE)),
            fillOpacity=alt.FillOpacity("share:Q", scale=strength, legend=None),
            tooltip=[
                alt.Tooltip("matrix:N"), alt.Tooltip("row:Q"), alt.Tooltip("column:Q"),
                alt.Tooltip("entry:Q", format=".3f"),
            ],
        )
    )  # fmt: skip
    texts = alt.Chart(alt.InlineData(values=labels)).mark_text(fontSize=12).encode(x=x, y=y, text=alt.Text("text:N"))
    chart = alt.layer(squares, texts).properties(width=width, height=height).configure_view(stroke=None)
    return with_record(inlined(chart.to_dict()), len(history.epochs))


def matrices_text(history: History, one_layer: Collapse) -> str:
    """The picture of `matrices_chart` in words, for those who cannot see it."""
    shapes = ", ".join(f"{W.shape[0]} by {W.shape[1]}" for W, _ in history.parameters(0))
    rows = "; ".join(", ".join(fixed(entry, 3) for entry in row) for row in one_layer.weights[-1])
    return f"The weights of the layers, {shapes}, and their product after epoch {history.epochs[-1]}: {rows}."


def _weights(history: History) -> list[list[np.ndarray]]:
    """For each recorded epoch, every layer's W (n_in, n_out)."""
    return [[W for W, _ in history.parameters(0, index)] for index in range(len(history.epochs))]


def _cells(name: str, matrix: np.ndarray, left: float, top: float, cell: float) -> list[dict]:
    """A row for each entry of a matrix (epoch, n_in, n_out) whose corner is there."""
    largest = np.abs(matrix).max(axis=(1, 2), keepdims=True)
    shares = np.abs(matrix) / np.where(largest > 0, largest, 1)
    return [
        {
            "matrix": name, "row": row + 1, "column": column + 1,
            "entries": matrix[:, row, column].astype(float).round(3).tolist(),
            "shares": shares[:, row, column].astype(float).round(2).tolist(),
            "x": left + column * cell, "x2": left + (column + 1) * cell,
            "y": top + row * cell, "y2": top + (row + 1) * cell,
        }
        for row in range(matrix.shape[1]) for column in range(matrix.shape[2])
    ]  # fmt: skip
