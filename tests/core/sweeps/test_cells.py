from dataclasses import replace

import numpy as np
import pytest

from core.sweeps.cells import in_cells
from core.sweeps.tuning import tuned_for_each
from tests.core.sweeps.tables import random_scores


def test_means_and_deviations_between_seeds_with_the_others_averaged():
    table = random_scores()
    found = in_cells(table, "learning_rate", "activation")
    by_seed = table.values.mean(axis=2).transpose(1, 0, 2)
    np.testing.assert_allclose(found.mean, by_seed.mean(axis=-1))
    np.testing.assert_allclose(found.sd, by_seed.std(axis=-1, ddof=1))
    assert (found.rows, found.columns) == ("learning_rate", "activation")
    assert (found.row_levels, found.column_levels) == (table.levels("learning_rate"), table.levels("activation"))
    assert (found.seeds == 6).all()
    assert (found.networks == 12).all()
    assert not found.missing.any()


def test_others_at_a_chosen_value():
    table = random_scores()
    found = in_cells(table, "activation", "learning_rate", {"dataset": "xor"})
    np.testing.assert_allclose(found.mean, table.values[:, :, 1].mean(axis=-1))
    assert (found.networks == 6).all()


def test_others_at_their_best_are_chosen_by_other_seeds_for_each_cell():
    table = random_scores()
    found = in_cells(table, "dataset", "activation", "best")
    tuned = tuned_for_each(table, ["learning_rate"]).scores
    np.testing.assert_allclose(found.mean, tuned.values.mean(axis=-1).T)
    averaged = in_cells(table, "learning_rate", "activation", "best")
    np.testing.assert_allclose(averaged.mean, in_cells(table, "learning_rate", "activation").mean), "no best dataset"


def test_each_cell_has_the_seeds_that_are_whole_in_it_and_counts_the_rest():
    table = random_scores()
    values, diverged = table.values.copy(), np.zeros(table.values.shape, int)
    values[0, 0, 0, 2] = values[1, 1] = np.nan
    values[2, 2, :, 1:] = np.nan
    diverged[0, 0, 1, :3] = 1
    found = in_cells(replace(table, values=values, diverged=diverged), "activation", "learning_rate")
    assert (found.seeds[0, 0], found.networks[0, 0], found.missing[0, 0], found.diverged[0, 0]) == (5, 10, 1, 2)
    whole = np.delete(values[0, 0], 2, axis=-1).mean(axis=0)
    assert found.mean[0, 0] == pytest.approx(whole.mean())
    assert (found.seeds[1, 1], found.networks[1, 1], found.missing[1, 1]) == (0, 0, 12)
    assert np.isnan([found.mean[1, 1], found.sd[1, 1], found.sd[2, 2]]).all()
    assert found.mean[2, 2] == pytest.approx(values[2, 2, :, 0].mean())


def test_rows_and_columns_are_two_factors():
    with pytest.raises(ValueError, match="two factors"):
        in_cells(random_scores(), "activation", "activation")
    with pytest.raises(ValueError, match="unknown factor"):
        in_cells(random_scores(), "activation", "depth")
