"""Colours, dashes and shapes: the same thing looks the same on every page.

An entry's look is its place in its registry.  The eight colours are told apart by the colour-blind as far as eight can
be (after Okabe & Ito 2008), and each has a contrast of at least 3 : 1 to the page in light and in dark; the dash tells
the rest, so that no two entries share both, however many there are.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from zlib import crc32

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES, Experiment, Run
from core.analysis.repeats import settings
from core.nn.initializers import AUTO
from ui.shell.labels import setting_labels

ACTIVATION_COLOURS = ("#808080", "#D55E00", "#C2569B", "#B07D00", "#0072B2", "#3A93D0", "#008F68", "#7A5FB0")
DASHES = ((1, 0), (6, 3), (2, 2), (8, 3, 2, 3))  # pixels on and off; `dash` goes on from there

LINE_COLOUR = "#808080"  # of frames and rules, on white and on black

# Units, in colours that are no activation's.
UNIT_COLOURS = {"dead_units": "#C62828", "saturated_units": "#4E7D96"}

# Above and below 0: weights, and what units compute.
POSITIVE, NEGATIVE = "#2F86C9", "#C16437"

# Classes of the data: Paul Tol's "bright", and shapes, so that colour is never alone.
CLASS_COLOURS = (
    "#4477AA", "#EE6677", "#228833", "#CCBB44", "#AA3377", "#66CCEE", "#EE8866", "#44AA99", "#999933", "#8877CC",
)  # fmt: skip
CLASS_SHAPES = (
    "circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-left", "triangle-right", "stroke",
    "wedge",
)  # fmt: skip


# From small to large numbers: from cold to warm and from dark to light, in equal steps for the eye (OKLab), and each
# readable on both pages.
SEQUENCE = (
    "#9F3AB5", "#824ED7", "#5661E7", "#0073D9", "#0080AF", "#008C8A", "#00955E", "#229A00", "#7B9100", "#AB8700",
    "#D57900", "#F96120",
)  # fmt: skip
_OWN_LOOKS = 64  # of which a formula has one
_NO_PENALTY = "#808080"


@dataclass(frozen=True)
class Look:
    """How a line looks: its colour and its dash, in pixels on and off."""

    colour: str
    dash: tuple[int, ...]


def activation_look(name: str) -> Look:
    """The look of an activation, on every page; that of a function that somebody wrote follows from its formula."""
    if name in ACTIVATIONS:
        return look_at(list(ACTIVATIONS).index(name))
    return look_at(len(ACTIVATIONS) + crc32(name.encode()) % _OWN_LOOKS)


def activation_looks(names: Iterable[str]) -> list[Look]:
    """The looks of several activations, no two alike."""
    looks: list[Look] = []
    for name in names:
        looks.append(_beside(name, looks))
    return looks


def _beside(name: str, others: Iterable[Look]) -> Look:
    """The look of an activation.  Two formulas may by chance have the same colour, so one beside others has the next
    colour that is free or, if none is, the next look."""
    look = activation_look(name)
    if name in ACTIVATIONS:
        return look
    at, taken = crc32(name.encode()) % _OWN_LOOKS, set(others)
    looks = [look_at(len(ACTIVATIONS) + at + step) for step in range(_OWN_LOOKS)]
    colours = {other.colour for other in taken}
    return next((one for one in looks if one.colour not in colours), next(one for one in looks if one not in taken))


def optimizer_look(name: str) -> Look:
    """The look of an optimizer of the registry, on every page."""
    return look_at(list(OPTIMIZERS).index(name))


def look_at(place: int) -> Look:
    """The look of the entry at that place of a registry, from 0; no two places share one."""
    colours, dashes = len(ACTIVATION_COLOURS), len(DASHES)
    lap, turn = divmod(place, colours * dashes)
    return Look(ACTIVATION_COLOURS[place % colours], dash(dashes * lap + (turn + turn // colours) % dashes))


def dash(number: int) -> tuple[int, ...]:
    """The dash at that place, from 0: one of `DASHES` or, beyond them, a stroke with ever more dots after it."""
    beyond = number - len(DASHES)
    return DASHES[number] if beyond < 0 else (8, 3) + (2, 3) * (beyond + 2)


def first_activation(activation: str | tuple[str, ...]) -> str:
    """The name of a run's activation, or of the first of several, which gives the network its colour."""
    return activation if isinstance(activation, str) else activation[0]


def run_looks(experiment: Experiment) -> list[Look]:
    """The look of each run: that of its activation or, where all have the same one, of what else differs."""
    return _looks(experiment.runs)


def _looks(runs: tuple[Run, ...]) -> list[Look]:
    if len({run.activation for run in runs}) == 1:
        if len({run.optimizer for run in runs}) > 1:
            return [optimizer_look(run.optimizer) for run in runs]
        if len({run.initializer for run in runs}) > 1:
            return [look_at([*INITIALIZERS, AUTO].index(run.initializer)) for run in runs]
        if len({run.rate for run in runs}) > 1:
            return [_by_size(run.rate, least=1e-4) for run in runs]
        for penalties in ([run.l2 for run in runs], [run.l1 for run in runs]):
            if len(set(penalties)) > 1:
                return [_by_size(each, least=1e-5) if each else Look(_NO_PENALTY, DASHES[0]) for each in penalties]
        if len({run.dropout for run in runs}) > 1:
            return [_in_sequence(11 * run.dropout) if run.dropout else Look(_NO_PENALTY, DASHES[0]) for run in runs]
        if len({run.schedule for run in runs}) > 1:
            return [look_at(list(SCHEDULES).index(run.schedule)) for run in runs]
        if len({run.branch for run in runs}) > 1:
            return _of_branches(runs)
    names = list(dict.fromkeys(first_activation(run.activation) for run in runs))
    firsts = dict(zip(names, activation_looks(names)))
    looks: dict[object, Look] = {}
    for setting in dict.fromkeys((run.activation, run.initializer, run.branch) for run in runs):
        look = firsts[first_activation(setting[0])]
        at = DASHES.index(look.dash) if look.dash in DASHES else 0
        dashes = chain([look.dash], DASHES[at:], DASHES[:at], map(dash, count(len(DASHES))))
        others = (Look(look.colour, each) for each in dashes)
        looks[setting] = next(other for other in others if other not in looks.values())
    return [looks[run.activation, run.initializer, run.branch] for run in runs]


def _of_branches(runs: tuple[Run, ...]) -> list[Look]:
    """That of the activation for the network that does not branch; the others have a cold colour beside a warm one, and
    a warm one beside a cold one."""
    own = activation_look(first_activation(runs[0].activation))
    first = 4 if own.colour in ACTIVATION_COLOURS[1:4] else 1
    others = (look for look in map(look_at, count(first)) if look.colour != own.colour)
    looks = {branch: own if branch is None else next(others) for branch in dict.fromkeys(run.branch for run in runs)}
    return [looks[run.branch] for run in runs]


def setting_looks(experiment: Experiment) -> dict[str, Look]:
    """The look of each setting, by its label, in the experiment's order; seeds do not matter."""
    return dict(zip(setting_labels(experiment), _looks(settings(experiment.runs))))


def _by_size(value: float, least: float) -> Look:
    """Two colours for each power of ten above the least."""
    return _in_sequence(2 * math.log10(value / least))


def _in_sequence(place: float) -> Look:
    place = min(max(round(place), 0), len(SEQUENCE) - 1)
    return Look(SEQUENCE[place], DASHES[place % len(DASHES)])
