"""That what is measured is what is said; how long it takes, no test can tell."""

from datetime import UTC, datetime

import numpy as np
import pytest

from core.lessons import stopwatch
from core.lessons.stopwatch import PART, PARTS, TURNS, time_activations
from core.nn.activations import ACTIVATIONS
from core.nn.kernels import Kernel


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    now = [0.0]
    monkeypatch.setattr(stopwatch.time, "perf_counter", lambda: now[0])
    return now


def test_medians_of_the_turns_in_milliseconds_for_a_million_values(clock, monkeypatch):
    """A part takes 3 ms for its value, but 1 s in the first turn and the last four, and 2 ms for its slope."""
    bound = []

    def bind(name, z, a, s):
        turn = len(bound)
        bound.append(name)

        def value():
            clock[0] += 1.0 if turn == 0 or turn > TURNS - 4 else 0.003

        def slope():
            clock[0] += 0.002

        return Kernel(value, slope)

    monkeypatch.setattr(stopwatch, "bind", bind)
    (timing,) = time_activations(["relu"]).timings
    assert PARTS * PART == 1_000_000
    assert timing.value == pytest.approx(3 * PARTS)
    assert timing.slope == pytest.approx(2 * PARTS)
    assert timing.both == pytest.approx(5 * PARTS)
    assert bound == ["relu"] * (1 + TURNS)


@pytest.mark.slow
def test_functions_take_turns_on_the_same_fresh_values(monkeypatch):
    turns, seen = [], {}

    def bind(name, z, a, s):
        turns.append(name)

        def value():
            seen.setdefault(name, []).append(z.copy())
            z.fill(0)  # as kernels do

        return Kernel(value, None)

    monkeypatch.setattr(stopwatch, "bind", bind)
    measured = time_activations(["tanh", "step"])
    assert turns == ["tanh", "step"] * (1 + TURNS)
    np.testing.assert_array_equal(seen["tanh"], seen["step"])
    drawn = np.concatenate(seen["tanh"][:PARTS])
    assert drawn.dtype == np.float32
    assert drawn.shape == (1_000_000,)
    assert (drawn.mean(), drawn.std()) == pytest.approx((0, 1), abs=0.01)
    np.testing.assert_array_equal(np.concatenate(seen["tanh"][-PARTS:]), drawn)
    assert [timing.slope for timing in measured.timings] == [0, 0], "the value has done it all"


@pytest.mark.slow
def test_says_of_each_whether_it_has_a_kernel_and_where_and_when_it_was_measured():
    before = datetime.now(UTC)
    measured = time_activations(list(ACTIVATIONS))
    assert before <= measured.when <= datetime.now(UTC)
    assert measured.names == tuple(ACTIVATIONS)
    assert all(timing.value > 0 and timing.slope >= 0 for timing in measured.timings)
    has_kernel = {timing.name: timing.has_kernel for timing in measured.timings}
    assert has_kernel["relu"]
    assert not has_kernel["softsign"]
    assert f"numpy {np.__version__}" in measured.machine
    assert "cores" in measured.machine


def test_an_unknown_name_is_named_with_the_choices():
    with pytest.raises(ValueError, match="unknown activation 'tahn'; did you mean 'tanh'"):
        time_activations(["relu", "tahn"])
