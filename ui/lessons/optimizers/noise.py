"""Optimizers on a network: what minibatches change, and an L2 penalty beside weight decay, in words."""

from core import Experiment
from core.lessons.decay import Lengths
from core.lessons.minibatches import Spread
from ui.shell.numbers import exact, percent, written

_MINIBATCHES = (
    "**Minibatches.** Each step sees {size} of the {samples} training samples, and so a gradient of its own: that is "
    "the *stochastic* in stochastic gradient descent. Before training, the gradients of **{name}**'s minibatches are "
    "{before} times as long as that of all samples (on average), and {opposed_before} of them point away from it; in "
    "the end {after} times, and {opposed_after}."
)
_FULL_BATCH = "**No minibatches.** Each step sees all {samples} training samples: its gradient is exact."
_DECAY = (
    "**L2 penalty or weight decay?** With a penalty of {strength} in **adam**'s gradient, the weights end {penalty} "
    "times as long as they began; with **adamw**, which in each step takes the learning rate times {strength} off "
    "every weight directly, {decay} times; with neither, {alone} times. Adam divides the penalty's "
    "slope, as all of the gradient, by the gradient's recent size, so that the same number is not the same pull."
)


def minibatches(experiment: Experiment, run: int, found: Spread) -> str:
    """How the gradients of the minibatches of one network differ from that of all samples."""
    samples, size = experiment.dataset.size.training_samples, experiment.samples_per_step
    if size == samples:
        return _FULL_BATCH.format(samples=samples)
    (before, after), (opposed_before, opposed_after) = found.length, found.opposed
    return _MINIBATCHES.format(
        size=size, samples=samples, name=experiment.runs[run].optimizer, before=written(before, 3),
        after=written(after, 3), opposed_before=percent(opposed_before), opposed_after=percent(opposed_after),
    )  # fmt: skip


def decay(found: Lengths) -> str:
    """How far a penalty and a decay of one strength keep weights small."""
    return _DECAY.format(
        strength=exact(found.strength), penalty=written(found.penalty, 3), decay=written(found.decay, 3),
        alone=written(found.alone, 3),
    )  # fmt: skip
