"""Optimizers: the controls of the lesson."""

from dataclasses import dataclass

import streamlit as st

from core import OPTIMIZERS, Experiment, Run
from core.lessons.descent import rate_on
from core.lessons.surfaces import SURFACES, Point, Surface
from ui.charts.palette import Look, optimizer_look
from ui.lessons.lesson import Try
from ui.lessons.optimizers.family import first_taken_apart
from ui.shell import controls
from ui.shell.address import Address, between, one_of
from ui.shell.factors import FACTORS, LEARNING_RATES
from ui.shell.numbers import exact, pair

INTRODUCTION = (
    "An optimizer knows nothing but the gradient where it stands, and makes a step of it. Here the code that trains "
    "the networks of this app walks down surfaces that can be seen whole."
)
STEPS = [10, 30, 100, 200]
OWN = "each its own"
_RATE_HELP = (
    "Its own is the rate, of 1, 2 and 5 times powers of ten, whose path from the surface's first start stays in the "
    "picture and is lowest on average. A rate means something else to each optimizer, so each is tuned by itself; one "
    "rate for all shows what a rate does. The networks further down keep their own."
)
NOTHING = "Choose at least one optimizer to see a path."

TRIES = (
    Try(
        "Zigzag in a valley",
        {"optimizers": ["sgd", "momentum", "nag"], "surface": "valley"},
        "**sgd** crosses the floor of the valley with every step, and creeps along it. **momentum** swings in longer "
        "waves: in its velocity, what goes to and fro cancels and what goes along adds up. **nag** looks ahead, hardly "
        "swings, and arrives first.",
    ),
    Try(
        "Stuck at a saddle",
        {"optimizers": ["sgd", "adam"], "surface": "saddle", "learning_rate": 0.03},
        "Both have the same learning rate, and begin very slightly off the ridge, where there is next to no slope "
        "along y. **sgd** rolls into the saddle and stalls. **adam** divides a gradient by its own size, so that a "
        "tiny one makes a full step too: it leaves at once. That is a matter of the rate: with the rate that suits "
        "each of them here, **sgd** arrives first.",
    ),
    Try(
        "Four dips for four",
        {"surface": "rastrigin"},
        "One start, four optimizers, and they end in four different dips, none of which is the lowest. Choose another "
        "start, and most end elsewhere.",
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
        return {name: optimizer_look(name) for name in self.optimizers}

    def rate_of(self, optimizer: str) -> float:
        return rate_on(self.surface.name, optimizer) if self.rate is None else self.rate

    @property
    def experiment(self) -> Experiment:
        """The same optimizers on a network, each with the learning rate that suits it there."""
        return Experiment(runs=tuple(Run(optimizer=name) for name in self.optimizers))


def choose(address: Address, optimizers: list[str]) -> Asked:
    """The lesson's other controls; those of `optimizer_step` are further down, and only kept in the address here."""
    with st.container(horizontal=True):
        name = controls.select(address, "Surface", "surface", list(SURFACES), "beale", format_func=_label, width=190)
        starts = {f"({x:g}, {y:g})": (x, y) for x, y in SURFACES[name].starts}
        if st.session_state.get("start") not in starts:  # of another surface
            st.session_state.pop("start", None)
        start = controls.select(
            address, "Start (x, y)", "start", list(starts), next(iter(starts)), format_func=lambda at: pair(starts[at]),
            width=150,
        )  # fmt: skip
        rate = controls.slide(
            address, "Learning rate", "learning_rate", [None, *LEARNING_RATES], None, FACTORS["learning_rate"].none,
            help=_RATE_HELP, format_func=lambda rate: OWN if rate is None else exact(rate), width=220,
        )  # fmt: skip
        steps = controls.slide(address, "Steps", "steps", STEPS, 100, width=160)
    address.later("optimizer", first_taken_apart(optimizers), one_of("optimizer", OPTIMIZERS))
    if st.session_state.get("step") not in range(1, steps + 1):
        st.session_state.pop("step", None)
    address.later("step", 10, between("step", 1, steps))
    return Asked(SURFACES[name], starts[start], tuple(optimizers), rate, steps)


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that train the same networks: the learning rate is that of the paths alone."""
    return {"compare": "optimizer", "optimizers": list(asked.optimizers)}


def _label(surface: str) -> str:
    return SURFACES[surface].label
