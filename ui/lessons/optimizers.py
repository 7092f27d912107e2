"""Optimizers: the controls and sentences of the lesson."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core import OPTIMIZERS, Experiment, History, Run
from core.descent import ARRIVED, Paths, arrivals, nearest_minima
from core.surfaces import SURFACES, Point, Surface
from ui import controls
from ui.address import Address, between, one_of
from ui.factors import FACTORS, LEARNING_RATES, OWN_RATE, number
from ui.lesson import Try
from ui.words import count, shared_facts

INTRODUCTION = (
    "An optimizer knows nothing but the gradient where it stands, and makes a step of it. Here the code that trains "
    "the networks of this app walks down surfaces that can be seen whole."
)
STEPS = [10, 30, 100, 200]
OWN = "each its own"
_RATE_HELP = (
    "Its own is the rate, of 1, 2 and 5 times powers of ten, whose path from the surface's first start stays in the "
    "picture and is lowest on average. One rate for all is fair, and suits few of them."
)
READING = "The stronger the shade, the higher. The ring is the start, the star the lowest point, and each dot a step."
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
        "Both have the same learning rate, and begin beside the ridge by a hair, where there is next to no slope "
        "along y. **sgd** rolls into the saddle and stalls. **adam** divides a gradient by its own size, so that a "
        "tiny one makes a full step too: it leaves at once.",
    ),
    Try(
        "Four dips for four",
        {"surface": "rastrigin"},
        "One start, four optimizers, and they end in four different dips, none of which is the lowest. Choose another "
        "start, and they end elsewhere.",
    ),
)  # fmt: skip

_ARRIVALS = "Steps until the height above the lowest point stays within {share:g} % of that at the start: {arrivals}."
_NOBODY = (
    "Within {steps}, none comes to stay within {share:g} % of the height above the lowest point that it had at the "
    "start."
)
_LATE = "Not there within {steps}: {names}."
_ENDS = (
    "After {steps}, **{lowest}** is lowest, {low:.2g} above the lowest point, and **{highest}** is highest, "
    "{high:.2g} above it."
)
_END = "After {steps}, **{name}** is {height:.2g} above the lowest point."
_BLEW_UP = "Blown up, for the learning rate is too large here: {steps}."
_MINIMA = "Their ends are nearest to {ends} different minima."
_SURFACE = (
    "**{label}.** {note} At the start {start} its height is {height:.4g} and its gradient {gradient}; it is "
    "lowest at {lowest}."
)
_NETWORK = (
    "A network's loss is such a surface, too, over {parameters} parameters instead of two. These networks differ in "
    "nothing but their optimizer: {facts}."
)
_WINNERS = (
    "After {epochs}, **{best}** has the lowest training loss, {loss:.2g}. On the surface above, **{lowest}** is "
    "lowest: what is best in one place need not be so in another."
)
_ALONE = "After {epochs}, the training loss of **{best}** is {loss:.2g}."
_SAME_WINNER = (
    "After {epochs}, **{best}** has the lowest training loss, {loss:.2g}, and is lowest on the surface above, too. "
    "Choose another surface, and it may not be."
)


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

    def rate_of(self, optimizer: str) -> float:
        return self.surface.rates[optimizer] if self.rate is None else self.rate

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
        start = controls.select(address, "Start (x, y)", "start", list(starts), next(iter(starts)), width=150)
        rate = controls.slide(
            address, "Learning rate", "learning_rate", [OWN_RATE, *LEARNING_RATES], OWN_RATE, help=_RATE_HELP,
            format_func=lambda rate: OWN if rate == OWN_RATE else number(rate), width=220,
        )  # fmt: skip
        steps = controls.slide(address, "Steps", "steps", STEPS, 100, width=160)
    address.later("optimizer", "adam", one_of("optimizer", OPTIMIZERS))
    if st.session_state.get("step") not in range(1, steps + 1):
        st.session_state.pop("step", None)
    address.later("step", 10, between("step", 1, steps))
    own = rate == OWN_RATE
    return Asked(SURFACES[name], starts[start], tuple(optimizers), None if own else rate, steps)


def about_surface(asked: Asked) -> str:
    """What kind of surface it is, with its numbers."""
    surface = asked.surface
    lowest = [point for point in surface.minima if np.isclose(surface.value(*point), surface.lowest)]
    return _SURFACE.format(
        label=surface.label,
        note=surface.note,
        start=pair(asked.start),
        height=surface.value(*asked.start),
        gradient=pair(surface.gradient(*asked.start)),
        lowest=" and ".join(map(pair, lowest)),
    )


def notices(paths: Paths) -> list[str]:
    """What there is to notice, with the figures of the paths on screen."""
    steps, above = count(paths.points.shape[1] - 1, "step"), paths.heights[:, -1] - SURFACES[paths.surface].lowest
    names, going = paths.optimizers, np.flatnonzero(paths.diverged_at < 0)
    lines = [_arrivals(paths, steps)]
    if len(going) == 1:
        (only,) = going
        lines.append(_END.format(steps=steps, name=names[only], height=above[only]))
    elif len(going):
        low, high = going[above[going].argmin()], going[above[going].argmax()]
        lines.append(
            _ENDS.format(steps=steps, lowest=names[low], low=above[low], highest=names[high], high=above[high])
        )
    broken = [f"**{name}** in step {step}" for name, step in zip(names, paths.diverged_at) if step >= 0]
    ends = len(set(nearest_minima(paths).tolist()))
    if broken:
        lines.append(_BLEW_UP.format(steps=", ".join(broken)))
    elif ends > 1:
        lines.append(_MINIMA.format(ends=ends))
    return lines


def about_network(history: History) -> str:
    """What the networks have in common."""
    facts = " · ".join(shared_facts(history.experiment, FACTORS["optimizer"]))
    return _NETWORK.format(parameters=history.flat_parameters.shape[2], facts=facts)


def winners(paths: Paths, history: History) -> str:
    """Which optimizer got lowest on the network, and which on the surface."""
    losses = history.train_loss[:, -1]
    best, lowest = (paths.optimizers[values.argmin()] for values in (losses, paths.heights[:, -1]))
    sentence = _ALONE if len(losses) == 1 else _SAME_WINNER if best == lowest else _WINNERS
    epochs = count(int(history.epochs[-1]), "epoch")
    return sentence.format(epochs=epochs, best=best, loss=losses.min(), lowest=lowest)


def compared(asked: Asked) -> dict[str, object]:
    """The settings of Compare that train networks with these optimizers."""
    rate = {} if asked.rate is None else {"learning_rate": asked.rate}
    return {"compare": "optimizer", "optimizers": list(asked.optimizers)} | rate


def pair(point) -> str:
    """Two coordinates."""
    x, y = point
    return f"({x:.4g}, {y:.4g})"


def _label(surface: str) -> str:
    return SURFACES[surface].label


def _arrivals(paths: Paths, steps: str) -> str:
    at = dict(sorted(zip(paths.optimizers, arrivals(paths).tolist()), key=lambda item: item[1]))
    there = [f"**{name}** {step}" for name, step in at.items() if step >= 0]
    late = [name for name, step in at.items() if step < 0]
    if not there:
        return _NOBODY.format(steps=steps, share=100 * ARRIVED)
    sentence = _ARRIVALS.format(share=100 * ARRIVED, arrivals=", ".join(there))
    return f"{sentence} {_LATE.format(steps=steps, names=', '.join(late))}" if late else sentence
