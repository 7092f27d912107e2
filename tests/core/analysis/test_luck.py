from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import nct, norm, t, ttest_1samp, ttest_rel

from core import DatasetSpec, Experiment, History, Run, load, train
from core.analysis.luck import EFFECT, contest, contest_of, intervals, is_above, lasting_intervals
from core.analysis.summary import chance_level, chance_levels, final_figures

MOONS = DatasetSpec("moons", samples=100, seed=1)
NAMES = ("relu", "tanh", "sin", "gelu")


def with_accuracies(*accuracies: list[float], hidden: tuple[int, ...] = (2,)) -> History:
    """A history in which the runs of setting after setting end with these test accuracies."""
    runs = [Run(name, seed=seed) for name, of_runs in zip(NAMES, accuracies) for seed in range(len(of_runs))]
    history = train(Experiment(MOONS, tuple(runs), hidden=hidden, epochs=0))
    return replace(history, test_accuracy=np.concatenate(accuracies)[:, None])


@pytest.mark.parametrize(
    ("accuracies", "near"),
    [
        (([0.90, 0.95, 1.00], [0.85, 0.90, 0.95]), ()),  # seeds differ, the lead does not
        # One sample of 40 with each seed: s counts as 0.025 / sqrt(6) = 0.0102, with t = 4.303 for 3 seeds: 0.0254.
        (([0.95, 0.95, 0.95], [0.925, 0.925, 0.925]), ("tanh",)),
        (([0.95] * 4, [0.925] * 4), ()),  # with t = 3.182 for 4 seeds: 0.0162
        (([0.95, 0.95, 0.95], [0.99, 0.85, 0.95]), ("tanh",)),  # a lead that one seed makes
        (([0.95, 0.96, 0.97], [0.50, 0.52, 0.51], [0.97, 0.94, 0.96]), ("sin",)),
        # With t = 3.182 for 4 seeds (two-sided 5 %): a mean lead of 0.02 against 3.182 * s / 2.
        (([0.92, 0.92, 0.92, 0.92], [0.89, 0.90, 0.90, 0.91]), ()),  # s = 0.0082: 0.0130
        (([0.92, 0.92, 0.92, 0.92], [0.88, 0.90, 0.90, 0.92]), ("tanh",)),  # s = 0.0163: 0.0260
    ],
)
def test_a_lead_counts_if_the_spread_between_seeds_does_not_explain_it(accuracies, near):
    found = contest(with_accuracies(*accuracies))
    assert (found.reason, found.best, found.near) == (None, ("relu",), near)


def test_leads_and_intervals_are_those_of_scipys_paired_t_test():
    rng = np.random.default_rng(0)
    verdicts = []
    for _ in range(40):
        accuracies = 0.5 + 0.1 * rng.standard_normal((3, 5)) + [[0.3], [0.15], [0.1]]
        found = contest(with_accuracies(*map(list, accuracies)))
        best = accuracies.mean(axis=1).argmax()
        tests = {NAMES[k]: ttest_rel(accuracies[best], accuracies[k]) for k in range(3) if k != best}
        assert set(found.near) == {name for name, test in tests.items() if test.pvalue >= 0.05}
        ends = {name: test.confidence_interval(0.95) for name, test in tests.items()}
        assert found.closest == min(ends, key=lambda name: ends[name].low)
        np.testing.assert_allclose((found.low, found.high), ends[found.closest])
        assert found.lead == pytest.approx(np.mean(accuracies[best] - accuracies[NAMES.index(found.closest)]))
        verdicts.append(bool(found.near))
    assert 5 < sum(verdicts) < 35, "both happen"


def test_an_interval_is_no_narrower_than_the_steps_in_which_figures_come():
    """Half of it is t * step / sqrt(6 n), with t = 4.303 of three seeds."""
    mean, low, high = intervals(np.full((2, 3), 0.25), step=0.1)
    np.testing.assert_allclose(mean, 0.25)
    np.testing.assert_allclose((mean - low, high - mean), 4.3027 * 0.1 / np.sqrt(18), rtol=1e-4)
    wide = np.array([[0.1, 0.4, 0.7]])
    np.testing.assert_array_equal(intervals(wide, step=0.1), intervals(wide))
    assert is_above(np.full(3, 0.525), 0.5, step=1 / 30)  # 4.303 * 0.0333 / sqrt(36): 0.0239
    assert not is_above(np.full(3, 0.525), 0.5, step=1 / 25)  # 0.0287


def test_too_few_seeds_tell_nothing():
    for accuracies in (([0.9], [0.1]), ([0.9, 0.91], [0.1, 0.11]), ([0.9, 0.91, 0.92], [0.1])):
        assert contest(with_accuracies(*accuracies)).reason == "few seeds"
    assert contest(with_accuracies([0.9, 0.91, 0.92])).reason == "one setting"


