"""What statsmodels makes of the variance of a small grid, and of p-values by Holm's correction."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.multitest import multipletests

SHAPE = (3, 2, 4, 5)  # activation, dataset, learning rate, seed
SETTINGS = "C(activation) * C(dataset) * C(rate)"


def record() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(0.8, 0.03, SHAPE) + rng.normal(0, 0.02, SHAPE[-1])
    values += rng.normal(0, 0.05, (SHAPE[0], 1, SHAPE[2], 1)) + rng.normal(0, 0.04, (1, SHAPE[1], 1, 1))
    values = values.round(3)
    places = np.indices(SHAPE).reshape(4, -1)
    frame = pd.DataFrame({"score": values.ravel()} | dict(zip(("activation", "dataset", "rate", "seed"), places)))
    p_values = rng.uniform(0, 0.1, 12).round(4)
    recorded = {
        "values": values.tolist(),
        # Seeds are the repeats, so that what is left is all of luck.
        "settings": anova(frame, f"score ~ {SETTINGS}"),
        # The draws of the data, a block of all settings on one dataset from one seed, are taken out of it.
        "draws": anova(frame, f"score ~ {SETTINGS} + C(seed) + C(dataset):C(seed)"),
        "p_values": p_values.tolist(),
        "holm": multipletests(p_values, method="holm")[1].tolist(),
    }
    Path(__file__).with_name("shares.json").write_text(json.dumps(recorded, indent=1) + "\n")


def anova(frame: pd.DataFrame, formula: str) -> dict[str, list[float]]:
    """The sum of squares and the degrees of freedom of each effect, under names like `activation:rate`."""
    table = anova_lm(ols(formula, frame).fit())
    return {
        name.replace("C(", "").replace(")", ""): [float(squares), float(freedom)]
        for name, squares, freedom in zip(table.index, table["sum_sq"], table["df"])
    }
