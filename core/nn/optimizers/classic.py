"""Gradient descent and what was made of it before Adam: momentum, and rates that adapt."""

import math
from collections.abc import Iterator

import numpy as np

from .record import EPSILON, Optimizer, State, zeros
from .terms import Step, Term, mean_square, ten_to_the

# Coefficients without a unit, as in torch.optim: shares that are kept at each step, and what keeps a divisor from 0.
MOMENTUM = 0.9
ADAGRAD_EPSILON = 1e-10
RMSPROP_ALPHA = 0.99
ADADELTA_RHO, ADADELTA_EPSILON = 0.9, 1e-6


def _sgd(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    p -= lr * g


def _sgd_terms(s: Step) -> Iterator[Term]:
    yield Term("step", r"\Delta_t", r"-\eta\, g_t", "Against the gradient, times the learning rate.", -s.rate * s.g)


def _velocity(s: Step) -> Iterator[Term]:
    yield Term("velocity before", "m_{t-1}", "", "Earlier gradients, older ones with less weight.", s.before[0])
    formula = rf"{MOMENTUM} m_{{t-1}} + g_t"
    yield Term("velocity", "m_t", formula, "Nine tenths are kept, and the gradient is added.", s.after[0])


def _momentum(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    (velocity,) = state
    velocity *= MOMENTUM
    velocity += g
    p -= lr * velocity


def _momentum_terms(s: Step) -> Iterator[Term]:
    yield from _velocity(s)
    yield Term("step", r"\Delta_t", r"-\eta\, m_t", "Against the velocity.", -s.rate * s.after[0])


def _nag(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    (velocity,) = state
    velocity *= MOMENTUM
    velocity += g
    p -= lr * (g + MOMENTUM * velocity)


def _nag_terms(s: Step) -> Iterator[Term]:
    yield from _velocity(s)
    ahead = s.g + MOMENTUM * s.after[0]
    yield Term("look ahead", "n_t", rf"g_t + {MOMENTUM} m_t", "The next velocity, with the same gradient.", ahead)
    yield Term("step", r"\Delta_t", r"-\eta\, n_t", "Against the next velocity.", -s.rate * ahead)


def _adagrad(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    (total,) = state
    total += g * g
    p -= lr * g / (np.sqrt(total) + ADAGRAD_EPSILON)


def _adagrad_terms(s: Step) -> Iterator[Term]:
    (before,), (total,) = s.before, s.after
    yield Term("sum before", "s_{t-1}", "", "Sum of all earlier squared gradients.", before)
    yield Term("sum", "s_t", "s_{t-1} + g_t^2", "It never falls.", total)
    formula = rf"-\eta\, g_t / (\sqrt{{s_t}} + {ten_to_the(ADAGRAD_EPSILON)})"
    step = -s.rate * s.g / (np.sqrt(total) + ADAGRAD_EPSILON)
    yield Term("step", r"\Delta_t", formula, "Each parameter has its own learning rate, which never rises.", step)


def _rmsprop(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    (v,) = state
    v += (1 - RMSPROP_ALPHA) * (g * g - v)
    p -= lr * g / (np.sqrt(v) + EPSILON)


def _rmsprop_terms(s: Step) -> Iterator[Term]:
    yield from mean_square(s, 0, RMSPROP_ALPHA)
    formula = rf"-\eta\, g_t / (\sqrt{{v_t}} + {ten_to_the(EPSILON)})"
    step = -s.rate * s.g / (np.sqrt(s.after[0]) + EPSILON)
    yield Term("step", r"\Delta_t", formula, "The gradient divided by its recent size.", step)


def _adadelta(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    v, moved = state  # running means of the squared gradient and of the squared step
    v += (1 - ADADELTA_RHO) * (g * g - v)
    step = np.sqrt(moved + ADADELTA_EPSILON) / np.sqrt(v + ADADELTA_EPSILON) * g
    moved += (1 - ADADELTA_RHO) * (step * step - moved)
    p -= lr * step


def _adadelta_terms(s: Step) -> Iterator[Term]:
    yield from mean_square(s, 0, ADADELTA_RHO)
    moved, epsilon = s.before[1], ten_to_the(ADADELTA_EPSILON)
    yield Term("mean square of steps", "u_{t-1}", "", "Its square root is the recent size of the steps.", moved)
    change = np.sqrt(moved + ADADELTA_EPSILON) / np.sqrt(s.after[0] + ADADELTA_EPSILON) * s.g
    formula = rf"\sqrt{{u_{{t-1}} + {epsilon}}}\, g_t / \sqrt{{v_t + {epsilon}}}"
    yield Term("change", "d_t", formula, "The gradient divided by its size, times the steps' size.", change)
    yield Term("step", r"\Delta_t", r"-\eta\, d_t", "Against this change (the paper has rate 1).", -s.rate * change)


CLASSIC = (
    Optimizer(
        name="sgd", label="SGD", full_name="stochastic gradient descent", family="plain",
        init=zeros(0), step=_sgd, terms=_sgd_terms, learning_rate=0.3,
        surface_rates={
            "bowl": 0.2, "valley": 0.02, "rosenbrock": 0.005, "saddle": 1.0, "beale": 0.02, "rastrigin": 0.01,
        },
        torch=("SGD",), source="Robbins & Monro 1951",
        note="Each step goes against the gradient of one minibatch.",
    ),
    Optimizer(
        name="momentum", label="Momentum", family="gradient changed",
        init=zeros(1), step=_momentum, terms=_momentum_terms, learning_rate=0.03,
        surface_rates={
            "bowl": 0.1, "valley": 0.005, "rosenbrock": 0.002, "saddle": 0.5, "beale": 0.005, "rastrigin": 0.02,
        },
        torch=("SGD", f"momentum={MOMENTUM}"), source="Polyak 1964",
        note="Keeps 9/10 of its velocity, so that steps in the same direction add up.",
    ),
    Optimizer(
        name="nag", label="NAG", full_name="Nesterov's accelerated gradient", family="gradient changed",
        init=zeros(1), step=_nag, terms=_nag_terms, learning_rate=0.03,
        surface_rates={
            "bowl": 0.2, "valley": 0.01, "rosenbrock": 0.001, "saddle": 0.5, "beale": 0.005, "rastrigin": 0.005,
        },
        torch=("SGD", f"momentum={MOMENTUM}", "nesterov=True"), source="Nesterov 1983; Sutskever et al. 2013",
        note="Momentum that looks one step ahead.",
    ),
    Optimizer(
        name="adagrad", label="Adagrad", full_name="adaptive gradient", family="rate adapted",
        init=zeros(1), step=_adagrad, terms=_adagrad_terms, learning_rate=0.1, least_divisor=ADAGRAD_EPSILON,
        surface_rates={
            "bowl": 1.0, "valley": 0.5, "rosenbrock": 0.2, "saddle": 1.0, "beale": 2.0, "rastrigin": 1.0,
        },
        torch=("Adagrad",), source="Duchi et al. 2011",
        note="Divides by the root of the sum of all squared gradients: the learning rate never rises.",
    ),
    Optimizer(
        name="rmsprop", label="RMSProp", full_name="root mean square propagation", family="rate adapted",
        init=zeros(1), step=_rmsprop, terms=_rmsprop_terms, learning_rate=0.01, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.1, "valley": 0.05, "rosenbrock": 0.02, "saddle": 0.1, "beale": 0.2, "rastrigin": 0.1,
        },
        torch=("RMSprop",), source="Tieleman & Hinton 2012",
        note="Divides by the recent size of the gradient.",
    ),
    Optimizer(
        name="adadelta", label="AdaDelta", family="rate adapted",
        init=zeros(2), step=_adadelta, terms=_adadelta_terms, learning_rate=1.0,
        least_divisor=math.sqrt(ADADELTA_EPSILON),
        surface_rates={
            "bowl": 50.0, "valley": 20.0, "rosenbrock": 20.0, "saddle": 50.0, "beale": 100.0, "rastrigin": 10.0,
        },
        torch=("Adadelta",), source="Zeiler 2012",
        note="Scales each step by the size of its recent steps.",
    ),
)  # fmt: skip
