from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import ttest_rel

from core.sweeps.best import each_at_its_best
from core.sweeps.scores import Scores
from core.sweeps.tuning import middle_of_best, tuned_for_all, tuned_for_each, tuning_of
from tests.core.sweeps.tables import random_scores, scores

RATES = (0.01, 0.1, 1.0)
NOISE = 0.004 * np.random.default_rng(0).standard_normal((3, 3, 6))
# sin is far ahead at the rate that suits relu and tanh, and far behind sigmoid and tanh at their own.
WORTH = [[0.95, 0.70, 0.60], [0.70, 0.92, 0.60], [0.60, 0.80, 0.90]]


def of_worth(worth=WORTH, noise=NOISE) -> Scores:
    values = np.array(worth)[:, :, None] + noise
    return scores(values, activation=("relu", "tanh", "sin"), learning_rate=RATES)


def test_each_level_has_the_rate_that_suits_it_and_all_have_one_beside():
    found = each_at_its_best(of_worth(), "activation")
    assert found.best.settings == tuple(({"learning_rate": rate},) for rate in RATES)
    assert found.common.settings == (({"learning_rate": 0.1},),) * 3
    assert found.best.shares == ((1.0,),) * 3
    assert found.best.order.tolist() == [0, 1, 2]
    assert found.common.order.tolist() == [1, 2, 0]
    np.testing.assert_allclose(found.gain, [0.25, 0, 0.1], atol=0.02)
    assert (found.low[[0, 2]] > 0).all()
    assert found.low[1] == found.high[1] == 0, "it has the common rate"
    assert (found.best.contest.best, found.best.contest.near) == (("relu",), ())
    assert found.swapped == found.turned == ((1, 0), (2, 0))


def test_the_seeds_that_choose_never_measure():
    """Whatever a seed's own figures are, it is measured at the same settings."""
    rng, table, has_chosen = np.random.default_rng(1), random_scores(seeds=5), []
    for seed in range(5):
        changed = table.values.copy()
        changed[..., seed] = rng.uniform(0, 1, changed.shape[:-1])
        other = replace(table, values=changed)
        for tuned in (
            lambda each: tuned_for_each(each, ["learning_rate"]),
            lambda each: tuned_for_all(each, "activation", ["learning_rate"]),
        ):
            before, after = tuned(table), tuned(other)
            half = 0 if before.first[seed] else 1
            np.testing.assert_array_equal(before.chosen[half], after.chosen[half])
            has_chosen.append((before.chosen[1 - half] != after.chosen[1 - half]).any())
            places = before.chosen[half]
            expected = np.take_along_axis(changed[..., seed], places[:, None], axis=1)[:, 0]
            np.testing.assert_array_equal(after.scores.values[..., seed], expected)
    assert any(has_chosen), "for the others"


def test_all_seeds_measure_and_halves_choose_for_each_other():
    table = of_worth(noise=np.zeros((3, 3, 5)))
    values = table.values.copy()
    values[0, :, 0::2] = np.array([0.5, 0.6, 0.9])[:, None]  # seeds 0, 2 and 4 want the last rate, 1 and 3 the first
    found = tuned_for_each(replace(table, values=values), ["learning_rate"])
    assert found.first.tolist() == [True, False, True, False, True]
    assert found.chosen[:, 0].tolist() == [0, 2]
    np.testing.assert_array_equal(found.scores.values[0], [0.5, 0.6, 0.5, 0.6, 0.5])
    np.testing.assert_array_equal(found.by_all.values[0], values[0, 2])


def test_of_settings_that_are_as_good_the_middle_one_is_chosen():
    means = [[0.5, 0.9, 0.9, 0.9, 0.1], [0.9, 0.9, 0.1, 0.1, 0.1], [0.1, 0.9, 0.1, 0.9 - 1e-15, 0.9]]
    assert middle_of_best(np.array(means)).tolist() == [2, 0, 3]


def test_levels_that_are_equal_but_for_rounding_stand_as_in_the_grid():
    accuracies = np.array([[0.1, 0.2, 0.3], [0.3, 0.2, 0.1], [0.1, 0.2, 0.3]])
    assert accuracies[1].mean() != accuracies[0].mean(), "by rounding"
    for values in (accuracies, accuracies[[1, 0, 1]]):
        table = scores(values[:, None], activation=("relu", "tanh", "sin"), learning_rate=(0.1,))
        assert each_at_its_best(table, "activation").best.order.tolist() == [0, 1, 2]


def test_who_is_ahead_by_rounding_alone_does_not_change_places():
    values = np.array([[[0.1, 0.2, 0.3], [0.5] * 3], [[0.3, 0.2, 0.1], [0.9] * 3]])
    assert values[0, 0].mean() > values[1, 0].mean(), "by rounding"
    table = scores(values, activation=("relu", "tanh"), learning_rate=(0.1, 1.0))
    assert each_at_its_best(table, "activation", common={"learning_rate": 0.1}).swapped == ()


