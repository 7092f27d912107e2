"""The functions that a formula may name: how each is computed, its slope, and how it is written elsewhere.

`FUNCTIONS` is the one place to add a function of one number.  `slope` is its slope as a formula in u, the argument, and
takes PyTorch's side at a kink; `numpy` and `latex` are templates for {u}, and `torch` is the name in `torch`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import erf, expit

Elementwise = Callable[..., np.ndarray]


@dataclass(frozen=True)
class Function:
    """A function of one number; `evaluate` takes `out` as second argument, as numpy's own do."""

    name: str
    evaluate: Elementwise
    slope: str
    torch: str
    latex: str
    numpy: str = ""

    @property
    def code(self) -> str:
        """How numpy writes it."""
        return self.numpy or f"np.{self.name}({{u}})"


def _softplus(u: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.logaddexp(u, 0, out)


def _relu(u: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
    return np.maximum(u, 0, out=out)


_RECORDS = (
    Function("exp", np.exp, "exp(u)", "torch.exp", "e^{{{u}}}"),
    Function("log", np.log, "1/u", "torch.log", r"\ln({u})"),
    Function("sqrt", np.sqrt, "1/(2*sqrt(u))", "torch.sqrt", r"\sqrt{{{u}}}"),
    Function("abs", np.abs, "sign(u)", "torch.abs", "|{u}|"),
    Function("sign", np.sign, "0", "torch.sign", r"\mathrm{{sign}}({u})"),
    Function("sin", np.sin, "cos(u)", "torch.sin", r"\sin({u})"),
    Function("cos", np.cos, "-sin(u)", "torch.cos", r"\cos({u})"),
    Function("tan", np.tan, "1+tan(u)^2", "torch.tan", r"\tan({u})"),
    Function("sinh", np.sinh, "cosh(u)", "torch.sinh", r"\sinh({u})"),
    Function("cosh", np.cosh, "sinh(u)", "torch.cosh", r"\cosh({u})"),
    # 1 - tanh(u)^2 and s (1 - s) would lose their digits far out, and make saturated units look dead.
    Function("tanh", np.tanh, "1/cosh(u)^2", "torch.tanh", r"\tanh({u})"),
    Function("sigmoid", expit, "sigmoid(u)*sigmoid(-u)", "torch.sigmoid", r"\sigma({u})", "1 / (1 + np.exp(-{u}))"),
    Function("arctan", np.arctan, "1/(1+u^2)", "torch.atan", r"\arctan({u})"),
    Function("arcsinh", np.arcsinh, "1/sqrt(1+u^2)", "torch.asinh", r"\mathrm{{arcsinh}}({u})"),
    Function(
        "softplus", _softplus, "sigmoid(u)", "torch.nn.functional.softplus", r"\ln(1 + e^{{{u}}})",
        "np.logaddexp(0, {u})",
    ),
    Function("erf", erf, "2/sqrt(pi)*exp(-u^2)", "torch.erf", r"\mathrm{{erf}}({u})", "2 * ndtr(np.sqrt(2) * {u}) - 1"),
    Function("relu", _relu, "where(u > 0, 1, 0)", "torch.relu", r"\max(0, {u})", "np.maximum(0, {u})"),
)  # fmt: skip

FUNCTIONS: dict[str, Function] = {record.name: record for record in _RECORDS}
OTHER_NAMES = {"ln": "log", "atan": "arctan", "asinh": "arcsinh", "maximum": "max", "minimum": "min"}
EXTREMES = "max", "min"  # of two arguments or more
