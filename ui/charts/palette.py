"""Colours, dashes and shapes: the same thing looks the same on every page.

An activation's look is its place in the registry.  The eight colours are told apart by the colour-blind as far as eight
can be (after Okabe & Ito 2008), and each has a contrast of at least 3 : 1 to the page in light and in dark; the dash
tells the rest, so that no two activations share both.
"""

from core import ACTIVATIONS, Experiment, Run

ACTIVATION_COLOURS = ("#808080", "#D55E00", "#C2569B", "#B07D00", "#0072B2", "#3A93D0", "#008F68", "#7A5FB0")
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))

# Units, in colours that are no activation's.
UNIT_COLOURS = {"dead_units": "#C62828", "saturated_units": "#4E7D96"}

# Classes of the data: Paul Tol's "bright", and shapes, so that colour is never alone.
CLASS_COLOURS = (
    "#4477AA", "#EE6677", "#228833", "#CCBB44", "#AA3377", "#66CCEE", "#EE8866", "#44AA99", "#999933", "#8877CC",
)  # fmt: skip
CLASS_SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left", "triangle-right", "stroke",
    "wedge",
)  # fmt: skip


def activation_colour(name: str) -> str:
    return ACTIVATION_COLOURS[_place(name) % len(ACTIVATION_COLOURS)]


def activation_dash(name: str) -> tuple[int, ...]:
    place = _place(name)
    return DASHES[(place + place // len(ACTIVATION_COLOURS)) % len(DASHES)]


def first_activation(run: Run) -> str:
    """A network of several activations has the look of its first."""
    return run.activation if isinstance(run.activation, str) else run.activation[0]


def run_colours(experiment: Experiment) -> list[str]:
    return [activation_colour(first_activation(run)) for run in experiment.runs]


def run_dashes(experiment: Experiment) -> list[tuple[int, ...]]:
    return [activation_dash(first_activation(run)) for run in experiment.runs]


def _place(name: str) -> int:
    return list(ACTIVATIONS).index(name)
