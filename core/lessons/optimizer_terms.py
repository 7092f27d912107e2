"""One step of an optimizer, taken apart into the terms that it is made of.

The optimizer's state is read from before and after a step that `core.nn.optimizers` really makes; what is left to
compute is how that state becomes the step.  Formulas are LaTeX, with the coefficients in use.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ..nn import optimizers as o
from ..nn.optimizers import OPTIMIZERS, State
from ..registry import look_up
from .surfaces import SURFACES, Point


@dataclass(frozen=True)
class Term:
    """One term: `value` is (parameter,), or () for a number that all parameters share.

    `formula` is how it comes from the terms before it, empty where it is given.
    """

    name: str
    symbol: str
    formula: str
    meaning: str
    value: np.ndarray


@dataclass(frozen=True)
class Step:
    """What there is to know of the step with number `t`: the parameters `p` before it and their gradient `g`, both
    (parameter,), and the state before and after it, in the order of the optimizer's own list."""

    p: np.ndarray
    g: np.ndarray
    before: State
    after: State
    rate: float
    t: int


def take_apart(optimizer: str, step: Step) -> tuple[Term, ...]:
    """The terms of that step, the gradient first; the last one is the step itself, which is added to the parameters."""
    gradient = Term("gradient", "g_t", r"\nabla f(\theta_{t-1})", "Points uphill, where the step begins.", step.g)
    return gradient, *_ANATOMIES[optimizer](step)


def step_on(surface: str, optimizer: str, rate: float, start: Point, number: int) -> Step:
    """The step of that number, from 1, of an optimizer's path down a surface (see `core.lessons.descent`).

    Raises `ValueError` for an unknown name, and for a step that cannot be reached because the path diverges before.
    """
    terrain, record = look_up("surface", SURFACES, surface), look_up("optimizer", OPTIMIZERS, optimizer)
    p, rates = np.array([start], float), np.array([[rate]])
    state = record.init(p)
    with np.errstate(all="ignore"):
        for t in range(1, number + 1):
            gradient = np.column_stack(terrain.gradient(*p.T))
            origin, before = p.copy(), [array.copy() for array in state]
            record.step(p, gradient, state, rates, t)
            if not np.isfinite(terrain.value(*p.T) + p.sum()):
                raise ValueError(f"{optimizer} diverges in step {t} of {number}")
    return Step(origin[0], gradient[0], [a[0] for a in before], [a[0] for a in state], rate, number)


def _ten_to_the(number: float) -> str:
    return f"10^{{{np.log10(number):.0f}}}"


def _sgd(s: Step) -> Iterator[Term]:
    yield Term("step", r"\Delta_t", r"-\eta\, g_t", "Down the gradient, times the learning rate.", -s.rate * s.g)


def _velocity(s: Step) -> Iterator[Term]:
    yield Term("velocity before", "m_{t-1}", "", "What is left of all earlier gradients.", s.before[0])
    formula = rf"{o.MOMENTUM} m_{{t-1}} + g_t"
    yield Term("velocity", "m_t", formula, "Keeps most of itself, and takes up the gradient.", s.after[0])


def _momentum(s: Step) -> Iterator[Term]:
    yield from _velocity(s)
    yield Term("step", r"\Delta_t", r"-\eta\, m_t", "Along the velocity.", -s.rate * s.after[0])


def _nag(s: Step) -> Iterator[Term]:
    yield from _velocity(s)
    ahead = s.g + o.MOMENTUM * s.after[0]
    yield Term("look ahead", "n_t", rf"g_t + {o.MOMENTUM} m_t", "Where the velocity leads next.", ahead)
    yield Term("step", r"\Delta_t", r"-\eta\, n_t", "Along what lies ahead.", -s.rate * ahead)


def _adagrad(s: Step) -> Iterator[Term]:
    (before,), (total,) = s.before, s.after
    yield Term("sum before", "s_{t-1}", "", "All earlier gradients, squared.", before)
    yield Term("sum", "s_t", "s_{t-1} + g_t^2", "Only ever grows.", total)
    formula = rf"-\eta\, g_t / (\sqrt{{s_t}} + {_ten_to_the(o.ADAGRAD_EPSILON)})"
    step = -s.rate * s.g / (np.sqrt(total) + o.ADAGRAD_EPSILON)
    yield Term("step", r"\Delta_t", formula, "Each parameter has its own rate, which falls.", step)


