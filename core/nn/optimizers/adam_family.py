"""Adam and what came after it."""

from collections.abc import Iterator

import numpy as np

from .record import EPSILON, Optimizer, State, zeros
from .terms import Step, Term, mean_square, ten_to_the

# Coefficients without a unit, as in torch.optim.
BETA1, BETA2 = 0.9, 0.999  # shares of the gradient's mean and of its square's that are kept at each step
NADAM_DECAY, NADAM_BASE = 4e-3, 0.96  # of the momentum's rise towards BETA1
WEIGHT_DECAY = 0.01  # of the parameters and the learning rate, at each step


def _update_moments(m: np.ndarray, v: np.ndarray, g: np.ndarray) -> None:
    """Running means of the gradient and of its square."""
    m += (1 - BETA1) * (g - m)
    v += (1 - BETA2) * (g * g - v)


def _mean(s: Step) -> Iterator[Term]:
    yield Term("mean before", "m_{t-1}", "", "Mean of recent gradients.", s.before[0])
    formula = rf"{BETA1} m_{{t-1}} + {1 - BETA1:g} g_t"
    yield Term("mean", "m_t", formula, "Nine tenths are kept, one tenth is the new gradient.", s.after[0])


_CORRECTED = "Corrected, because it started at 0."


def _mean_hat(s: Step) -> Iterator[Term]:
    formula = rf"m_t / (1 - {BETA1}^t)"
    yield Term("corrected mean", r"\hat m_t", formula, _CORRECTED, s.after[0] / (1 - BETA1**s.t))


def _square_hat(s: Step, symbol: str = "v_t", place: int = 1) -> Iterator[Term]:
    formula = rf"{symbol} / (1 - {BETA2}^t)"
    yield Term("corrected mean square", r"\hat v_t", formula, _CORRECTED, s.after[place] / (1 - BETA2**s.t))


_DIVIDED = rf"(\sqrt{{\hat v_t}} + {ten_to_the(EPSILON)})"


