from dataclasses import replace

import numpy as np
import pytest

from core.sweeps.scores import Scores
from core.sweeps.shares import variance_shares
from tests.core.sweeps.tables import random_scores, scores
from tests.reference.recorded import numbers

REFERENCE = numbers("shares.json")
NAMES = {"rate": "learning_rate"}  # of statsmodels' factors, where they are others


def recorded_scores() -> Scores:
    values = np.array(REFERENCE["values"])
    return scores(values, activation=(0, 1, 2), dataset=("moons", "xor"), learning_rate=(0.01, 0.1, 1.0, 10.0))


def recorded(model: str) -> dict[tuple[str, ...], tuple[float, float]]:
    """The sums of squares, as shares of the total, and the degrees of freedom of statsmodels' effects."""
    total = sum(squares for squares, _ in REFERENCE[model].values())
    return {
        tuple(NAMES.get(name, name) for name in effect.split(":")): (squares / total, freedom)
        for effect, (squares, freedom) in REFERENCE[model].items()
    }


def test_shares_are_those_of_statsmodels():
    found, settings, draws = variance_shares(recorded_scores()), recorded("settings"), recorded("draws")
    assert [effect.factors for effect in found.effects] == [effect for effect in settings if len(effect) < 3][:-1]
    for effect in found.effects:
        assert effect.share == pytest.approx(settings[effect.factors][0])
    assert found.higher.share == pytest.approx(settings["activation", "dataset", "learning_rate"][0])
    assert found.luck == pytest.approx(settings["Residual",][0])
    assert found.own == pytest.approx(draws["Residual",][0])
    assert found.draw == pytest.approx(draws["seed",][0] + draws["dataset", "seed"][0])


def test_what_luck_makes_of_nothing_goes_by_the_mean_squares_of_statsmodels():
    """Of the dataset alone by what its draws share, as in a split plot, and of all others by the rest."""
    found, draws = variance_shares(recorded_scores()), recorded("draws")
    own = draws["Residual",][0] / draws["Residual",][1]
    of_draws = [draws["seed",], draws["dataset", "seed"]]
    draw = sum(share for share, _ in of_draws) / sum(freedom for _, freedom in of_draws)
    for effect in (*found.effects, found.higher):
        freedom = draws[effect.factors or ("activation", "dataset", "learning_rate")][1]
        assert effect.by_luck == pytest.approx(freedom * (draw if effect.factors == ("dataset",) else own))


def test_shares_sum_to_one():
    for table in (
        random_scores(),
        random_scores().mean_over(["learning_rate"]),
        random_scores().at({"dataset": "xor"}),
    ):
        found = variance_shares(table)
        assert sum(effect.share for effect in found.effects) + found.higher.share + found.luck == pytest.approx(1)
        assert found.draw + found.own == pytest.approx(found.luck)
        assert min(effect.share for effect in found.effects) >= 0


def test_each_difference_goes_where_it_belongs():
    activation, rate, both = np.zeros((3, 2, 2, 4)), np.zeros((3, 2, 2, 4)), np.zeros((3, 2, 2, 4))
    activation[0] = 0.2
    rate[:, 0] = 0.1
    both[0, 0] = both[1, 1] = 0.1
    names = {"activation": (0, 1, 2), "learning_rate": (0, 1), "dataset": (0, 1)}
    only = variance_shares(scores(activation, **names))
    assert [effect.share for effect in only.effects] == pytest.approx([1, 0, 0, 0, 0, 0], abs=1e-12)
    assert (only.luck, only.draw, only.own) == pytest.approx((0, 0, 0), abs=1e-12)
    two = variance_shares(scores(activation + rate, **names))
    assert sum(effect.share for effect in two.effects[:2]) == pytest.approx(1)
    pair = variance_shares(scores(both, **names))
    assert max(pair.effects, key=lambda effect: effect.share).factors == ("activation", "learning_rate")


def test_what_all_networks_on_the_same_data_share_is_apart():
    rng = np.random.default_rng(0)
    draw = np.broadcast_to(rng.standard_normal((1, 1, 2, 5)), (3, 4, 2, 5))
    found = variance_shares(scores(draw, activation=(0, 1, 2), learning_rate=(0, 1, 2, 3), dataset=(0, 1)))
    assert found.own == pytest.approx(0, abs=1e-12)
    dataset = next(effect for effect in found.effects if effect.factors == ("dataset",))
    assert dataset.share + found.draw == pytest.approx(1)
    assert dataset.by_luck == pytest.approx(found.draw / 8), "one degree of freedom beside two datasets' four each"


def test_where_nothing_matters_shares_are_on_average_what_luck_makes():
    shares, by_luck = [], []
    for seed in range(1000):
        found = variance_shares(random_scores(seeds=3, seed=seed))
        shares.append([effect.share for effect in (*found.effects, found.higher)])
        by_luck.append([effect.by_luck for effect in (*found.effects, found.higher)])
    np.testing.assert_allclose(np.mean(shares, axis=0), np.mean(by_luck, axis=0), rtol=0.15)


def test_an_effect_is_rarely_shown_where_there_is_none():
    """Also of two seeds, where the largest of many shares is often nearly as large as that of luck."""
    rng = np.random.default_rng(0)
    shown = []
    for _ in range(300):
        table = scores(rng.normal(size=(4, 5, 2)), activation=tuple("abcd"), learning_rate=(1, 2, 3, 4, 5))
        shown.append(any(effect.is_shown for effect in variance_shares(table).effects))
    assert 0 < np.mean(shown) < 0.09  # three standard errors above 5 %


def test_an_effect_that_is_there_is_shown_and_no_other():
    values = 0.01 * np.random.default_rng(0).normal(size=(3, 2, 4)) + np.array([0.0, 0.1, 0.2])[:, None, None]
    found = variance_shares(scores(values, activation=tuple("abc"), learning_rate=(1, 2)))
    assert [effect.is_shown for effect in found.effects] == [True, False, False]


def test_one_factor_has_no_pairs_and_no_higher_ones():
    found = variance_shares(random_scores().mean_over(["learning_rate", "dataset"]))
    assert [effect.factors for effect in found.effects] == [("activation",)]
    assert found.higher.share == found.higher.by_luck == 0
    of_data = variance_shares(random_scores().mean_over(["learning_rate", "activation"]))
    assert of_data.own == pytest.approx(0, abs=1e-12) and not of_data.has_parts
    assert found.has_parts
    assert of_data.effects[0].by_luck == pytest.approx(of_data.draw / 10)


def test_gaps_leave_out_their_seeds_and_without_two_there_are_no_shares():
    table = random_scores()
    values = table.values.copy()
    values[1, 2, 0, 3] = np.nan
    found = variance_shares(replace(table, values=values))
    assert found.basis.seeds == 5
    whole = table.changed(table.factors, lambda array: np.delete(array, 3, axis=-1))
    assert found.effects == variance_shares(whole).effects
    assert variance_shares(table.changed(table.factors, lambda array: array[..., :1])) is None
    assert variance_shares(replace(table, values=np.full(values.shape, 0.9))) is None


def test_a_single_setting_has_no_shares():
    assert variance_shares(scores(np.array([[0.7, 0.8, 0.9]]), activation=("relu",))) is None
