"""Decision boundaries: a grid of points over the plane of the data, and what each network says of every point of it, at
one recorded epoch or at all of them."""

from dataclasses import dataclass

import numpy as np

from ..data.loading import Dataset
from ..nn.losses import likeliest_class, softmax
from ..nn.network import StackedMLP, with_ones
from ..notes import Note
from ..readonly import ReadOnly
from ..registry import check_type
from ..train.history import History
from .summary import never_finite

MARGIN = 0.08  # as a share of the data's larger side, left free around the points so that none lies on the edge
INNER = 0.05, 0.95  # quantiles between which most of a class lies
FAR = 1.5  # times their distance: a point that is farther outside of them is far off
IN_CACHE = 200_000  # outputs of a network's states that are computed at once: of more, half of the time goes to memory
ROOM = 0.5  # what is far off is left out of the window if this then is at most so many times as wide


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


@dataclass(frozen=True)
class ClassMaps(ReadOnly):
    """What networks say of every cell of a grid, at every recorded epoch; arrays are (run, epoch, row, column), and
    read-only.

    `likeliest` is the class of the greatest probability.  `certainty` is how far that probability is above a guess: 0
    where all classes are equally likely (or nothing can be told), 1 where the network is sure.  With one feature, a map
    shows probabilities over it: above each place the classes are stacked, each as high as its probability.
    """

    likeliest: np.ndarray
    certainty: np.ndarray


def grid(data: Dataset, resolution: int = 100) -> Grid:
    """The window that holds all points of a dataset, training and test data, but for a few that are so far off that
    the others would be squeezed together; it is as wide as high, so that a circle looks like one.  Raises
    `ValueError` for what is no dataset."""
    check_type(Note("dataset"), data, Dataset)
    plane = data.to_plane(np.vstack([data.X_train, data.X_test]))
    low, high = _extent(plane, np.concatenate([data.y_train, data.y_test]))
    half = (high - low).max() * (0.5 + MARGIN)
    (left, bottom), (right, top) = (low + high) / 2 - half, (low + high) / 2 + half
    steps = (np.arange(resolution) + 0.5) / resolution
    x, y = np.meshgrid(left + steps * (right - left), top - steps * (top - bottom))
    points = np.column_stack([x.ravel(), y.ravel()])
    return Grid((float(left), float(right)), (float(bottom), float(top)), resolution, points)


def _extent(plane: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest coordinates (2,) of the points that a window holds.

    Far off is said of each class by itself, since a small class may have a place of its own.
    """
    is_near = np.ones(len(plane), bool)
    for label in np.unique(labels):
        of_class = plane[labels == label]
        first = np.quantile(of_class, INNER[0], axis=0, method="higher")  # so that one of few points is beyond
        last = np.quantile(of_class, INNER[1], axis=0, method="lower")
        reach = np.where(last > first, FAR * (last - first), np.inf)
        is_near[labels == label] = ((of_class >= first - reach) & (of_class <= last + reach)).all(axis=1)
    ends = plane.min(axis=0), plane.max(axis=0)
    if not is_near.any():
        return ends
    near = plane[is_near].min(axis=0), plane[is_near].max(axis=0)
    return near if np.ptp(near, axis=0).max() <= ROOM * np.ptp(ends, axis=0).max() else ends


def class_probabilities(history: History, data: Dataset, window: Grid, epoch_index: int = -1) -> np.ndarray:
    """The class probabilities (run, row, column, class) that every network of a history gives to the cells of a grid,
    at one of its recorded epochs.  Raises `ValueError` for what is none of these."""
    check_type(Note("history"), history, History)
    check_type(Note("dataset"), data, Dataset)
    check_type(Note("window"), window, Grid)
    probabilities = history.predict(data.to_inputs(window.points), epoch_index)
    return probabilities.reshape(len(probabilities), window.resolution, window.resolution, -1)


def class_maps(history: History, data: Dataset, window: Grid) -> ClassMaps:
    """The class maps of every network of a history at all its recorded epochs; one without a finite state predicts
    nothing, so it is certain of nothing."""
    of_runs = [class_maps_of(history.states(run), data, window) for run in range(len(history.train_loss))]
    certainty = np.concatenate([each.certainty for each in of_runs])
    certainty[never_finite(history)] = 0
    return ClassMaps(np.concatenate([each.likeliest for each in of_runs]), certainty)


def class_maps_of(states: StackedMLP, data: Dataset, window: Grid) -> ClassMaps:
    """The class maps of a single run, whose states at the recorded epochs are a stack of networks."""
    shape = 1, states.runs, window.resolution, window.resolution
    likeliest, certainty = np.empty(shape, np.uint8), np.empty(shape, np.float32)
    inputs = with_ones(data.to_inputs(window.points), states.dtype)
    cells = max(IN_CACHE // (states.runs * sum(states.sizes)), 32)
    with np.errstate(all="ignore"):  # a run that is about to diverge overflows, and that is no news here
        for part, space in states.forward_parts(inputs, slopes=False, size=cells):
            likeliest.reshape(states.runs, -1)[:, part] = likeliest_class(space.logits)
            probabilities = softmax(space.logits)  # (class, run, cell)
            if data.features == 1:
                likeliest.reshape(states.runs, -1)[:, part] = _stacked(probabilities, window, part)
                certainty.reshape(states.runs, -1)[:, part] = 1.0
                continue
            greatest = probabilities.max(axis=0)
            above_guess = (greatest * data.classes - 1) / (data.classes - 1)
            certainty.reshape(states.runs, -1)[:, part] = np.nan_to_num(above_guess, nan=0.0)
    return ClassMaps(likeliest, certainty)


def _stacked(probabilities: np.ndarray, window: Grid, part: slice) -> np.ndarray:
    """The class (run, cell) whose part of the whole probability lies at the height of each cell, class 0 on top."""
    bottom, top = window.y
    heights = (window.points[part, 1] - bottom) / (top - bottom)
    from_top = np.cumsum(probabilities, axis=0)[:-1]
    return (from_top < 1 - heights).sum(axis=0)
