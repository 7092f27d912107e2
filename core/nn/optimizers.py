"""Optimizers: how a gradient becomes a change of the parameters.

Parameters, gradients and state arrays are (run, parameter), one row per network, so that one call moves a whole stack.
`init(parameters)` makes the state, a list of arrays of that shape; `step(p, g, state, lr, t)` changes `p` and `state`
in place, with `lr` (run, 1) or (1, 1) and `t` = 1, 2, ... the number of the step.

Update rules, names and coefficients are those of torch.optim 2.13.  Keras differs in places: its epsilon is 1e-7, its
RMSProp forgets with 0.9 instead of 0.99, its Adagrad starts from 0.1 instead of 0.  The default learning rates are not
PyTorch's: they suit this project's small problems, and were found by `benchmarks/learning_rates.py` (rule there).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

MOMENTUM = 0.9
BETA1, BETA2 = 0.9, 0.999  # forgetting of the gradient's mean and of its square in the Adam family
EPSILON = 1e-8
RMSPROP_ALPHA = 0.99
ADAGRAD_EPSILON = 1e-10
ADADELTA_RHO, ADADELTA_EPSILON = 0.9, 1e-6
NADAM_DECAY, NADAM_BASE = 4e-3, 0.96
WEIGHT_DECAY = 0.01

State = list[np.ndarray]
Init = Callable[[np.ndarray], State]
Step = Callable[[np.ndarray, np.ndarray, State, np.ndarray, int], None]


@dataclass(frozen=True)
class Optimizer:
    """One optimizer; `family` says what it changes of plain gradient descent."""

    name: str
    label: str
    family: str
    learning_rate: float
    init: Init
    step: Step
    note: str
    source: str


def _zeros(count: int) -> Init:
    return lambda p: [np.zeros_like(p) for _ in range(count)]


def _sgd(p, g, state, lr, t):
    p -= lr * g


def _momentum(p, g, state, lr, t):
    (velocity,) = state
    velocity *= MOMENTUM
    velocity += g
    p -= lr * velocity


def _nag(p, g, state, lr, t):
    (velocity,) = state
    velocity *= MOMENTUM
    velocity += g
    p -= lr * (g + MOMENTUM * velocity)


def _adagrad(p, g, state, lr, t):
    (total,) = state
    total += g * g
    p -= lr * g / (np.sqrt(total) + ADAGRAD_EPSILON)


def _rmsprop(p, g, state, lr, t):
    (v,) = state
    v += (1 - RMSPROP_ALPHA) * (g * g - v)
    p -= lr * g / (np.sqrt(v) + EPSILON)


def _adadelta(p, g, state, lr, t):
    v, moved = state  # running means of the squared gradient and of the squared step
    v += (1 - ADADELTA_RHO) * (g * g - v)
    step = np.sqrt(moved + ADADELTA_EPSILON) / np.sqrt(v + ADADELTA_EPSILON) * g
    moved += (1 - ADADELTA_RHO) * (step * step - moved)
    p -= lr * step


def _update_moments(m, v, g):
    """Running means of the gradient and of its square."""
    m += (1 - BETA1) * (g - m)
    v += (1 - BETA2) * (g * g - v)


def _adam(p, g, state, lr, t):
    m, v = state
    _update_moments(m, v, g)
    p -= lr / (1 - BETA1**t) * m / (np.sqrt(v / (1 - BETA2**t)) + EPSILON)


def _nadam(p, g, state, lr, t):
    m, v, mu_product = state
    mu = BETA1 * (1 - 0.5 * NADAM_BASE ** (t * NADAM_DECAY))
    mu_next = BETA1 * (1 - 0.5 * NADAM_BASE ** ((t + 1) * NADAM_DECAY))
    mu_product *= mu
    _update_moments(m, v, g)
    ahead = mu_next / (1 - mu_product * mu_next) * m + (1 - mu) / (1 - mu_product) * g
    p -= lr * ahead / (np.sqrt(v / (1 - BETA2**t)) + EPSILON)


def _adamw(p, g, state, lr, t):
    p *= 1 - lr * WEIGHT_DECAY
    _adam(p, g, state, lr, t)


def _adamax(p, g, state, lr, t):
    m, u = state
    m += (1 - BETA1) * (g - m)
    np.maximum(BETA2 * u, np.abs(g) + EPSILON, out=u)
    p -= lr / (1 - BETA1**t) * m / u


def _amsgrad(p, g, state, lr, t):
    m, v, greatest = state
    _update_moments(m, v, g)
    np.maximum(greatest, v, out=greatest)
    p -= lr / (1 - BETA1**t) * m / (np.sqrt(greatest / (1 - BETA2**t)) + EPSILON)


def _radam(p, g, state, lr, t):
    m, v = state
    _update_moments(m, v, g)
    rho_limit = 2 / (1 - BETA2) - 1
    rho = rho_limit - 2 * t * BETA2**t / (1 - BETA2**t)
    step = lr / (1 - BETA1**t) * m
    if rho > 5:  # enough gradients seen for v to be trusted
        rectify = (rho - 4) * (rho - 2) * rho_limit / ((rho_limit - 4) * (rho_limit - 2) * rho)
        step *= np.sqrt(rectify * (1 - BETA2**t)) / (np.sqrt(v) + EPSILON)
    p -= step


# From simple to complex, the family tree first; new ones go last, as with the activations.
_RECORDS = (
    Optimizer(
        "sgd", "SGD", "plain", 0.3, _zeros(0), _sgd,
        "Straight down the gradient of each minibatch.", "Robbins & Monro 1951",
    ),
    Optimizer(
        "momentum", "Momentum", "gradient changed", 0.03, _zeros(1), _momentum,
        "Keeps 9/10 of its velocity, so that steps in one direction add up.", "Polyak 1964",
    ),
    Optimizer(
        "nag", "NAG", "gradient changed", 0.03, _zeros(1), _nag,
        "Momentum that looks ahead to where it is going.", "Nesterov 1983; Sutskever et al. 2013",
    ),
    Optimizer(
        "adagrad", "Adagrad", "rate adapted", 0.1, _zeros(1), _adagrad,
        "Divides by all squared gradients so far: the rate only ever falls.", "Duchi et al. 2011",
    ),
    Optimizer(
        "rmsprop", "RMSProp", "rate adapted", 0.01, _zeros(1), _rmsprop,
        "Divides by the recent size of the gradient.", "Tieleman & Hinton 2012",
    ),
    Optimizer(
        "adadelta", "AdaDelta", "rate adapted", 1.0, _zeros(2), _adadelta,
        "Takes the size of its steps from the size of its recent steps.", "Zeiler 2012",
    ),
    Optimizer(
        "adam", "Adam", "both", 0.01, _zeros(2), _adam,
        "Momentum, divided by the recent size of the gradient.", "Kingma & Ba 2015",
    ),
    Optimizer(
        "nadam", "Nadam", "both", 0.01, lambda p: [*_zeros(2)(p), np.ones((1, 1), p.dtype)], _nadam,
        "Adam that looks ahead as NAG does.", "Dozat 2016",
    ),
    Optimizer(
        "adamw", "AdamW", "both", 0.01, _zeros(2), _adamw,
        "Adam, with all parameters pulled a little towards 0 at each step (weight decay 0.01).",
        "Loshchilov & Hutter 2019",
    ),
    Optimizer(
        "adamax", "Adamax", "both", 0.03, _zeros(2), _adamax,
        "Adam that divides by the greatest recent gradient.", "Kingma & Ba 2015",
    ),
    Optimizer(
        "amsgrad", "AMSGrad", "both", 0.01, _zeros(3), _amsgrad,
        "Adam whose divisor never falls.", "Reddi et al. 2018",
    ),
    Optimizer(
        "radam", "RAdam", "both", 0.03, _zeros(2), _radam,
        "Adam that trusts its divisor only once enough gradients are seen.", "Liu et al. 2020",
    ),
)  # fmt: skip

OPTIMIZERS: dict[str, Optimizer] = {record.name: record for record in _RECORDS}