def test_settings_that_share_no_seed_have_no_winner():
    runs = (Run("relu", seed=0), Run("tanh", seed=1))
    assert contest(train(Experiment(MOONS, runs, epochs=0))).reason == "few seeds"


def test_exact_ties_have_no_winner_and_are_named():
    found = contest(with_accuracies([0.9, 0.8, 1.0], [1.0, 0.9, 0.8], [0.9, 0.8, 0.9]))
    assert (found.reason, found.best) == ("tied", ("relu", "tanh"))
    assert found.accuracy == pytest.approx(0.9)


def test_without_hidden_layers_activations_have_no_winner_and_optimizers_may():
    accuracies = [0.9, 0.95, 0.92], [0.7, 0.75, 0.72]
    assert contest(with_accuracies(*accuracies, hidden=())).reason == "activation not used"
    runs = tuple(Run("relu", name, seed=seed) for name in ("adam", "sgd") for seed in range(3))
    history = train(Experiment(MOONS, runs, hidden=(), epochs=0))
    assert contest(replace(history, test_accuracy=np.concatenate(accuracies)[:, None])).reason is None


def test_at_chance_there_is_no_winner_however_clear_the_lead():
    found = contest(with_accuracies([0.5, 0.5, 0.5], [0.3, 0.31, 0.29]))
    assert (found.reason, found.chance) == ("at chance", 0.5)
    assert contest(with_accuracies([0.45, 0.6, 0.5], [0.3, 0.31, 0.29])).reason == "at chance"


def test_a_best_network_that_diverged_is_no_winner_and_another_that_did_is_no_matter():
    history = with_accuracies([0.9, 0.95, 0.92], [0.7, 0.75, 0.72])
    best, other = np.array([-1, 3, -1, -1, -1, -1]), np.array([-1, -1, -1, -1, 3, -1])
    assert contest(replace(history, diverged_at=best)).reason == "diverged"
    assert contest(replace(history, diverged_at=other)).reason is None


def test_above_a_level_is_judged_by_scipys_t_test_of_one_sample():
    rng = np.random.default_rng(1)
    verdicts = []
    for _ in range(50):
        accuracies = 0.5 + 0.02 * rng.standard_normal(5) + 0.015
        test = ttest_1samp(accuracies, 0.5)
        assert is_above(accuracies, 0.5) == (test.pvalue < 0.05 and test.statistic > 0)
        verdicts.append(is_above(accuracies, 0.5))
    assert 5 < sum(verdicts) < 45, "both happen"


def test_chance_level_is_the_share_of_the_class_that_most_training_data_have():
    assert chance_level(Experiment(MOONS)) == 0.5
    cancer = Experiment(DatasetSpec("breast_cancer"))
    labels = load(cancer.dataset).y_test
    assert chance_level(cancer) == pytest.approx(np.mean(labels == 1))
    assert 0.6 < chance_level(cancer) < 0.65, "357 of 569 tumours are benign"


def test_a_network_that_never_beat_chance_has_no_epoch_at_which_it_was_good():
    history = train(Experiment(MOONS, (Run("relu"), Run("tanh")), hidden=(2,), epochs=2))
    beside = replace(history, test_accuracy=np.array([[0.5, 0.5, 0.5], [0.5, 0.55, 0.52]]))
    first, second = final_figures(beside).epochs_to_90
    assert np.isnan(first)
    assert second == 0


@pytest.mark.parametrize("seeds", [5, 8, 30, 150])
def test_a_lasting_interval_ends_where_the_bayes_factor_against_it_is_twenty(seeds):
    """The factor is integrated here over the effect, whose prior is normal; the t statistic is then noncentral."""
    differences = np.random.default_rng(seeds).normal(0.02, 0.05, seeds)
    mean, low, high = lasting_intervals(differences)
    for end in (low, high):
        statistic = ttest_1samp(differences, end).statistic
        effect = np.linspace(-8, 8, 4001)
        against = nct.pdf(statistic, seeds - 1, effect * np.sqrt(seeds)) * norm.pdf(effect, scale=EFFECT)
        factor = np.trapezoid(against, effect) / t.pdf(statistic, seeds - 1)
        assert factor == pytest.approx(20, rel=1e-3)
    assert low < mean < high


def test_lasting_intervals_are_wider_than_those_of_one_look_and_infinite_for_few_seeds():
    differences = np.random.default_rng(1).normal(size=(7, 40))
    for seeds in range(2, 41):
        _, low, high = lasting_intervals(differences[:, :seeds])
        _, low_once, high_once = intervals(differences[:, :seeds])
        assert low.shape == (7,)
        assert (low < low_once).all()
        assert (high > high_once).all()
        assert np.isinf(low).all() == (seeds < 5)


