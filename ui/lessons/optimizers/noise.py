"""Optimizers on a network: what minibatches change, and an L2 penalty beside weight decay, in words."""

from core import Experiment
from core.lessons.decay import Lengths
from core.lessons.minibatches import Spread
from ui.shell.labels import label
from ui.shell.language import N_, _
from ui.shell.numbers import exact, percent, written

_MINIBATCHES = N_(
    "**Minibatches.** Each step uses {size} of the {samples} training samples, so its gradient is only an estimate. "
    "This is the *stochastic* in stochastic gradient descent. Before training, the gradients of the minibatches of "
    "**{name}** are on average {before} times as long as the gradient of all samples. {opposed_before} of them point "
    "in a wrong direction (more than 90° away). After training, they are {after} times as long, and {opposed_after} "
    "point in a wrong direction."
)
_FULL_BATCH = N_("**No minibatches.** Each step uses all {samples} training samples, so its gradient is exact.")
_DECAY = N_(
    "**L2 penalty or weight decay?** Length of all weights and biases after training, compared with the start: "
    "{alone} times with **{adam}**, {penalty} times with **{adam}** and an L2 penalty of {strength}, {decay} times "
    "with **{adamw}**. In each step, {adamw} subtracts the learning rate times {strength} times each weight directly. "
    "{adam} divides the slope of the penalty, like the whole gradient, by the recent size of the gradient. "
    "So the same number has a different effect."
)


def minibatches(experiment: Experiment, run: int, found: Spread) -> str:
    """How the gradients of the minibatches of one network differ from that of all samples."""
    samples, size = experiment.dataset.size.training_samples, experiment.samples_per_step
    if size == samples:
        return _(_FULL_BATCH, samples=samples)
    (before, after), (opposed_before, opposed_after) = found.length, found.opposed
    return _(
        _MINIBATCHES, size=size, samples=samples, name=label("optimizer", experiment.runs[run].optimizer),
        before=written(before, 3), after=written(after, 3), opposed_before=percent(opposed_before),
        opposed_after=percent(opposed_after),
    )  # fmt: skip


def decay(found: Lengths) -> str:
    """How far a penalty and a decay of one strength keep weights small."""
    return _(
        _DECAY, adam=label("optimizer", "adam"), adamw=label("optimizer", "adamw"), strength=exact(found.strength),
        penalty=written(found.penalty, 3), decay=written(found.decay, 3), alone=written(found.alone, 3),
    )  # fmt: skip
