"""Optimizers: the sentences of the lesson, with the figures of what is on screen."""

import numpy as np

from core import History
from core.lessons.descent import ARRIVED, Paths, arrivals, reached_minima, ridge
from core.lessons.surfaces import SURFACES
from ui.lessons.optimizers.charts import leaving
from ui.lessons.optimizers.controls import Asked
from ui.shell.experiments import listed, shared_facts
from ui.shell.factors import FACTORS
from ui.shell.labels import label
from ui.shell.language import N_, NN_, _, plural
from ui.shell.numbers import count, exact, exact_percent, pair, short, written

LAST = 3  # records of a network: the loss of one alone may be by chance

_READING = N_(
    "**Click the surface or drag the circle: the paths start there.** Stronger colour: higher. The numbers on the "
    "lines are heights. Each dot is a step. {marks}"
)
_STAR, _STARS = N_("Star: lowest point."), N_("Stars: lowest points.")
_STAR_AND_MINIMA = N_("Star: lowest point. Small circles: other minima.")
_LEAVING = N_("Triangle at the edge: a path leaves the chart there ({names}).")
_ARRIVALS = N_("Steps until the path is, and stays, at least {share} of the way down to the lowest height: {arrivals}.")
_NOBODY = N_("Within {steps}, no path gets {share} of the way down to the lowest height and stays there.")
_LATE = N_("Not within {steps}: {names}.")
_ENDS = N_("Lowest after {steps}: **{lowest}**, {low} above the lowest point. Highest: **{highest}**, {high} above it.")
_ENDS_OF_SOME = N_(
    "Lowest of those that did not diverge, after {steps}: **{lowest}**, {low} above the lowest point. "
    "Highest: **{highest}**, {high} above it."
)
_ALIKE = N_("After {steps}, all are {low} above the lowest point.")
_OTHERS_ALIKE = N_("After {steps}, all that did not diverge are {low} above the lowest point.")
_END = N_("After {steps}, **{lowest}** is {low} above the lowest point.")
_OUTSIDE = N_("Ended outside the chart: {names}.")
_ENDED_AT = N_("**{name}** at {place}")
_DIVERGED = NN_(
    "The learning rate is too large here for: {steps}. It **diverged**: its numbers became infinite.",
    "The learning rate is too large here for: {steps}. They **diverged**: their numbers became infinite.",
)
_DIVERGED_AT = N_("**{name}** (step {step})")
_RIDGE = N_("This start is exactly on the ridge, where the slope along {axis} is 0. No step leaves the ridge.")
_BOLD = "**, **"  # between names, of which the first and the last have the outer asterisks
_PATHS = NN_("{number} path", "{number} paths")
_MINIMA = N_("Of {paths}, {there} ended close to a minimum, at {ends} different ones.")
_OWN_RATES = N_(
    "This is with the learning rate {rate} for all. With the default for each, the steps (and learning "
    "rates) are: {arrivals}."
)
_OWN_RATES_NOBODY = N_(
    "This is with the learning rate {rate} for all. With the default for each, no path gets there within {steps}."
)
_SURFACE = N_(
    "**{label}.** {note} At the start {start}, the height is {height} and the gradient is {gradient}. The surface is "
    "lowest at {lowest}."
)
_NETWORKS = N_(
    "The loss of a network is also a surface, over {parameters} parameters instead of two. Only the optimizer and its "
    "learning rate differ between these networks."
)
_NETWORK = N_("The loss of a network is also a surface, over {parameters} parameters instead of two.")
_SAME_FOR_ALL, _THIS_NETWORK = N_("The same for all: {facts}."), N_("This network: {facts}.")
_WINNERS = N_("On the surface above, **{lowest}** ended lowest.")
_SAME_WINNER = N_("On the surface above, **{best}** also ended lowest. On another surface, this may be different.")
_OTHER_RATES = N_("The learning rates on the surface and of the networks are not the same.")
_UNDECIDED = N_(
    "On the surface above, no path ended close to the lowest height, so it is not clear which optimizer is best there."
)
_NO_WINNER = N_("On the surface above, all ended at the same height.")
_ALL_DIVERGED = N_("On the surface above, all diverged.")
_NEAR_END = N_(
    "Near the end of training, **{best}** has the lowest training loss: {loss}, the median of epochs {epochs}. (The "
    "loss of a single epoch may be low by chance.) With another seed, another optimizer may be best."
)
_ALONE = N_("After {epochs}, the training loss of **{best}** is {loss}.")


def reading(paths: Paths) -> str:
    """What the marks of the picture are."""
    surface, out = SURFACES[paths.surface], leaving(paths)
    marks = _STARS if len(surface.lowest_points) > 1 else _STAR_AND_MINIMA if len(surface.minima) > 1 else _STAR
    said = _(_READING, marks=_(marks))
    return f"{said} {_(_LEAVING, names=listed(map(_label, out)))}" if out else said


def about_surface(asked: Asked) -> str:
    """What kind of surface it is, with its numbers."""
    surface = asked.surface
    return _(
        _SURFACE, label=_(surface.label), note=_(surface.note), start=pair(asked.start),
        height=written(surface.value(*asked.start)), gradient=pair(surface.gradient(*asked.start)),
        lowest=listed(map(pair, surface.lowest_points)),
    )  # fmt: skip


