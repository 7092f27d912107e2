"""An L2 penalty in Adam's gradient beside the weight decay of AdamW (Loshchilov & Hutter 2019).

The penalty's slope goes through Adam's running means: it is divided by the size of the gradient, as all of it is.  The
decay is taken off the parameters directly.
"""

from dataclasses import dataclass, replace

from ..analysis.summary import weights_left
from ..nn.optimizers.adam_family import WEIGHT_DECAY
from ..train.experiment import Experiment
from ..train.training import train


@dataclass(frozen=True)
class Lengths:
    """The Euclidean length of all weights and biases after training, as a multiple of that before.

    `alone` is Adam's, `penalty` that of Adam with an L2 penalty, and `decay` that of AdamW; `strength` is the
    coefficient of both.
    """

    alone: float
    penalty: float
    decay: float
    strength: float


def decay_or_penalty(experiment: Experiment) -> Lengths:
    """Trains the first run's network with adam, with adam and an L2 penalty as strong as AdamW's decay, and with adamw,
    each with its own learning rate."""
    run = replace(experiment.runs[0], optimizer="adam", learning_rate=None, l1=0.0, l2=0.0)
    runs = (run, replace(run, l2=WEIGHT_DECAY), replace(run, optimizer="adamw"))
    history = train(replace(experiment, runs=runs))
    alone, penalty, decay = map(float, weights_left(history))
    return Lengths(alone, penalty, decay, WEIGHT_DECAY)