def _mean_square(s: Step, place: int, forget: float) -> Iterator[Term]:
    yield Term("mean square before", "v_{t-1}", "", "Of recent gradients.", s.before[place])
    formula = rf"{forget} v_{{t-1}} + {1 - forget:g} g_t^2"
    yield Term("mean square", "v_t", formula, "Its root is the recent size of the gradient.", s.after[place])


def _rmsprop(s: Step) -> Iterator[Term]:
    yield from _mean_square(s, 0, o.RMSPROP_ALPHA)
    formula = rf"-\eta\, g_t / (\sqrt{{v_t}} + {_ten_to_the(o.EPSILON)})"
    step = -s.rate * s.g / (np.sqrt(s.after[0]) + o.EPSILON)
    yield Term("step", r"\Delta_t", formula, "The gradient in units of its recent size.", step)


def _adadelta(s: Step) -> Iterator[Term]:
    yield from _mean_square(s, 0, o.ADADELTA_RHO)
    moved, epsilon = s.before[1], _ten_to_the(o.ADADELTA_EPSILON)
    yield Term("mean square of steps", "u_{t-1}", "", "Its root is the recent size of the steps.", moved)
    change = np.sqrt(moved + o.ADADELTA_EPSILON) / np.sqrt(s.after[0] + o.ADADELTA_EPSILON) * s.g
    formula = rf"\sqrt{{u_{{t-1}} + {epsilon}}}\, g_t / \sqrt{{v_t + {epsilon}}}"
    yield Term("change", "d_t", formula, "The gradient in units of its own size, times that of the steps.", change)
    yield Term("step", r"\Delta_t", r"-\eta\, d_t", "With rate 1, as the paper has it, just that.", -s.rate * change)


def _mean(s: Step) -> Iterator[Term]:
    yield Term("mean before", "m_{t-1}", "", "Of recent gradients.", s.before[0])
    formula = rf"{o.BETA1} m_{{t-1}} + {1 - o.BETA1:g} g_t"
    yield Term("mean", "m_t", formula, "Forgets a tenth with each step.", s.after[0])


_CORRECTED = "Corrected: makes up for the start at 0."


def _mean_hat(s: Step) -> Iterator[Term]:
    formula = rf"m_t / (1 - {o.BETA1}^t)"
    yield Term("m_hat", r"\hat m_t", formula, _CORRECTED, s.after[0] / (1 - o.BETA1**s.t))


def _square_hat(s: Step, symbol: str = "v_t", place: int = 1) -> Iterator[Term]:
    formula = rf"{symbol} / (1 - {o.BETA2}^t)"
    yield Term("v_hat", r"\hat v_t", formula, _CORRECTED, s.after[place] / (1 - o.BETA2**s.t))


_DIVIDED = rf"(\sqrt{{\hat v_t}} + {_ten_to_the(o.EPSILON)})"


