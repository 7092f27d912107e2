"""Features that are made of two others, as further inputs of the networks.

They are made of the two inputs as the networks see them: of standardised ones unless these are left as they are, and of
principal components where these are the inputs.  They are not standardised again, so that each is the same function of
the picture's plane for all data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class MadeFeature:
    """`value(x1, x2)` of arrays, `code` the same in Python, and `label` with a field for each of the two names."""

    name: str
    label: str
    value: Callable[[np.ndarray, np.ndarray], np.ndarray]
    code: str

    def of(self, names: Sequence[str]) -> str:
        """What it is called, made of features of these names: `x₁²`, or `(petal width)²`."""
        return self.label.format(*(f"({name})" if " " in name else name for name in names))


_RECORDS = (
    MadeFeature(name="x1_squared", label="{0}²", value=lambda x1, x2: x1 * x1, code="x1 * x1"),
    MadeFeature(name="x2_squared", label="{1}²", value=lambda x1, x2: x2 * x2, code="x2 * x2"),
    MadeFeature(name="x1_x2", label="{0} · {1}", value=lambda x1, x2: x1 * x2, code="x1 * x2"),
    MadeFeature(name="sin_x1", label="sin {0}", value=lambda x1, x2: np.sin(x1), code="np.sin(x1)"),
    MadeFeature(name="sin_x2", label="sin {1}", value=lambda x1, x2: np.sin(x2), code="np.sin(x2)"),
)  # fmt: skip

MADE_FEATURES: dict[str, MadeFeature] = {record.name: record for record in _RECORDS}


def with_made(inputs: np.ndarray, made: Sequence[str]) -> np.ndarray:
    """Inputs (n, 2) with the made features of these names behind them."""
    if not made:
        return inputs
    x1, x2 = inputs.T
    return np.column_stack([x1, x2, *(MADE_FEATURES[name].value(x1, x2) for name in made)])