@pytest.mark.parametrize(
    ("worth", "unsure"), [([[0.81, 0.7], [0.8, 0.95]], (0, 0)), ([[0.9, 0.5], [0.7, 0.91]], (1, 1))]
)
def test_a_pair_is_turned_round_only_if_both_leads_are_more_than_luck(worth, unsure):
    """One lead is of a hundredth, and its network differs by ten times that between seeds."""
    values = np.array(worth)[..., None] + np.zeros(6)
    values[unsure] += [0.05, -0.05] * 3
    table = scores(values, activation=("relu", "tanh"), learning_rate=(0.1, 1.0))
    found = each_at_its_best(table, "activation", common={"learning_rate": 0.1})
    assert (found.swapped, found.turned) == (((0, 1),), ())


def test_accuracies_by_the_seeds_that_chose_would_be_too_high():
    """Where no setting matters, the mean must be that of any setting."""
    values = np.random.default_rng(2).standard_normal((2000, 6, 6))
    found = tuned_for_each(scores(values, level=tuple(range(2000)), rate=tuple(range(6))), ["rate"])
    assert abs(found.scores.values.mean()) < 0.04
    assert found.by_all.values.mean() > 0.3


def test_a_lead_counts_only_if_both_choices_show_it():
    """Leads and intervals are those of scipy's paired t-tests of both."""
    verdicts = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        values = rng.normal(0.8, 0.02, (2, 3, 6)) + np.array([[0.03, 0, 0.03], [0, 0.0, 0.0]])[..., None]
        table = scores(values, activation=("relu", "tanh"), learning_rate=RATES)
        tuned, contest = tuned_for_each(table, ["learning_rate"]), each_at_its_best(table, "activation").best.contest
        best = ("relu", "tanh").index(contest.best[0])
        tests = [ttest_rel(of[best], of[1 - best]) for of in (tuned.scores.values, tuned.by_all.values)]
        shown = all(test.pvalue < 0.05 and test.statistic > 0 for test in tests)
        assert (contest.near == ()) == shown
        ends = [test.confidence_interval(0.95) for test in tests]
        assert contest.low == pytest.approx(min(end.low for end in ends))
        assert contest.high == pytest.approx(max(end.high for end in ends))
        leads = each_at_its_best(table, "activation").best.leads
        assert leads.sum() == leads[best, 1 - best] == shown
        verdicts.append(shown)
    assert 5 < sum(verdicts) < 35, "both happen"


def test_gains_hold_together():
    table = of_worth(noise=0.05 * np.random.default_rng(3).standard_normal((3, 3, 6)))
    found = each_at_its_best(table, "activation", common={"learning_rate": 0.1})
    assert np.flatnonzero(found.gain).tolist() == [0, 2]
    for level in (0, 2):
        test = ttest_rel(found.best.accuracy[level], found.common.accuracy[level])
        ends = test.confidence_interval(1 - 0.05 / 3)
        np.testing.assert_allclose((found.low[level], found.high[level]), ends)


def test_a_common_setting_may_be_given():
    found = each_at_its_best(of_worth(), "activation", common={"learning_rate": 1.0})
    np.testing.assert_array_equal(found.common.accuracy, of_worth().values[:, 2])
    assert found.common.order[0] == 2
    for wrong in ({"learning_rate": 2.0}, {"l2": 0.1}):
        with pytest.raises(ValueError, match=r"common setting|not in the grid"):
            each_at_its_best(of_worth(), "activation", common=wrong)


def test_on_each_dataset_a_level_has_its_own_setting_and_other_factors_are_averaged():
    worth = np.zeros((2, 2, 2, 4))  # activation, rate, dataset, seed
    worth[0, 0, 0] = worth[0, 1, 1] = 0.9
    worth[1] = 0.7
    table = scores(worth, activation=("relu", "tanh"), learning_rate=(0.1, 1.0), dataset=("moons", "xor"))
    found = each_at_its_best(table, "activation")
    np.testing.assert_allclose(found.best.accuracy, [[0.9] * 4, [0.7] * 4])
    assert found.best.settings[0] == ({"learning_rate": 0.1}, {"learning_rate": 1.0})
    assert found.best.shares[0] == (0.5, 0.5)
    without = each_at_its_best(
        replace(table, factors=(*table.factors[:2], ("units", (8, 16)))), "activation", ["learning_rate"]
    )
    assert without.best.accuracy.shape == (2, 4)


