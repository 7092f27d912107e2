"""What a room has found: worked by hand where it can be, and compared with simpler ways to the same."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

from classroom.pooled import LOOKS, Look, Summary, pooled
from core.analysis.luck import lasting_intervals


@dataclass(frozen=True)
class Of:
    """One participant's result."""

    number: int
    values: tuple[float | None, ...]


def room(*values: tuple[float | None, ...]) -> list[Of]:
    return [Of(number, each) for number, each in enumerate(values)]


def drawn(people: int, *means: float, spread: float = 0.02) -> list[Of]:
    """Accuracies around these means, which people of one seed share a part of."""
    rng = np.random.default_rng(5)
    return room(*(tuple(mean + spread * rng.standard_normal(len(means))) for mean in [np.array(means)] * people))


def test_nothing_is_said_before_somebody_has_a_result():
    found = pooled([], 2, largest_wins=True)
    assert (found.people, found.contest, found.looks) == (0, None, ())
    assert [each.people for each in found.networks] == [0, 0]
    assert math.isnan(found.networks[0].mean)


def test_one_result_is_a_summary_and_no_contest():
    found = pooled(room((0.9, 0.8)), 2, largest_wins=True)
    assert found.networks == (Summary(1, 0, 0.9, 0.9, 0.9, 0.9), Summary(1, 0, 0.8, 0.8, 0.8, 0.8))
    assert found.contest.reason == "few seeds"
    assert (found.pair, found.looks, found.ahead, found.compared) == ((0, 1), (), (1, 0), 1)


def test_summaries_have_the_figures_of_their_network():
    found = pooled(room((0.9, 0.5), (0.7, 0.6), (0.5, 0.1), (0.6, 0.6)), 2, largest_wins=True)
    assert found.networks[0] == Summary(4, 0, pytest.approx(0.675), 0.6, 0.5, 0.9)
    assert (found.ahead, found.compared) == ((3, 0), 4)


def test_intervals_are_those_of_the_first_people_in_the_order_of_arrival():
    results = drawn(30, 0.9, 0.7, 0.85)
    found = pooled(results, 3, largest_wins=True)
    assert found.pair == (0, 2)
    assert [look.people for look in found.looks] == [2, 3, 5, 8, 13, 21, 30]
    values = np.array([result.values for result in results])
    for look in found.looks:
        differences = values[: look.people, 0] - values[: look.people, 2]
        assert look == Look(look.people, *map(float, lasting_intervals(differences)))
    assert not math.isfinite(found.looks[0].low)
    widths = [look.high - look.low for look in found.looks[2:]]
    assert widths[-1] < widths[0] / 3
    assert (found.contest.lead, found.contest.low) == pytest.approx((found.looks[-1].lead, found.looks[-1].low))


def test_a_lead_is_named_when_its_interval_says_so_and_not_before():
    results = drawn(40, 0.9, 0.7)
    few, many = (pooled(results[:people], 2, largest_wins=True).contest for people in (4, 40))
    assert (few.reason, few.best) == ("few seeds", (0,))
    assert (many.reason, many.best, many.near) == (None, (0,), ())


def test_what_differs_by_the_same_sample_for_everybody_is_no_certainty():
    results = room(*[(0.82, 0.8)] * 6)
    sure, few = (pooled(results, 2, largest_wins=True, step=step).contest for step in (0.0, 0.1))
    assert (sure.low, sure.high) == pytest.approx((0.02, 0.02)) and sure.near == ()
    assert few.low < 0 and few.near == (1,)
    assert few.high - 0.02 == pytest.approx(0.02 - few.low)
    looks = pooled(results, 2, largest_wins=True, step=0.1).looks
    assert (looks[-1].low, looks[-1].high) == (few.low, few.high)


def test_equal_networks_are_not_told_apart():
    found = pooled(drawn(60, 0.9, 0.9), 2, largest_wins=True)
    assert found.contest.near
    assert found.contest.low < 0 < found.contest.high


def test_of_losses_the_smaller_one_leads():
    found = pooled(drawn(20, 0.4, 0.2), 2, largest_wins=False)
    assert found.contest.best == (1,)
    assert found.contest.low > 0
    assert found.networks[1].mean == pytest.approx(0.2, abs=0.02)
    assert found.ahead[1] > found.ahead[0]


def test_exact_ties_have_no_leader():
    found = pooled(room(*[(0.5, 0.5)] * 6), 2, largest_wins=True)
    assert (found.contest.reason, found.looks, found.ahead, found.compared) == ("tied", (), (0, 0), 6)


def test_networks_that_diverged_are_counted_and_not_compared():
    values = [(0.9 + n / 1000, 0.7, math.nan if n == 3 else 0.99) for n in range(8)]
    found = pooled(room(*values), 3, largest_wins=True)
    assert [each.diverged for each in found.networks] == [0, 0, 1]
    assert found.networks[2].mean == pytest.approx(0.99)
    assert (found.contest.best, found.contest.closest) == ((0,), 1)
    assert found.compared == 7


@pytest.mark.parametrize("value", [math.nan, math.inf, None])
def test_if_all_diverged_there_is_nothing_to_compare(value):
    found = pooled(room(*[(value, value)] * 5), 2, largest_wins=False)
    assert (found.people, found.contest, found.looks) == (5, None, ())
    for each in found.networks:
        assert (each.people, each.diverged) == (5, 5)
        assert np.isnan([each.mean, each.median, each.least, each.greatest]).all()


def test_at_chance_level_nobody_leads():
    results = drawn(30, 0.55, 0.40)
    assert pooled(results, 2, True, chance=0.5).contest.reason is None
    assert pooled(results, 2, True, chance=0.6).contest.reason == "at chance"


def test_each_result_is_held_against_the_chance_level_of_its_own_seed():
    """The first network is 0.05 or 0.06 above each level, and the levels differ by far more.  Results of another
    question are left out with their levels."""
    chance = [0.4, 0.4, 0.6, 0.6] * 2
    results = room(*((level + 0.05 + 0.01 * (k % 2), level - 0.1) for k, level in enumerate(chance)), (0.5,))
    assert pooled(results, 2, True, chance=0.5).contest.reason == "at chance"
    found = pooled(results, 2, True, chance=[*chance, 0.99]).contest
    assert (found.reason, found.best, found.chance) == (None, (0,), pytest.approx(0.5))


def test_counts_have_a_median_and_a_range_and_what_never_happened_is_the_greatest():
    found = pooled(room((3, math.inf), (5, 20), (40, math.inf), (5, 10)), 2, largest_wins=False, by_median=True)
    assert (found.contest, found.looks) == (None, ())
    assert found.networks[0] == Summary(4, 0, 13.25, 5, 3, 40)
    assert found.networks[1] == Summary(4, 2, 15, 20, 10, math.inf)
    assert (found.ahead, found.compared) == ((4, 0), 4)


def test_counts_that_all_never_happened_are_equal():
    found = pooled(room(*[(math.inf, math.inf)] * 3), 2, largest_wins=False, by_median=True)
    assert (found.ahead, found.networks[0].median) == ((0, 0), math.inf)


def test_results_of_another_question_are_left_out():
    found = pooled([*room((0.5, 0.6)), Of(1, (0.5, 0.6, 0.7)), Of(2, ())], 2, True)
    assert found.people == 1


def test_a_room_of_two_hundred_has_a_bounded_number_of_looks():
    assert len(pooled(drawn(200, 0.9, 0.8), 2, True).looks) == len(LOOKS) + 1
