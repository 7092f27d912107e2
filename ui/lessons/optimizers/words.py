"""Optimizers: the sentences of the lesson, with the figures of what is on screen."""

import numpy as np

from core import History
from core.lessons.descent import ARRIVED, Paths, arrivals, reached_minima, ridge
from core.lessons.surfaces import SURFACES, Surface
from ui.lessons.optimizers.controls import Asked
from ui.shell.experiments import shared_facts
from ui.shell.factors import FACTORS
from ui.shell.numbers import count, exact, exact_percent, pair, short, written

LAST = 3  # records of a network: the loss of one alone may be by chance

_READING = "The stronger the shade, the higher. The ring is the start, the star the lowest point, and each dot a step."
_READING_STARS = (
    "The stronger the shade, the higher. The ring is the start, the stars the lowest points, and each dot a step."
)
_READING_RINGS = (
    "The stronger the shade, the higher. The large ring is the start, the star the lowest point, each small ring "
    "another minimum, and each dot a step."
)
_ARRIVALS = "Steps until the height above the lowest point stays within {share} of that at the start: {arrivals}."
_NOBODY = (
    "Within {steps}, none comes to stay within {share} of the height above the lowest point that it had at the start."
)
_LATE = "Not there within {steps}: {names}."
_ENDS = (
    "After {steps}, **{lowest}** ended lowest, {low} above the lowest point, and **{highest}** ended highest, {high} "
    "above it."
)
_ENDS_OF_SOME = (
    "After {steps}, of those that did not blow up, **{lowest}** ended lowest, {low} above the lowest point, and "
    "**{highest}** ended highest, {high} above it."
)
_ALIKE = "After {steps}, all are {low} above the lowest point."
_OTHERS_ALIKE = "After {steps}, all that did not blow up are {low} above the lowest point."
_END = "After {steps}, **{lowest}** is {low} above the lowest point."
_OUTSIDE = "Ended outside of the picture: {names}."
_BLEW_UP = "Blown up, for the learning rate is too large here: {steps}."
_RIDGE = "This start is on the ridge itself, where the slope along {axis} is exactly 0: no step leads off it."
_BOLD = "**, **"  # between names, of which the first and the last have the outer asterisks
_MINIMA = "Of {paths}, {there} ended close to a minimum, at {ends} different ones."
_OWN_RATES = (
    "That is so at one learning rate for all, {rate}. With the rate that suits each of them here, the steps until then "
    "are: {arrivals}."
)
_OWN_RATES_LATE = (
    "That is so at one learning rate for all, {rate}. With the rate that suits each of them here, the steps until then "
    "are: {arrivals}; not there within {steps}: {names}."
)
_OWN_RATES_NOBODY = (
    "That is so at one learning rate for all, {rate}. With the rate that suits each of them here, none is there within "
    "{steps} either."
)
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
    "{near_end} On the surface above, **{lowest}** ended lowest: what is best in one place need not be so in another."
)
_SAME_WINNER = "{near_end} **{best}** ended lowest on the surface above, too. Choose another surface, and it may not."
_NO_WINNER = "{near_end} On the surface above, all ended at one height."
_ALL_BLEW_UP = "{near_end} On the surface above, all blew up."
_NEAR_END = (
    "Near the end, **{best}** has the lowest training loss, {loss}: the median of epochs {epochs}, because losses "
    "jump. Another seed may have another winner."
)
_ALONE = "After {epochs}, the training loss of **{best}** is {loss}."


def reading(surface: Surface) -> str:
    """What the marks of the picture are."""
    if len(surface.lowest_points) > 1:
        return _READING_STARS
    return _READING_RINGS if len(surface.minima) > 1 else _READING


def about_surface(asked: Asked) -> str:
    """What kind of surface it is, with its numbers."""
    surface = asked.surface
    return _SURFACE.format(
        label=surface.label,
        note=surface.note,
        start=pair(asked.start),
        height=written(surface.value(*asked.start)),
        gradient=pair(surface.gradient(*asked.start)),
        lowest=" and ".join(map(pair, surface.lowest_points)),
    )


def notices(paths: Paths, own: Paths | None = None) -> list[str]:
    """What there is to notice, with the figures of the paths on screen; `own` are those at the optimizers' own rates,
    where the ones on screen have one rate for all."""
    steps, axis = count(paths.points.shape[1] - 1, "step"), ridge(paths)
    first = _arrivals(paths, steps)
    lines = [first if own is None else f"{first} {_at_own_rates(paths, own, steps)}", *_ends(paths, steps)]
    broken = [f"**{name}** in step {step}" for name, step in zip(paths.optimizers, paths.diverged_at) if step >= 0]
    reached = [place for place in reached_minima(paths).tolist() if place >= 0]
    if broken:
        lines.append(_BLEW_UP.format(steps=", ".join(broken)))
    elif axis is not None:
        lines.append(_RIDGE.format(axis="xy"[axis]))
    elif len(set(reached)) > 1:
        all_paths = count(len(paths.optimizers), "path")
        lines.append(_MINIMA.format(paths=all_paths, there=len(reached), ends=len(set(reached))))
    return lines