def test_what_is_tuned_is_the_rate_or_else_all_but_the_data():
    table = random_scores()
    assert tuning_of(table, "activation") == ("learning_rate",)
    assert tuning_of(table, "learning_rate") == ("activation",)
    others = replace(table, factors=(("activation", (0, 1, 2)), ("layers", (1, 2, 3, 4)), ("noise", (0.1, 0.2))))
    assert tuning_of(others, "activation") == ("layers",)
    with pytest.raises(ValueError, match="needs other factors"):
        each_at_its_best(table, "activation", ["activation"])
    with pytest.raises(ValueError, match="needs other factors"):
        each_at_its_best(table.at({"learning_rate": 0.1}), "activation")


def test_what_differs_by_the_same_sample_with_each_seed_is_no_certainty():
    """One test sample of 50 with each seed: s counts as 0.02 / sqrt(6), with t = 2.776 of five seeds."""
    worth = [[0.82, 0.7], [0.8, 0.7]]
    table = scores(np.repeat(np.array(worth)[:, :, None], 5, axis=2), 1 / 50, activation=("relu", "tanh"), depth=(1, 2))
    found = each_at_its_best(table, "activation", ["depth"]).best.contest
    half = 2.7764 * 0.02 / np.sqrt(6 * 5)
    np.testing.assert_allclose((found.low, found.high), (0.02 - half, 0.02 + half), rtol=1e-4)
    other = scores([[[0.82] * 3], [[0.8] * 3]], 1 / 50, activation=("relu", "tanh"), depth=(1,))
    # with t = 4.303 of three seeds
    assert each_at_its_best(other, "activation", ["depth"]).best.contest.near == ("tanh",)


def test_what_its_own_setting_gives_a_level_is_not_surer_than_the_samples_are_many():
    worth = [[0.8, 0.78], [0.7, 0.72]]
    table = scores(np.repeat(np.array(worth)[:, :, None], 5, axis=2), 1 / 50, activation=("relu", "tanh"), depth=(1, 2))
    found = each_at_its_best(table, "activation", ["depth"], {"depth": 1})
    half = 3.4954 * 0.02 / np.sqrt(6 * 5)  # t of 98.75 %, for the intervals of two levels together
    np.testing.assert_allclose(found.gain, [0, 0.02], atol=1e-12)
    np.testing.assert_allclose((found.low[1], found.high[1]), (0.02 - half, 0.02 + half), rtol=1e-4)
    assert found.low[0] == found.high[0] == 0, "it has the common depth"


def test_gaps_leave_out_their_seeds_and_too_few_seeds_say_little():
    table = of_worth()
    values = table.values.copy()
    values[2, 0, 1] = values[0, 1, 4] = np.nan
    found = each_at_its_best(replace(table, values=values), "activation")
    assert (found.basis.seeds, found.basis.networks, found.basis.finished, found.basis.planned) == (4, 36, 52, 54)
    whole = table.changed(table.factors, lambda array: array[..., [0, 2, 3, 5]])
    np.testing.assert_array_equal(found.best.accuracy, each_at_its_best(whole, "activation").best.accuracy)
    assert np.isnan(found.low).all()
    assert not found.best.leads.any(), "four seeds are too few for many pairs"
    assert found.best.contest.near == (), "but enough for one best"
    two, one = (table.changed(table.factors, lambda array, seeds=seeds: array[..., :seeds]) for seeds in (2, 1))
    assert each_at_its_best(two, "activation").best.contest.reason == "few seeds"
    assert each_at_its_best(one, "activation") is None


def test_networks_that_diverged_are_counted_where_they_are_measured():
    table = of_worth()
    diverged = np.zeros(table.values.shape, int)
    diverged[0, 0, 2] = diverged[0, 1, 3] = diverged[0, 2, 3] = 1
    found = each_at_its_best(replace(table, diverged=diverged), "activation")
    assert found.best.diverged.tolist() == [1, 0, 0]
    assert found.best.contest.reason == "diverged"
    assert found.common.diverged.tolist() == [1, 0, 0]
    assert found.basis.diverged == 3


def test_levels_are_held_against_the_chance_level_of_each_seed():
    """The best one is 0.05 or 0.06 above the level of every seed, though these differ by far more; the last seed is not
    whole, and counts for nothing."""
    chance = np.array([0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.9])
    worth = chance + np.array([[[0.05], [0.0]], [[0.01], [0.0]]]) + np.resize([0.0, 0.0, 0.01, 0.01], 7)
    worth[0, 1, 6] = np.nan
    table = scores(worth, activation=("relu", "tanh"), learning_rate=(0.1, 1.0))
    found = each_at_its_best(table, "activation", chance=chance).best.contest
    assert (found.best, found.reason, found.chance) == (("relu",), None, pytest.approx(0.5))
    assert each_at_its_best(table, "activation", chance=0.5).best.contest.reason == "at chance"