def _adam(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *_mean_square(s, 1, o.BETA2))
    (m_hat,), (v_hat,) = _mean_hat(s), _square_hat(s)
    yield from (m_hat, v_hat)
    step = -s.rate * m_hat.value / (np.sqrt(v_hat.value) + o.EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, \hat m_t / {_DIVIDED}", "The mean in units of the recent size.", step)


def _nadam(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *_mean_square(s, 1, o.BETA2))
    mu, mu_next = (o.BETA1 * (1 - 0.5 * o.NADAM_BASE ** (t * o.NADAM_DECAY)) for t in (s.t, s.t + 1))
    formula = rf"{o.BETA1} (1 - 0.5 \cdot {o.NADAM_BASE}^{{{o.NADAM_DECAY} t}})"
    yield Term("momentum", r"\mu_t", formula, "Rises slowly from step to step.", np.array(mu))
    yield Term("momentum after", r"\mu_{t+1}", "", "The same for the step after this one.", np.array(mu_next))
    product = s.after[2][0]
    yield Term("product", r"\pi_t", r"\mu_1 \mu_2 \cdots \mu_t", "What is left of the start at 0.", product)
    ahead = mu_next / (1 - product * mu_next) * s.after[0] + (1 - mu) / (1 - product) * s.g
    formula = r"\frac{\mu_{t+1}}{1 - \pi_t \mu_{t+1}} m_t + \frac{1 - \mu_t}{1 - \pi_t} g_t"
    yield Term("look ahead", "n_t", formula, "Where the mean leads next.", ahead)
    (v_hat,) = _square_hat(s)
    yield v_hat
    step = -s.rate * ahead / (np.sqrt(v_hat.value) + o.EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, n_t / {_DIVIDED}", "In units of the recent size.", step)


def _adamw(s: Step) -> Iterator[Term]:
    *terms, adam = _adam(s)
    yield from terms
    yield Term("Adam's step", "a_t", adam.formula, adam.meaning, adam.value)
    decay = -s.rate * o.WEIGHT_DECAY * s.p
    yield Term("decay", "d_t", rf"-{o.WEIGHT_DECAY} \eta\, \theta_{{t-1}}", "Towards 0, whatever the gradient.", decay)
    yield Term("step", r"\Delta_t", "a_t + d_t", "Both together.", adam.value + decay)


def _adamax(s: Step) -> Iterator[Term]:
    yield from _mean(s)
    yield Term("greatest before", "u_{t-1}", "", "Of the recent gradients' sizes.", s.before[1])
    formula = rf"\max({o.BETA2} u_{{t-1}},\ \lvert g_t \rvert + {_ten_to_the(o.EPSILON)})"
    yield Term("greatest", "u_t", formula, "Falls slowly, jumps up at once.", s.after[1])
    (m_hat,) = _mean_hat(s)
    yield m_hat
    step = -s.rate * m_hat.value / s.after[1]
    yield Term("step", r"\Delta_t", r"-\eta\, \hat m_t / u_t", "The mean in units of the greatest size.", step)


def _amsgrad(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *_mean_square(s, 1, o.BETA2))
    yield Term("greatest before", "w_{t-1}", "", "Of all mean squares.", s.before[2])
    yield Term("greatest", "w_t", r"\max(w_{t-1},\ v_t)", "Never falls.", s.after[2])
    (m_hat,), (v_hat,) = _mean_hat(s), _square_hat(s, "w_t", 2)
    yield from (m_hat, v_hat)
    step = -s.rate * m_hat.value / (np.sqrt(v_hat.value) + o.EPSILON)
    yield Term("step", r"\Delta_t", rf"-\eta\, \hat m_t / {_DIVIDED}", "The mean in units of the greatest size.", step)


def _radam(s: Step) -> Iterator[Term]:
    yield from (*_mean(s), *_mean_square(s, 1, o.BETA2), *_mean_hat(s))
    m_hat = s.after[0] / (1 - o.BETA1**s.t)
    limit = 2 / (1 - o.BETA2) - 1
    rho = limit - 2 * s.t * o.BETA2**s.t / (1 - o.BETA2**s.t)
    formula = rf"{limit:g} - 2t \cdot {o.BETA2}^t / (1 - {o.BETA2}^t)"
    yield Term("gradients seen", r"\rho_t", formula, "How many gradients v rests on.", np.array(rho))
    if rho <= 5:
        yield Term(
            "step", r"\Delta_t", r"-\eta\, \hat m_t", "Up to 5, v is not trusted: the mean alone.", -s.rate * m_hat
        )
        return
    rectify = np.sqrt((rho - 4) * (rho - 2) * limit / ((limit - 4) * (limit - 2) * rho))
    formula = (
        rf"\sqrt{{\tfrac{{(\rho_t - 4)(\rho_t - 2) \cdot {limit:g}}}{{{limit - 4:g} \cdot {limit - 2:g}\, \rho_t}}}}"
    )
    yield Term("trust", "r_t", formula, "Grows to 1 as gradients are seen.", np.array(rectify))
    scale = np.sqrt(1 - o.BETA2**s.t) / (np.sqrt(s.after[1]) + o.EPSILON)
    formula = rf"\sqrt{{1 - {o.BETA2}^t}} / (\sqrt{{v_t}} + {_ten_to_the(o.EPSILON)})"
    yield Term("scale", "l_t", formula, "One over the recent size.", scale)
    step = -s.rate * rectify * scale * m_hat
    yield Term("step", r"\Delta_t", r"-\eta\, r_t\, l_t\, \hat m_t", "The mean in units of the recent size.", step)


_ANATOMIES: dict[str, Callable[[Step], Iterator[Term]]] = {
    "sgd": _sgd, "momentum": _momentum, "nag": _nag, "adagrad": _adagrad, "rmsprop": _rmsprop, "adadelta": _adadelta,
    "adam": _adam, "nadam": _nadam, "adamw": _adamw, "adamax": _adamax, "amsgrad": _amsgrad, "radam": _radam,
}  # fmt: skip