def test_whoever_looks_after_each_seed_errs_as_seldom_as_they_say():
    """Two networks that do not differ, looked at after each of 60 seeds: the usual interval errs six times as often as
    it says, the lasting one as seldom; 1000 comparisons leave each figure a standard deviation of 0.7 and 1.4 %."""
    differences = np.random.default_rng(2).standard_normal((1000, 60))
    ever = {intervals: np.zeros(1000, bool), lasting_intervals: np.zeros(1000, bool)}
    for seeds in range(3, 61):
        for each, erred in ever.items():
            _, low, high = each(differences[:, :seeds])
            erred |= (low > 0) | (high < 0)
    assert ever[lasting_intervals].mean() <= 0.05
    assert ever[intervals].mean() > 0.2


def test_a_contest_by_lasting_intervals_asks_for_more():
    accuracies = np.random.default_rng(3).normal([[0.80], [0.79]], 0.01, (2, 20))
    once, lasting = (
        contest_of(accuracies, NAMES[:2], 0.5, [False] * 2, intervals_of=each) for each in (None, lasting_intervals)
    )
    assert (once.best, once.lead) == (lasting.best, lasting.lead)
    assert lasting.low < once.low
    few = contest_of(accuracies[:, :4], NAMES[:2], 0.5, [False] * 2, intervals_of=lasting_intervals)
    assert few.reason == "few seeds"


def test_figures_without_a_chance_level_are_compared_all_the_same():
    losses = -np.random.default_rng(4).normal([[0.2], [0.4]], 0.01, (2, 10))
    assert contest_of(losses, NAMES[:2], -np.inf, [False] * 2).near == ()


# Ten splits of these points: of the five test samples, two or three are of the class that most training data have.
EVERY_SPLIT = {"redraw": "everything", "epochs": 0, "hidden": (2,)}
OF_FORMULA = DatasetSpec("by_formula", samples=50, test_share=0.1, formula="y > 0")


def share_of_most_frequent(spec: DatasetSpec, part: str = "test") -> float:
    """By counting, class by class."""
    data = load(spec)
    counts = {k: list(data.y_train).count(k) for k in range(2)}
    frequent = max(counts, key=counts.get)
    labels = list(data.y_train if part == "train" else data.y_test)
    return labels.count(frequent) / len(labels)


def test_each_seed_that_has_its_own_split_has_its_own_chance_level():
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(10))
    experiment = Experiment(OF_FORMULA, runs, **EVERY_SPLIT)
    expected = {seed: share_of_most_frequent(replace(OF_FORMULA, seed=seed)) for seed in range(10)}
    assert chance_levels(experiment) == pytest.approx(expected)
    assert sorted(set(expected.values())) == [0.4, 0.6]
    assert chance_level(experiment) == pytest.approx(np.mean(list(expected.values()))) == pytest.approx(0.5)
    for seed in (0, 1):
        trained = share_of_most_frequent(replace(OF_FORMULA, seed=seed), "train")
        assert chance_levels(experiment, "train")[seed] == pytest.approx(trained)
    one_split = replace(experiment, redraw="weights")
    assert set(chance_levels(one_split).values()) == {chance_level(one_split)} == {0.6}


def test_networks_are_held_against_the_chance_level_of_their_own_seed():
    """A network that is a little better than its seed's level, with most seeds, is above chance, though the spread of
    its accuracies does not show that it is above the level of seed 0."""
    runs = tuple(Run(name, seed=seed) for name in ("relu", "tanh") for seed in range(10))
    history = train(Experiment(OF_FORMULA, runs, **EVERY_SPLIT))
    levels = np.array([share_of_most_frequent(replace(OF_FORMULA, seed=seed)) for seed in range(10)])
    lead = np.array([0.2, 0.0] * 4 + [0.2, 0.2])  # one sample of five, or none
    ended = replace(history, test_accuracy=np.concatenate([levels + lead, levels - 0.2])[:, None])
    assert ttest_1samp(lead, 0).confidence_interval(0.95).low > 0
    assert ttest_1samp(levels + lead, levels[0]).pvalue > 0.5
    found = contest(ended)
    assert (found.reason, found.chance) == (None, pytest.approx(0.5))
    as_levels = replace(history, test_accuracy=np.concatenate([levels, levels - 0.2])[:, None])
    assert contest(as_levels).reason == "at chance"
    figures = final_figures(as_levels)
    assert figures.epochs_to_90.isna().all(), "0.6 is not above chance where this is 0.6"