def _adam(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    m, v = state
    _update_moments(m, v, g)
    p -= lr / (1 - BETA1**t) * m / (np.sqrt(v / (1 - BETA2**t)) + EPSILON)


def _adam_terms(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *mean_square(s, 1, BETA2))
    (m_hat,), (v_hat,) = _mean_hat(s), _square_hat(s)
    yield from (m_hat, v_hat)
    step = -s.rate * m_hat.value / (np.sqrt(v_hat.value) + EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, \hat m_t / {_DIVIDED}", "The mean divided by the recent size.", step)


def _nadam_state(p: np.ndarray) -> State:
    """Both moments, and the product of all momenta so far, which is one number for all."""
    return [*zeros(2)(p), np.ones((1, 1), p.dtype)]


def _nadam(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    m, v, mu_product = state
    mu = BETA1 * (1 - 0.5 * NADAM_BASE ** (t * NADAM_DECAY))
    mu_next = BETA1 * (1 - 0.5 * NADAM_BASE ** ((t + 1) * NADAM_DECAY))
    mu_product *= mu
    _update_moments(m, v, g)
    ahead = mu_next / (1 - mu_product * mu_next) * m + (1 - mu) / (1 - mu_product) * g
    p -= lr * ahead / (np.sqrt(v / (1 - BETA2**t)) + EPSILON)


def _nadam_terms(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *mean_square(s, 1, BETA2))
    mu, mu_next = (BETA1 * (1 - 0.5 * NADAM_BASE ** (t * NADAM_DECAY)) for t in (s.t, s.t + 1))
    formula = rf"{BETA1} (1 - 0.5 \cdot {NADAM_BASE}^{{{NADAM_DECAY} t}})"
    yield Term("momentum", r"\mu_t", formula, "It rises slowly from step to step.", np.array(mu))
    yield Term("momentum after", r"\mu_{t+1}", "", "The same for the next step.", np.array(mu_next))
    product = s.after[2][0]
    yield Term("product", r"\pi_t", r"\mu_1 \mu_2 \cdots \mu_t", "Product of the momenta of all steps.", product)
    ahead = mu_next / (1 - product * mu_next) * s.after[0] + (1 - mu) / (1 - product) * s.g
    formula = r"\frac{\mu_{t+1}}{1 - \pi_t \mu_{t+1}} m_t + \frac{1 - \mu_t}{1 - \pi_t} g_t"
    yield Term("look ahead", "n_t", formula, "The mean, one step ahead.", ahead)
    (v_hat,) = _square_hat(s)
    yield v_hat
    step = -s.rate * ahead / (np.sqrt(v_hat.value) + EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, n_t / {_DIVIDED}", "The look-ahead divided by the recent size.", step)


def _adamw(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    p *= 1 - lr * WEIGHT_DECAY
    _adam(p, g, state, lr, t)


def _adamw_terms(s: Step) -> Iterator[Term]:
    *terms, adam = _adam_terms(s)
    yield from terms
    yield Term("Adam's step", "a_t", adam.formula, adam.meaning, adam.value)
    decay = -s.rate * WEIGHT_DECAY * s.p
    yield Term("decay", "d_t", rf"-{WEIGHT_DECAY} \eta\, \theta_{{t-1}}", "Always towards 0.", decay)
    yield Term("step", r"\Delta_t", "a_t + d_t", "The sum of both.", adam.value + decay)


def _adamax(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    m, u = state
    m += (1 - BETA1) * (g - m)
    np.maximum(BETA2 * u, np.abs(g) + EPSILON, out=u)
    p -= lr / (1 - BETA1**t) * m / u


def _adamax_terms(s: Step) -> Iterator[Term]:
    yield from _mean(s)
    yield Term("greatest before", "u_{t-1}", "", "The largest size of recent gradients.", s.before[1])
    formula = rf"\max({BETA2} u_{{t-1}},\ \lvert g_t \rvert + {ten_to_the(EPSILON)})"
    yield Term("greatest", "u_t", formula, "It falls slowly and rises immediately.", s.after[1])
    (m_hat,) = _mean_hat(s)
    yield m_hat
    step = -s.rate * m_hat.value / s.after[1]
    yield Term("step", r"\Delta_t", r"-\eta\, \hat m_t / u_t", "The mean divided by the largest size.", step)


def _amsgrad(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    m, v, greatest = state
    _update_moments(m, v, g)
    np.maximum(greatest, v, out=greatest)
    p -= lr / (1 - BETA1**t) * m / (np.sqrt(greatest / (1 - BETA2**t)) + EPSILON)


def _amsgrad_terms(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *mean_square(s, 1, BETA2))
    yield Term("greatest before", "w_{t-1}", "", "The largest mean square so far.", s.before[2])
    yield Term("greatest", "w_t", r"\max(w_{t-1},\ v_t)", "It never falls.", s.after[2])
    (m_hat,), (v_hat,) = _mean_hat(s), _square_hat(s, "w_t", 2)
    yield from (m_hat, v_hat)
    step = -s.rate * m_hat.value / (np.sqrt(v_hat.value) + EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, \hat m_t / {_DIVIDED}", "The mean divided by the largest size.", step)


def _radam(p: np.ndarray, g: np.ndarray, state: State, lr: np.ndarray, t: int) -> None:
    m, v = state
    _update_moments(m, v, g)
    rho_limit = 2 / (1 - BETA2) - 1
    rho = rho_limit - 2 * t * BETA2**t / (1 - BETA2**t)
    step = lr / (1 - BETA1**t) * m
    if rho > 5:  # enough gradients seen for v to be trusted
        rectify = (rho - 4) * (rho - 2) * rho_limit / ((rho_limit - 4) * (rho_limit - 2) * rho)
        step *= np.sqrt(rectify * (1 - BETA2**t)) / (np.sqrt(v) + EPSILON)
    p -= step


def _radam_terms(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *mean_square(s, 1, BETA2), *_mean_hat(s))
    m_hat = s.after[0] / (1 - BETA1**s.t)
    limit = 2 / (1 - BETA2) - 1
    rho = limit - 2 * s.t * BETA2**s.t / (1 - BETA2**s.t)
    formula = rf"{limit:g} - 2t \cdot {BETA2}^t / (1 - {BETA2}^t)"
    yield Term("gradients seen", r"\rho_t", formula, "About how many gradients v is computed from.", np.array(rho))
    if rho <= 5:
        yield Term(
            "step", r"\Delta_t", r"-\eta\, \hat m_t", "Too few gradients (at most 5): the mean alone.", -s.rate * m_hat
        )
        return
    rectify = np.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho))
    formula = (
        rf"\sqrt{{\tfrac{{(\rho_t - 4)(\rho_t - 2) \cdot {limit:g}}}{{{limit - 4:g} \cdot {limit - 2:g}\, \rho_t}}}}"
    )
    yield Term("trust", "r_t", formula, "It grows to 1 with the number of gradients.", np.array(rectify))
    scale = np.sqrt(1 - BETA2**s.t) / (np.sqrt(s.after[1]) + EPSILON)
    formula = rf"\sqrt{{1 - {BETA2}^t}} / (\sqrt{{v_t}} + {ten_to_the(EPSILON)})"
    yield Term("scale", "l_t", formula, "1 divided by the recent size of the gradient.", scale)
    step = -s.rate * rectify * scale * m_hat
    yield Term("step", r"\Delta_t", r"-\eta\, r_t\, l_t\, \hat m_t", "The mean divided by the recent size.", step)


# New optimizers of any family go last here.
ADAM_FAMILY = (
    Optimizer(
        name="adam", label="Adam", full_name="adaptive moment estimation", family="both",
        init=zeros(2), step=_adam, terms=_adam_terms, learning_rate=0.01, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.5, "valley": 0.2, "rosenbrock": 0.2, "saddle": 1.0, "beale": 0.5, "rastrigin": 0.5,
        },
        torch=("Adam",), source="Kingma & Ba 2015",
        note="Momentum, divided by the recent size of the gradient.",
    ),
    Optimizer(
        name="nadam", label="Nadam", full_name="Adam with Nesterov momentum", family="both",
        init=_nadam_state, step=_nadam, terms=_nadam_terms, learning_rate=0.01, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.5, "valley": 0.2, "rosenbrock": 0.2, "saddle": 0.5, "beale": 0.5, "rastrigin": 0.1,
        },
        torch=("NAdam",), source="Dozat 2016",
        note="Adam that looks one step ahead, like NAG.",
    ),
    Optimizer(
        name="adamw", label="AdamW", full_name="Adam with decoupled weight decay", family="both",
        init=zeros(2), step=_adamw, terms=_adamw_terms, learning_rate=0.01, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.5, "valley": 0.2, "rosenbrock": 0.2, "saddle": 1.0, "beale": 0.5, "rastrigin": 0.5,
        },
        torch=("AdamW",), source="Loshchilov & Hutter 2019",
        note="Adam that also moves all parameters slightly towards 0 in every step (weight decay 0.01).",
    ),
    Optimizer(
        name="adamax", label="Adamax", full_name="Adam with the maximum norm", family="both",
        init=zeros(2), step=_adamax, terms=_adamax_terms, learning_rate=0.03, least_divisor=EPSILON,
        surface_rates={
            "bowl": 1.0, "valley": 0.5, "rosenbrock": 0.5, "saddle": 1.0, "beale": 2.0, "rastrigin": 1.0,
        },
        torch=("Adamax",), source="Kingma & Ba 2015",
        note="Adam that divides by the largest recent gradient.",
    ),
    Optimizer(
        name="amsgrad", label="AMSGrad", family="both",
        init=zeros(3), step=_amsgrad, terms=_amsgrad_terms, learning_rate=0.01, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.5, "valley": 0.2, "rosenbrock": 0.2, "saddle": 1.0, "beale": 0.5, "rastrigin": 0.5,
        },
        torch=("Adam", "amsgrad=True"), source="Reddi et al. 2018",
        note="Adam with a divisor that never falls.",
    ),
    Optimizer(
        name="radam", label="RAdam", full_name="rectified Adam", family="both",
        init=zeros(2), step=_radam, terms=_radam_terms, learning_rate=0.03, least_divisor=EPSILON,
        surface_rates={
            "bowl": 0.1, "valley": 0.01, "rosenbrock": 0.0002, "saddle": 1.0, "beale": 0.005, "rastrigin": 0.05,
        },
        torch=("RAdam",), source="Liu et al. 2020",
        note="Adam that uses its divisor only after enough gradients.",
    ),
)  # fmt: skip