def about_network(history: History) -> str:
    """What the networks have in common."""
    alone = len(history.experiment.runs) == 1
    sentence, differ_in = (_NETWORK, "l2") if alone else (_NETWORKS, "optimizer")  # no network here has an L2 penalty
    facts = " · ".join(shared_facts(history.experiment, FACTORS[differ_in]))
    return sentence.format(parameters=history.flat_parameters.shape[2], facts=facts)


def winners(paths: Paths, history: History) -> str:
    """Which optimizer got lowest on the network, and which on the surface."""
    losses, ends = history.train_loss, _by_height(paths)
    if len(losses) == 1:
        epochs = count(int(history.epochs[-1]), "epoch")
        return _ALONE.format(epochs=epochs, best=paths.optimizers[0], loss=short(losses[0, -1]))
    near_end = np.median(losses[:, -LAST:], axis=1)
    best, lowest = paths.optimizers[near_end.argmin()], next(iter(ends.values()), [])
    if not ends:
        sentence = _ALL_BLEW_UP
    elif len(lowest) == len(near_end):
        sentence = _NO_WINNER
    else:
        sentence = _SAME_WINNER if best in lowest else _WINNERS
    epochs = ", ".join(map(str, history.epochs[-LAST:]))
    said = _NEAR_END.format(best=best, loss=short(near_end.min()), epochs=epochs)
    return sentence.format(near_end=said, best=best, lowest=_BOLD.join(lowest))


def _ends(paths: Paths, steps: str) -> list[str]:
    """How high the paths ended that did not blow up, if there are any."""
    ends = list(_by_height(paths).items())
    if not ends:
        return []
    (low, lowest), (high, highest) = ends[0], ends[-1]
    if len(ends) > 1:
        sentence = _ENDS_OF_SOME if (paths.diverged_at >= 0).any() else _ENDS
    elif len(lowest) > 1:
        sentence = _ALIKE if len(lowest) == len(paths.optimizers) else _OTHERS_ALIKE
    else:
        sentence = _END
    lowest, highest = _BOLD.join(lowest), _BOLD.join(highest)
    said = sentence.format(steps=steps, lowest=lowest, low=low, highest=highest, high=high)
    outside = _outside(paths)
    return [f"{said} {_OUTSIDE.format(names=', '.join(outside))}" if outside else said]


def _outside(paths: Paths) -> list[str]:
    """Those of them that ended where the picture does not reach, with the place."""
    least, greatest = np.transpose(SURFACES[paths.surface].window)
    ends = paths.points[:, -1]
    is_outside = ((ends < least) | (ends > greatest)).any(axis=1) & (paths.diverged_at < 0)
    return [f"**{paths.optimizers[run]}**, at {pair(ends[run])}" for run in np.flatnonzero(is_outside)]


def _by_height(paths: Paths) -> dict[str, list[str]]:
    """The optimizers that did not blow up, by the height where they ended, from the lowest on: those whose heights are
    written alike are together."""
    above = paths.heights[:, -1] - SURFACES[paths.surface].lowest
    optimizers = {}
    for run in above.argsort(kind="stable"):
        if paths.diverged_at[run] < 0:
            optimizers.setdefault(short(above[run]), []).append(paths.optimizers[run])
    return optimizers


def _at_own_rates(paths: Paths, own: Paths, steps: str) -> str:
    """What becomes of the arrivals if each optimizer has the rate that suits it."""
    there, late = _there_and_late(own)
    there = [f"{arrival} ({exact(rate)})" for arrival, rate in there]
    sentence = _OWN_RATES_NOBODY if not there else _OWN_RATES_LATE if late else _OWN_RATES
    return sentence.format(
        rate=exact(paths.rates[0]), arrivals=", ".join(there), steps=steps, names=", ".join(late)
    )  # fmt: skip


def _there_and_late(paths: Paths) -> tuple[list[tuple[str, float]], list[str]]:
    """The optimizers that arrive, first the fastest, with their steps and their rates, and those that do not."""
    found = sorted(zip(arrivals(paths).tolist(), paths.optimizers, paths.rates), key=lambda item: item[0])
    there = [(f"**{name}** {step}", rate) for step, name, rate in found if step >= 0]
    return there, [name for step, name, _ in found if step < 0]


def _arrivals(paths: Paths, steps: str) -> str:
    found, late = _there_and_late(paths)
    there = [arrival for arrival, _ in found]
    if not there:
        return _NOBODY.format(steps=steps, share=exact_percent(ARRIVED))
    sentence = _ARRIVALS.format(share=exact_percent(ARRIVED), arrivals=", ".join(there))
    return f"{sentence} {_LATE.format(steps=steps, names=', '.join(late))}" if late else sentence