def notices(paths: Paths, own: Paths | None = None) -> list[str]:
    """What there is to notice, with the figures of the paths on screen; `own` are those at the optimizers' own rates,
    where the ones on screen have one rate for all."""
    steps, axis = count(paths.points.shape[1] - 1, "step"), ridge(paths)
    first = _arrivals(paths, steps)
    lines = [first if own is None else f"{first} {_at_own_rates(paths, own, steps)}", *_ends(paths, steps)]
    broken = [
        _(_DIVERGED_AT, name=_label(name), step=step)
        for name, step in zip(paths.optimizers, paths.diverged_at)
        if step >= 0
    ]
    reached = [place for place in reached_minima(paths).tolist() if place >= 0]
    if broken:
        lines.append(plural(*_DIVERGED, len(broken), steps=", ".join(broken)))
    elif axis is not None:
        lines.append(_(_RIDGE, axis="xy"[axis]))
    elif len(set(reached)) > 1:
        all_paths = plural(*_PATHS, len(paths.optimizers))
        lines.append(_(_MINIMA, paths=all_paths, there=len(reached), ends=len(set(reached))))
    return lines


def about_network(history: History) -> str:
    """What the networks have in common."""
    alone = len(history.experiment.runs) == 1
    sentence, facts = (_NETWORK, _THIS_NETWORK) if alone else (_NETWORKS, _SAME_FOR_ALL)
    differ_in = FACTORS["l2" if alone else "optimizer"]  # no network here has an L2 penalty
    shared = " · ".join(shared_facts(history.experiment, differ_in))
    said = _(sentence, parameters=history.flat_parameters.shape[2])
    return f"{said} {_(facts, facts=shared)}"


def winners(paths: Paths, history: History) -> str:
    """Which optimizer got lowest on the network, and which on the surface."""
    losses, ends = history.train_loss, _by_height(paths)
    if len(losses) == 1:
        epochs = count(int(history.epochs[-1]), "epoch")
        return _(_ALONE, epochs=epochs, best=_label(paths.optimizers[0]), loss=short(losses[0, -1]))
    near_end = np.median(losses[:, -LAST:], axis=1)
    best, lowest = _label(paths.optimizers[near_end.argmin()]), next(iter(ends.values()), [])
    if not ends:
        sentence = _ALL_DIVERGED
    elif len(lowest) == len(near_end):
        sentence = _NO_WINNER
    elif (arrivals(paths) < 0).all():
        sentence = _UNDECIDED
    else:
        sentence = _SAME_WINNER if best in lowest else _WINNERS
    epochs = ", ".join(map(str, history.epochs[-LAST:]))
    said = _(_NEAR_END, best=best, loss=short(near_end.min()), epochs=epochs)
    said = f"{said} {_(sentence, best=best, lowest=_BOLD.join(lowest))}"
    is_ranked = sentence in (_WINNERS, _SAME_WINNER)
    have_other_rates = paths.rates != tuple(run.rate for run in history.experiment.runs)
    return f"{said} {_(_OTHER_RATES)}" if is_ranked and have_other_rates else said


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
    said = _(sentence, steps=steps, lowest=lowest, low=low, highest=highest, high=high)
    outside = _outside(paths)
    return [f"{said} {_(_OUTSIDE, names=', '.join(outside))}" if outside else said]


def _outside(paths: Paths) -> list[str]:
    """Those of them that ended where the picture does not reach, with the place."""
    least, greatest = np.transpose(SURFACES[paths.surface].window)
    ends = paths.points[:, -1]
    is_outside = ((ends < least) | (ends > greatest)).any(axis=1) & (paths.diverged_at < 0)
    return [
        _(_ENDED_AT, name=_label(paths.optimizers[run]), place=pair(ends[run])) for run in np.flatnonzero(is_outside)
    ]


def _by_height(paths: Paths) -> dict[str, list[str]]:
    """The labels of the optimizers that did not diverge, by the height where they ended, from the lowest on: those
    whose heights are written alike are together."""
    above = paths.heights[:, -1] - SURFACES[paths.surface].lowest
    optimizers = {}
    for run in above.argsort(kind="stable"):
        if paths.diverged_at[run] < 0:
            optimizers.setdefault(short(above[run]), []).append(_label(paths.optimizers[run]))
    return optimizers


def _at_own_rates(paths: Paths, own: Paths, steps: str) -> str:
    """What becomes of the arrivals if each optimizer has the rate that suits it."""
    there, late = _there_and_late(own)
    there = [f"{arrival} ({exact(rate)})" for arrival, rate in there]
    sentence = _OWN_RATES if there else _OWN_RATES_NOBODY
    said = _(sentence, rate=exact(paths.rates[0]), arrivals=", ".join(there), steps=steps)
    return f"{said} {_(_LATE, steps=steps, names=', '.join(late))}" if there and late else said


def _there_and_late(paths: Paths) -> tuple[list[tuple[str, float]], list[str]]:
    """The optimizers that arrive, first the fastest, with their steps and their rates, and those that do not."""
    found = sorted(zip(arrivals(paths).tolist(), paths.optimizers, paths.rates), key=lambda item: item[0])
    there = [(f"**{_label(name)}** {step}", rate) for step, name, rate in found if step >= 0]
    return there, [_label(name) for step, name, rate in found if step < 0]


def _arrivals(paths: Paths, steps: str) -> str:
    found, late = _there_and_late(paths)
    there = [arrival for arrival, rate in found]
    if not there:
        return _(_NOBODY, steps=steps, share=exact_percent(1 - ARRIVED))
    said = _(_ARRIVALS, share=exact_percent(1 - ARRIVED), arrivals=", ".join(there))
    return f"{said} {_(_LATE, steps=steps, names=', '.join(late))}" if late else said


def _label(optimizer: str) -> str:
    return label("optimizer", optimizer)
