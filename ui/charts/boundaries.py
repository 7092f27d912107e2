"""Decision boundaries: one picture per network, drawn by the browser from a small PNG and the data's points.

A network's PNG, of all epochs, is some forty times lighter than the same pictures as rectangles.  Its shade is
transparent where the network is unsure, so it sits well on a light and on a dark page.
"""

import json
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from core import Dataset, DatasetSpec, Experiment, History, grid, load
from core.analysis.boundary import ClassMaps, Grid, class_maps
from ui.charts.curves import TITLES
from ui.charts.palette import CLASS_COLOURS, CLASS_SHAPES, Look, run_looks
from ui.charts.pictures import LEVELS, STRONGEST, film_url
from ui.shell.classes import said_classes
from ui.shell.features import made_features, said_feature
from ui.shell.labels import network_labels
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import percent
from ui.shell.parts import as_named
from ui.shell.plain import plain

GOLDEN = 0.618  # of its multiples, each falls into the largest gap that those before have left
MOST_POINTS = 500  # drawn in a picture: more would hide the shade and slow the browser down
RESOLUTION = 64  # pixels of a picture's side before the browser enlarges it, smoothly
_READING = N_(
    "Filled: training data. Hollow: test data. Background: predicted class. Stronger colour: more confident. "
    "No colour: undecided."
)
_READING_WITHOUT_TEST = N_(
    "There are no test data: all points are training data. Background: predicted class. Stronger colour: more "
    "confident. No colour: undecided."
)
_EXACT = N_("Horizontal: {across}. Vertical: {up}. Both are standardised.")
_ALSO = N_("The networks also see {names}, made of their two inputs.")
_RAW = N_("The inputs of the networks are not standardised.")
_OVER_ONE = N_(
    "Horizontal: {across}, standardised. Vertical: the probabilities of the classes, stacked. The higher a colour, the "
    "more likely its class. The height of a point says nothing."
)
_STACKED = N_("Part of {label}")
_SLICE = N_(
    "The networks see all {features} features. Each picture shows only two directions: those in which the data vary "
    "most. Points are projected onto them. A point that looks wrong may be right."
)
_NOTICE = N_(
    "The identity function can only draw a straight boundary. "
    "ReLU-like functions bend the boundary in corners, smooth functions bend it in curves."
)
_OUTSIDE = NN_(
    "{number} point is far outside the picture. It is drawn at the edge, with a ring.",
    "{number} points are far outside the picture. They are drawn at the edge, with a ring.",
)
_SOME_DRAWN = N_("{drawn} of the {samples} samples are drawn.")
_OUTCOME = N_("{measure} {accuracy} · {dead} of {units} units dead")
_OUTCOME_WITHOUT_UNITS = N_("{measure} {accuracy}")
_OUTCOME_DIVERGED = N_("{measure} {accuracy} · diverged in epoch {epoch}")
_OUTCOME_NEVER_FINITE = N_("{measure} {accuracy} · no finite state")
_IN_WORDS = N_("Decision boundaries after epoch {epoch}. {outcomes}.")
OPEN = N_("Show the inside of {network}")
# What the browser says: it fills in the fields.
_TEXTS = {
    "training": N_("Training data"),
    "test": N_("Test data"),
    "download": N_("Download PNG"),
    "moment": N_("Epoch {moment}"),
    "predicted": N_("Predicted: {label}, probability about {probability}"),
    "undecided": N_("Undecided between the classes"),
}
_OVER_ONE_TEXTS = {"predicted": _STACKED}


def packed(drawn: dict) -> bytes:
    """What `pictures` gives, as it travels to the browser: made once and kept, because Streamlit would write a
    dictionary anew in every rerun."""
    return json.dumps(drawn, separators=(",", ":"), allow_nan=False).encode()


def packed_boundaries(history: History, opens: bool = True) -> bytes:
    """`boundary_pictures` of the networks on the window of their data, `packed`."""
    data = load(history.experiment.dataset)
    window = grid(data, RESOLUTION)
    return packed(boundary_pictures(history, data, window, class_maps(history, data, window), opens))


def boundary_pictures(history: History, data: Dataset, window: Grid, maps: ClassMaps, opens: bool = True) -> dict:
    """All networks' pictures at every recorded epoch, on the same window of the data's plane, for `show_pictures` of
    `ui.shell.pictures`; with `opens`, a click on one opens that network."""
    outcomes = zip(*(outcomes_at(history, index) for index in range(len(history.epochs))))
    looks = dict(zip(network_labels(history.experiment), run_looks(history.experiment)))
    drawn = pictures(looks, list(outcomes), maps, data, window, history.epochs, boundary_text(history))
    if opens:
        drawn["texts"]["open"] = _(OPEN)
    return drawn


