"""One level, few seeds or none, no difference at all: every statistic has something to say, or says that it has not."""

import numpy as np
import pytest

from core.sweeps.best import each_at_its_best
from core.sweeps.cells import in_cells
from core.sweeps.ranks import average_ranks
from core.sweeps.shares import variance_shares
from tests.core.sweeps.tables import scores


@pytest.mark.parametrize("shape", [(1, 3, 2, 5), (3, 1, 2, 5), (1, 1, 2, 3), (2, 3, 2, 2), (2, 3, 2, 1), (2, 3, 2, 0)])
@pytest.mark.parametrize("is_constant", [False, True])
def test_small_grids(shape, is_constant):
    levels, rates, _, seeds = shape
    values = np.full(shape, 0.9) if is_constant else np.random.default_rng(0).uniform(0.5, 1, shape)
    table = scores(values, activation=range(levels), learning_rate=range(rates), dataset=("moons", "xor"))
    best, shares = each_at_its_best(table, "activation"), variance_shares(table)
    assert (best is None) == (seeds < 2)
    assert best is None or len(best.best.order) == levels
    assert (shares is None) == (seeds < 2 or is_constant)
    for tuned in ((), ("learning_rate",)):
        ranks = average_ranks(table, "activation", tuned)
        assert (ranks is None) == (seeds < (2 if tuned else 1))
        assert ranks is None or ranks.groups == () or set(ranks.groups[0]) == set(range(levels))
    for others in ("mean", "best"):
        cells = in_cells(table, "activation", "dataset", others)
        assert np.isnan(cells.mean).all() == (seeds < (2 if others == "best" else 1))
