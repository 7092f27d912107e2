"""The picture of a network: a grid of points over the plane of the data, and class probabilities on it."""

from dataclasses import dataclass

import numpy as np

from ..data.datasets import Dataset
from ..train.history import History

MARGIN = 0.08  # of the larger side, left free around the points


@dataclass(frozen=True)
class Grid:
    """A square window of the plane, cut into `resolution` x `resolution` cells.

    `x` and `y` are its (least, greatest) coordinates; `points` (resolution ** 2, 2) are the cells' centres, row by row
    from the top left, as the pixels of a picture.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    resolution: int
    points: np.ndarray


def grid(data: Dataset, resolution: int = 100) -> Grid:
    """The window that holds all points of the data; as wide as high, so that a circle looks like one."""
    plane = data.to_plane(np.vstack([data.X_train, data.X_test]))
    low, high = plane.min(axis=0), plane.max(axis=0)
    half = (high - low).max() * (0.5 + MARGIN)
    (left, bottom), (right, top) = (low + high) / 2 - half, (low + high) / 2 + half
    steps = (np.arange(resolution) + 0.5) / resolution
    x, y = np.meshgrid(left + steps * (right - left), top - steps * (top - bottom))
    points = np.column_stack([x.ravel(), y.ravel()])
    return Grid((float(left), float(right)), (float(bottom), float(top)), resolution, points)


def class_probabilities(history: History, data: Dataset, window: Grid, epoch_index: int = -1) -> np.ndarray:
    """(run, row, column, class) on the cells of a grid, at a recorded epoch."""
    probabilities = history.predict(data.to_inputs(window.points), epoch_index)
    return probabilities.reshape(len(probabilities), window.resolution, window.resolution, -1)
