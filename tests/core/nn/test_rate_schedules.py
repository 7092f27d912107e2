import numpy as np
import pytest

from core import SCHEDULES
from core.nn.rate_schedules import CONSTANT, rate_factor
from tests.reference.cases import SCHEDULE_EPOCHS, SCHEDULE_LENGTHS


@pytest.mark.parametrize("length", SCHEDULE_LENGTHS)
@pytest.mark.parametrize("name", SCHEDULES)
def test_rates_are_pytorchs_and_stay_after_the_end(name, length, torch_numbers):
    rates = [rate_factor(name, done, length) for done in range(SCHEDULE_EPOCHS)]
    np.testing.assert_allclose(rates, torch_numbers[f"schedule/{name}/{length}"], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("length", [1, 2, 3, 10, 11, 60, 2000])
@pytest.mark.parametrize("name", SCHEDULES)
def test_a_rate_is_above_0_up_to_the_end_of_its_schedule_and_never_above_its_own(name, length):
    factors = np.array([rate_factor(name, done, length) for done in range(2 * length)])
    assert (factors[:length] > 0).all()
    assert (factors <= 1).all()
    assert np.ptp(factors[length:]) == 0


def test_the_whole_rate_is_reached_by_all():
    for name in SCHEDULES:
        assert max(rate_factor(name, done, 60) for done in range(60)) == pytest.approx(1)


def test_values_worked_by_hand():
    """Of a schedule of 40 epochs: half of a cosine's way is half the rate, a warm-up of 4 epochs starts at a tenth."""
    assert rate_factor(CONSTANT, 39, 40) == 1
    assert [rate_factor("step", done, 40) for done in (19, 20, 29, 30, 99)] == pytest.approx([1, 0.1, 0.1, 0.01, 0.01])
    assert [rate_factor("cosine", done, 40) for done in (0, 20, 40, 99)] == pytest.approx([1, 0.5, 0, 0])
    assert [rate_factor("warm_up", done, 40) for done in (0, 2, 4, 99)] == pytest.approx([0.1, 0.55, 1, 1])
    assert [rate_factor("warm_up", done, 11) for done in (0, 1, 2)] == pytest.approx([0.1, 0.55, 1]), "two epochs"
    both = [rate_factor("warm_up_cosine", done, 40) for done in (0, 2, 4, 22, 40)]
    assert both == pytest.approx([0.1, 0.55, 1, 0.5, 0])
