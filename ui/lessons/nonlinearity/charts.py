"""A deep linear network beside the one layer that it equals: their pictures."""

from collections.abc import Sequence

import numpy as np

from core import History, load
from core.analysis.boundary import ClassMaps, Grid, class_maps
from core.lessons.nonlinearity import Collapse
from ui.charts.boundaries import packed, pictures
from ui.charts.palette import DASHES, LINE_COLOUR, Look, run_looks
from ui.shell.language import N_, _
from ui.shell.numbers import percent, short

ONE_LAYER = N_("Product of the matrices")
_OUTCOME = N_("Test accuracy {accuracy}")
_IN_WORDS = N_(
    "Decision boundaries after epoch {epoch}. {outcomes}. The product is that of the first network's matrices "
    "({network}). The class probabilities of the two differ by at most {difference}."
)


def packed_side_by_side(names: Sequence[str], history: History, one_layer: Collapse, window: Grid) -> bytes:
    """The networks' pictures, which get these names, and the one layer's, all on that window of the data's plane, for
    `show_pictures`."""
    data = load(history.experiment.dataset)
    maps = class_maps(history, data, window)
    looks = dict(zip(names, run_looks(history.experiment))) | {_(ONE_LAYER): Look(LINE_COLOUR, DASHES[0])}
    both = ClassMaps(
        *(
            np.concatenate([getattr(maps, field), getattr(one_layer.class_maps, field)])
            for field in ("likeliest", "certainty")
        )
    )
    outcomes = [[_(_OUTCOME, accuracy=percent(each)) for each in row] for row in _test_accuracy(history, one_layer)]
    text = pictures_text(names, history, one_layer)
    return packed(pictures(looks, outcomes, both, data, window, history.epochs, text))


def pictures_text(names: Sequence[str], history: History, one_layer: Collapse) -> str:
    """The pictures of `packed_side_by_side` in words, for those who cannot see them."""
    ends = zip([*names, _(ONE_LAYER)], _test_accuracy(history, one_layer)[:, -1])
    parts = "; ".join(f"{name}: {_(_OUTCOME, accuracy=percent(value))}" for name, value in ends)
    difference = short(one_layer.difference[-1])
    return _(_IN_WORDS, epoch=history.epochs[-1], outcomes=parts, network=names[0], difference=difference)


def _test_accuracy(history: History, one_layer: Collapse) -> np.ndarray:
    """(picture, epoch): the networks', and the one layer's below them."""
    return np.vstack([history.test_accuracy, one_layer.test_accuracy])