def pictures(
    looks: dict[str, Look],
    outcomes: Sequence[Sequence[str]],
    maps: ClassMaps,
    data: Dataset,
    window: Grid,
    epochs: Sequence[int],
    text: str,
) -> dict:
    """Pictures of the data's plane by their labels, with the look of each one's frame, for `show_pictures` of
    `ui.shell.pictures`.

    `outcomes` has a text for each label and recorded epoch, `maps` the classes in the same order, and `text` says in
    words what is to be seen.  Points travel once for all pictures.
    """
    colours = CLASS_COLOURS[: data.classes]
    texts = _TEXTS | (_OVER_ONE_TEXTS if data.features == 1 else {})
    if not data.has_test_part:
        texts.pop("test")  # and with it the legend's entry
    networks = [
        {
            "label": label,
            "colour": look.colour,
            "dash": list(look.dash),
            "outcomes": list(outcomes[place]),
            "film": film_url(maps.likeliest[place], maps.certainty[place], colours),
        }
        for place, (label, look) in enumerate(looks.items())
    ]
    classes = [
        {"label": name, "colour": colour, "shape": shape}
        for name, colour, shape in zip(said_classes(data.class_names), CLASS_COLOURS, CLASS_SHAPES)
    ]
    return {
        "networks": networks,
        "moments": [int(epoch) for epoch in epochs],
        "window": {"x": list(window.x), "y": list(window.y)},
        "classes": classes,
        "points": _points(data, window),
        "levels": LEVELS,
        "strongest": STRONGEST,
        "file": "decision-boundaries.png",
        "text": text,
        "texts": {key: _(message) for key, message in texts.items()},
    }


def reading_boundaries(experiment: Experiment) -> str:
    """How to read the pictures of the decision boundaries, and what to notice in them."""
    data = load(experiment.dataset)
    parts = [_(_READING if data.has_test_part else _READING_WITHOUT_TEST)]
    if data.spec.view == "all":
        parts.append(_(_SLICE, features=data.features))
    elif data.features == 1:
        parts.append(_(_OVER_ONE, across=plain(said_feature(data.plane_names[0]))))
    else:
        across, up = (plain(said_feature(name)) for name in data.plane_names)
        parts.append(_(_EXACT, across=across, up=up))
    if not data.spec.standardised:
        parts.append(_(_RAW))
    if made := made_features(data):
        parts.append(_(_ALSO, names=plain(made)))
    drawn, samples = points_drawn(data), _samples(data)
    if drawn < samples:
        parts.append(_(_SOME_DRAWN, drawn=drawn, samples=samples))
    if outside := _outside(data.spec):
        parts.append(plural(*_OUTSIDE, outside))
    is_bent = bool(data.spec.made_features)  # even by the identity function
    if experiment.hidden and not is_bent and any(run.activation == "identity" for run in experiment.runs):
        parts.append(_(_NOTICE))
    return " ".join(parts)


def boundary_text(history: History) -> str:
    """The pictures of the decision boundaries in words: what each network had reached in the end."""
    ends = zip(network_labels(history.experiment), outcomes_at(history, -1))
    outcomes = "; ".join(f"{label}: {outcome}" for label, outcome in ends)
    return _(_IN_WORDS, epoch=history.epochs[-1], outcomes=outcomes)


def outcomes_at(history: History, index: int) -> list[str]:
    """What each network had reached at a recorded epoch: `Test accuracy 97.5 % · 2 of 32 units dead`."""
    ends = zip(history.test_accuracy[:, index], history.dead_units[:, index].sum(axis=1), history.diverged_at)
    units, epoch = sum(history.experiment.hidden), history.epochs[index]
    measure = _(TITLES[as_named(history.experiment.dataset, "test_accuracy")])
    return [_outcome(measure, share, dead, units, at if 0 <= at <= epoch else None) for share, dead, at in ends]


def _outcome(measure: str, share: float, dead: int, units: int, diverged_at: int | None) -> str:
    reached = {"measure": measure, "accuracy": percent(share)}
    if diverged_at == 0:
        return _(_OUTCOME_NEVER_FINITE, **reached)
    if diverged_at is not None:
        return _(_OUTCOME_DIVERGED, **reached, epoch=diverged_at)
    if not units:
        return _(_OUTCOME_WITHOUT_UNITS, **reached)
    return _(_OUTCOME, **reached, dead=dead, units=units)


def points_drawn(data: Dataset) -> int:
    """How many of the training and test points each picture of a decision boundary shows."""
    return min(MOST_POINTS, _samples(data))


@lru_cache(maxsize=32)
def _outside(spec: DatasetSpec) -> int:
    """How many of the points that are drawn lie outside of the window: found once, because the page's script asks."""
    data = load(spec)
    window = grid(data, 1)
    places = np.array([point[:2] for part in _points(data, window).values() for point in part])
    (left, right), (bottom, top) = window.x, window.y
    return int((~((places >= (left, bottom)) & (places <= (right, top))).all(axis=1)).sum())


def _samples(data: Dataset) -> int:
    return len(data.y_train) + len(data.y_test) * data.has_test_part


def _points(data: Dataset, window: Grid) -> dict[str, list[list[float]]]:
    """Of each part the points that are drawn: their place in the plane, and the number of their class."""
    tested = len(data.y_test) * data.has_test_part
    parts = {"training": (data.X_train, data.y_train), "test": (data.X_test[:tested], data.y_test[:tested])}
    share = points_drawn(data) / _samples(data)
    points = {}
    for part, (X, y) in parts.items():
        most = round(share * len(X))  # the first ones: the split has shuffled them
        plane = data.to_plane(X[:most]).astype(float)
        if data.features == 1:  # apart from each other, at heights that mean nothing
            plane[:, 1] = window.y[0] + (0.1 + 0.8 * (GOLDEN * np.arange(most) % 1)) * (window.y[1] - window.y[0])
        plane = plane.round(3)
        points[part] = [[x, up, int(label)] for (x, up), label in zip(plane.tolist(), y[:most])]
    return points
