"""Optimizers: the sentences of the lesson, with the figures of what is on screen."""

import numpy as np

from core import History
from core.descent import ARRIVED, Paths, arrivals, nearest_minima, ridge
from core.surfaces import SURFACES
from ui.factors import FACTORS
from ui.lessons.numbers import pair, written
from ui.lessons.optimizers import Asked
from ui.words import count, shared_facts, short

_ARRIVALS = "Steps until the height above the lowest point stays within {share:g} % of that at the start: {arrivals}."
_NOBODY = (
    "Within {steps}, none comes to stay within {share:g} % of the height above the lowest point that it had at the "
    "start."
)
_LATE = "Not there within {steps}: {names}."
_ENDS = (
    "After {steps}, **{lowest}** ended lowest, {low} above the lowest point, and **{highest}** ended highest, {high} "
    "above it."
)
_ALIKE = "After {steps}, all are {low} above the lowest point."
_OTHERS_ALIKE = "After {steps}, all that did not blow up are {low} above the lowest point."
_END = "After {steps}, **{lowest}** is {low} above the lowest point."
_BLEW_UP = "Blown up, for the learning rate is too large here: {steps}."
_RIDGE = "This start is on the ridge itself, where the slope along {axis} is exactly 0: no step leads off it."
_BOLD = "**, **"  # between names, of which the first and the last have the outer asterisks
_MINIMA = "Their ends are nearest to {ends} different minima."
_SURFACE = (
    "**{label}.** {note} At the start {start} its height is {height} and its gradient {gradient}; it is "
    "lowest at {lowest}."
)
_NETWORKS = (
    "A network's loss is such a surface, too, over {parameters} parameters instead of two. These networks differ in "
    "nothing but their optimizer and its learning rate: {facts}."
)
_NETWORK = (
    "A network's loss is such a surface, too, over {parameters} parameters instead of two. This network has: {facts}."
)
_WINNERS = (
    "After {epochs}, **{best}** has the lowest training loss, {loss}. On the surface above, **{lowest}** ended lowest: "
    "what is best in one place need not be so in another."
)
_SAME_WINNER = (
    "After {epochs}, **{best}** has the lowest training loss, {loss}, and ended lowest on the surface above, too. "
    "Choose another surface, and it may not."
)
_NO_WINNER = (
    "After {epochs}, **{best}** has the lowest training loss, {loss}. On the surface above, all ended at one height."
)
_ALL_BLEW_UP = "After {epochs}, **{best}** has the lowest training loss, {loss}. On the surface above, all blew up."
_ALONE = "After {epochs}, the training loss of **{best}** is {loss}."


def about_surface(asked: Asked) -> str:
    """What kind of surface it is, with its numbers."""
    surface = asked.surface
    lowest = [point for point in surface.minima if np.isclose(surface.value(*point), surface.lowest)]
    return _SURFACE.format(
        label=surface.label,
        note=surface.note,
        start=pair(asked.start),
        height=written(surface.value(*asked.start)),
        gradient=pair(surface.gradient(*asked.start)),
        lowest=" and ".join(map(pair, lowest)),
    )


def notices(paths: Paths) -> list[str]:
    """What there is to notice, with the figures of the paths on screen."""
    steps, axis = count(paths.points.shape[1] - 1, "step"), ridge(paths)
    lines = [_arrivals(paths, steps), *_ends(paths, steps)]
    broken = [f"**{name}** in step {step}" for name, step in zip(paths.optimizers, paths.diverged_at) if step >= 0]
    minima = len(set(nearest_minima(paths).tolist()))
    if broken:
        lines.append(_BLEW_UP.format(steps=", ".join(broken)))
    elif axis is not None:
        lines.append(_RIDGE.format(axis="xy"[axis]))
    elif minima > 1:
        lines.append(_MINIMA.format(ends=minima))
    return lines


def about_network(history: History) -> str:
    """What the networks have in common."""
    alone = len(history.experiment.runs) == 1
    sentence, differ_in = (_NETWORK, "l2") if alone else (_NETWORKS, "optimizer")  # no network here has an L2 penalty
    facts = " · ".join(shared_facts(history.experiment, FACTORS[differ_in]))
    return sentence.format(parameters=history.flat_parameters.shape[2], facts=facts)


def winners(paths: Paths, history: History) -> str:
    """Which optimizer got lowest on the network, and which on the surface."""
    losses, ends = history.train_loss[:, -1], _by_height(paths)
    best, lowest = paths.optimizers[losses.argmin()], next(iter(ends.values()), [])
    if len(losses) == 1:
        sentence = _ALONE
    elif not ends:
        sentence = _ALL_BLEW_UP
    elif len(lowest) == len(losses):
        sentence = _NO_WINNER
    else:
        sentence = _SAME_WINNER if best in lowest else _WINNERS
    epochs = count(int(history.epochs[-1]), "epoch")
    return sentence.format(epochs=epochs, best=best, loss=short(losses.min()), lowest=_BOLD.join(lowest))


def _ends(paths: Paths, steps: str) -> list[str]:
    """How high the paths ended that did not blow up, if there are any."""
    ends = list(_by_height(paths).items())
    if not ends:
        return []
    (low, lowest), (high, highest) = ends[0], ends[-1]
    if len(ends) > 1:
        sentence = _ENDS
    elif len(lowest) > 1:
        sentence = _ALIKE if len(lowest) == len(paths.optimizers) else _OTHERS_ALIKE
    else:
        sentence = _END
    lowest, highest = _BOLD.join(lowest), _BOLD.join(highest)
    return [sentence.format(steps=steps, lowest=lowest, low=low, highest=highest, high=high)]


def _by_height(paths: Paths) -> dict[str, list[str]]:
    """The optimizers that did not blow up, by the height where they ended, from the lowest on: those whose heights are
    written alike are together."""
    above = paths.heights[:, -1] - SURFACES[paths.surface].lowest
    optimizers = {}
    for run in above.argsort(kind="stable"):
        if paths.diverged_at[run] < 0:
            optimizers.setdefault(short(above[run]), []).append(paths.optimizers[run])
    return optimizers


def _arrivals(paths: Paths, steps: str) -> str:
    at = dict(sorted(zip(paths.optimizers, arrivals(paths).tolist()), key=lambda item: item[1]))
    there = [f"**{name}** {step}" for name, step in at.items() if step >= 0]
    late = [name for name, step in at.items() if step < 0]
    if not there:
        return _NOBODY.format(steps=steps, share=100 * ARRIVED)
    sentence = _ARRIVALS.format(share=100 * ARRIVED, arrivals=", ".join(there))
    return f"{sentence} {_LATE.format(steps=steps, names=', '.join(late))}" if late else sentence
