"""What the project knows of an optimizer.

Parameters, gradients and state arrays are (run, parameter), one row per network, so that one call moves a whole stack.
`init(parameters)` makes the state, a list of arrays of that shape; `step(p, g, state, lr, t)` changes `p` and `state`
in place, with `lr` (run, 1) or (1, 1) and `t` = 1, 2, ... the number of the step.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from .terms import State, Step, Term, kept_terms

EPSILON = 1e-8  # PyTorch's, added to a root that is divided by, so that it is never 0

Init = Callable[[np.ndarray], State]
Update = Callable[[np.ndarray, np.ndarray, State, np.ndarray, int], None]
Terms = Callable[[Step], Iterable[Term]]


@dataclass(frozen=True, kw_only=True)
class Optimizer:
    """An optimizer and all that the project knows of it.

    `name` is what people type and `label` what they read; `full_name` is what the label is short for, empty where it is
    short for nothing; `family` says what it changes of plain gradient descent: "plain" (nothing), "gradient changed",
    "rate adapted", "both", or "sign only": its steps do not depend on the size of gradients.  `init` makes the state
    and `step` takes a step (see the module); `learning_rate` is the default; `note` is a sentence on how it works and
    `source` the paper.

    `least_divisor` is the least that it divides a gradient by: where gradients are far smaller, its steps are small,
    too.  0 is for those that do not divide by the size of gradients.

    `terms` takes a step apart: all terms after the gradient, the last of them the step itself, which is added to the
    parameters.  Without it, the step is told by what the optimizer keeps.

    `surface_rates` has the learning rate that `benchmarks/surface_rates.py` finds for each surface of
    `core.lessons.surfaces`; one that is not there is found when it is asked for (`core.lessons.descent.rate_on`).

    `torch` holds the name of its class in torch.optim and those of its arguments, as text, that are not PyTorch's
    defaults; None says that PyTorch lacks it.
    """

    name: str
    label: str
    full_name: str = ""
    family: str
    init: Init
    step: Update
    terms: Terms = kept_terms
    learning_rate: float
    least_divisor: float = 0.0
    surface_rates: Mapping[str, float] = field(default_factory=dict)
    torch: tuple[str, ...] | None = None
    note: str
    source: str

    def takes_full_steps(self, size: float) -> bool:
        """Whether gradients of that size give steps that are as large as those of larger ones."""
        return size > 0 and (self.family == "sign only" or 0 < self.least_divisor <= size)


def zeros(count: int) -> Init:
    """An `init` that makes that many arrays of zeros."""
    return lambda p: [np.zeros_like(p) for _ in range(count)]
