"""A deep linear network beside the one layer that it equals: their pictures."""

from collections.abc import Sequence

import numpy as np

from core import Dataset, History
from core.analysis.boundary import ClassMaps, Grid
from core.lessons.nonlinearity import Collapse
from ui.charts.boundaries import picture, pictures_chart
from ui.charts.palette import CLASS_COLOURS, DASHES, LINE_COLOUR, Look, run_looks
from ui.charts.pictures import picture_url
from ui.shell.numbers import percent, short

ONE_LAYER = "its matrices, multiplied into one"
SIDES = {2: 330, 3: 255}  # pixels of a picture, by how many stand beside each other


def pictures_side_by_side(
    names: Sequence[str], history: History, one_layer: Collapse, maps: ClassMaps, data: Dataset, window: Grid
) -> dict:
    """The Vega-Lite specification of the networks' pictures, which get these names, and of the one layer's, at the
    epoch of the replay's bar."""
    looks = dict(zip(names, run_looks(history.experiment))) | {ONE_LAYER: Look(LINE_COLOUR, DASHES[0])}
    likeliest, certainty = (
        np.concatenate([getattr(maps, field), getattr(one_layer.class_maps, field)])
        for field in ("likeliest", "certainty")
    )
    accuracy = np.vstack([history.test_accuracy, one_layer.test_accuracy])
    colours = CLASS_COLOURS[: data.classes]
    rows = [
        picture(
            name,
            index,
            f"epoch {epoch}",
            f"{percent(accuracy[place, index])} on test",
            picture_url(likeliest[place, index], certainty[place, index], colours),
            window,
        )
        for index, epoch in enumerate(history.epochs)
        for place, name in enumerate(looks)
    ]
    return pictures_chart(looks, rows, data, window, len(history.epochs), SIDES[len(looks)])


def pictures_text(names: Sequence[str], history: History, one_layer: Collapse) -> str:
    """The picture of `pictures_side_by_side` in words, for those who cannot see it."""
    accuracies = [*history.test_accuracy[:, -1], one_layer.test_accuracy[-1]]
    parts = [f"{name}: {percent(value)} on test" for name, value in zip([*names, ONE_LAYER], accuracies)]
    return (
        f"Decision boundaries after epoch {history.epochs[-1]}. {'; '.join(parts)}. The class probabilities of "
        f"{names[0]} and of {ONE_LAYER}, differ by at most {short(one_layer.difference[-1])}."
    )
