"""Optimizers: the controls of the lesson."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core import OPTIMIZERS, DatasetSpec, Experiment, Run
from core.lessons.descent import rate_on
from core.lessons.surfaces import SURFACES, Point, Surface
from core.notes import Note
from ui.charts.palette import Look, optimizer_look
from ui.lessons.lesson import Try
from ui.lessons.optimizers.family import first_taken_apart
from ui.lessons.optimizers.surface import places_to_start
from ui.shell import controls
from ui.shell.address import Address
from ui.shell.factors import FACTORS, LEARNING_RATES
from ui.shell.fixed import control
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, pair
from ui.shell.pointing import Pointing
from ui.shell.readers import Parse, between, one_of

INTRODUCTION = N_(
    "An optimizer sees only the gradient at its position and turns it into a step. Here, optimizers move on surfaces "
    "of two parameters, which can be shown completely. The same code trains the networks of this app."
)
STEPS = [10, 30, 100, 200]
OWN = N_("default for each")
_RATE_HELP = N_(
    "Default for each: of 1, 2 and 5 times powers of ten, the rate whose path from the first start of this surface "
    "stays in the chart and is lowest on average. The same rate has a different effect in each optimizer, so each is "
    "tuned separately. The networks below have their own rates."
)
PLOT, START = "chart of the surface", N_("Start")  # key of its container, and the name of the handle in it
NOTHING = N_("Choose at least one optimizer to see a path.")
_NO_START = N_("start is {asked}, and must be (x, y) with x from {left} to {right} and y from {bottom} to {top}")

TRIES = (
    Try(
        N_("Zigzag in a valley"),
        {"optimizers": ["sgd", "momentum", "nag"], "surface": "valley"},
        N_(
            "**SGD** crosses the floor of the valley in every step and is slow along it. **Momentum** swings in longer "
            "waves: in its velocity, opposite directions cancel and equal directions add up. **NAG** looks one step "
            "ahead: it hardly swings, and it arrives first."
        ),
    ),
    Try(
        N_("Stuck at a saddle"),
        {"optimizers": ["sgd", "adam"], "surface": "saddle", "learning_rate": 0.03},
        N_(
            "Both have the same learning rate and start very slightly off the ridge, where the slope along y is almost "
            "0. **SGD** moves to the saddle and then hardly moves. **Adam** divides a gradient by its own size, so a "
            "tiny gradient also makes a full step: it leaves the ridge immediately. This depends on the learning rate: "
            "with the default for each, **SGD** arrives first."
        ),
    ),
    Try(
        N_("Four optimizers, four minima"),
        {"surface": "rastrigin"},
        N_(
            "Four optimizers start at the same point and end in four different minima. None of these is the lowest. "
            "From each of the other starts in the list, most end in another minimum."
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """`rate` is one for all; None: each optimizer has its own for this surface."""

    surface: Surface
    start: Point
    optimizers: tuple[str, ...]
    rate: float | None
    steps: int

    @property
    def rates(self) -> tuple[float, ...]:
        return tuple(self.rate_of(name) for name in self.optimizers)

    @property
    def looks(self) -> dict[str, Look]:
        return {label("optimizer", name): optimizer_look(name) for name in self.optimizers}

    def rate_of(self, optimizer: str) -> float:
        return rate_on(self.surface.name, optimizer) if self.rate is None else self.rate

    @property
    def experiment(self) -> Experiment:
        """The same optimizers on a network, each with the learning rate that suits it there."""
        return Experiment(runs=tuple(Run(optimizer=name) for name in self.optimizers))


def choose(address: Address, optimizers: list[str]) -> Asked:
    """The lesson's other controls; those of `one_step` are further down, and only kept in the address here."""
    with st.container(horizontal=True):
        name = controls.select(
            address,
            _("Surface"),
            "surface",
            list(SURFACES),
            "beale",
            format_func=_label,
            width=190,
            on_change=_forget_start,
        )
        start = _start(address, SURFACES[name])
        rate = controls.slide(
            address, _("Learning rate"), "learning_rate", [None, *LEARNING_RATES], None, FACTORS["learning_rate"].none,
            help=_(_RATE_HELP), format_func=lambda rate: _(OWN) if rate is None else exact(rate), width=220,
        )  # fmt: skip
        steps = controls.slide(address, _("Steps"), "steps", STEPS, 100, width=160)
    address.apart("optimizer", first_taken_apart(optimizers), one_of(Note("optimizer"), OPTIMIZERS))
    if st.session_state.get("step") not in range(1, steps + 1):
        st.session_state.pop("step", None)
    address.apart("step", 10, between(Note("step"), 1, steps))
    return Asked(SURFACES[name], start, tuple(optimizers), rate, steps)


def places(surface: Surface) -> Pointing:
    """Where the paths may start."""
    return places_to_start(surface.name, ("x", "y"), _("height"))


def start_at(place: Point) -> None:
    """Sets the start, before the page runs again."""
    st.session_state["start"] = _start_text(place)


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that train the same networks: the learning rate is that of the paths alone."""
    return {"compare": "optimizer", "optimizers": list(asked.optimizers), "dataset": DatasetSpec.name}


def _start(address: Address, surface: Surface) -> Point:
    """One of the surface's starts, or a place of it that was pointed at or that the address has."""
    starts = [_start_text(start) for start in surface.starts]
    with address.setting("start", starts[0], _place_on(surface)):
        chosen = st.session_state["start"]
        st.session_state["start"] = chosen  # else it is lost where the choices change
        choices = starts if chosen in starts else [*starts, chosen]
        text = control(
            st.selectbox, _("Start (x, y)"), choices, key="start", width=150,
            format_func=lambda text: pair(_numbers(text)),
        )  # fmt: skip
    return _numbers(text)


def _forget_start() -> None:
    """Another surface begins at its own."""
    st.session_state.pop("start", None)


def _place_on(surface: Surface) -> Parse:
    """A reader of a place in the surface's window, as `(x, y)`."""
    (left, right), (bottom, top) = surface.window
    limits = {"left": left, "right": right, "bottom": bottom, "top": top}

    def parse(texts: Sequence[str]) -> str:
        x, y = _numbers(texts[-1])
        if not (left <= x <= right and bottom <= y <= top):
            raise ValueError(
                _(_NO_START, asked=repr(texts[-1]), **{name: exact(limit) for name, limit in limits.items()})
            )
        return _start_text((x, y))

    return parse


def _start_text(place: Point) -> str:
    x, y = place
    return f"({x:g}, {y:g})"


def _numbers(text: str) -> Point:
    """The two numbers of `(x, y)`; not a number where the text has something else."""
    try:
        x, y = re.fullmatch(r"\((.+), *(.+)\)", text).groups()
        return float(x), float(y)
    except (AttributeError, ValueError):
        return math.nan, math.nan


def _label(surface: str) -> str:
    return _(SURFACES[surface].label)
