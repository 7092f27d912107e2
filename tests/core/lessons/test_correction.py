"""Mending one mistake, held to a gradient by central differences and to predictions of networks moved by hand."""

from dataclasses import replace

import numpy as np
import pytest

from core import DatasetSpec, Experiment, Run, load, train
from core.lessons.correction import STEP, STEPS, mend

SPEC = DatasetSpec("iris", view="all")


@pytest.fixture(scope="module")
def trained():
    return train(Experiment(SPEC, (Run("tanh"),), hidden=(4,), epochs=5, dtype="float64"))


def moved(history, parameters: np.ndarray) -> np.ndarray:
    """(n, classes) what the network says of the test samples with other parameters."""
    return replace(history, flat_parameters=parameters[None, None]).predict(load(SPEC).X_test)[0]


def wrong(history) -> int:
    data = load(SPEC)
    return int(np.flatnonzero(history.predict(data.X_test)[0].argmax(axis=1) != data.y_test)[0])


def test_the_first_step_goes_down_the_gradient_of_that_samples_loss(trained):
    sample, labels, theta = wrong(trained), load(SPEC).y_test, trained.flat_parameters[0, -1].copy()

    def loss(parameters: np.ndarray) -> float:
        return -np.log(moved(trained, parameters)[sample, labels[sample]])

    nudges = 1e-6 * np.eye(len(theta))
    gradient = np.array([(loss(theta + nudge) - loss(theta - nudge)) / 2e-6 for nudge in nudges])
    after = moved(trained, theta - STEP * np.linalg.norm(theta) * gradient / np.linalg.norm(gradient))
    before = trained.predict(load(SPEC).X_test)[0]
    found = mend(trained, sample)
    assert found.probability[0] == pytest.approx(before[sample, labels[sample]])
    assert found.probability[1] == pytest.approx(after[sample, labels[sample]], rel=1e-6)
    was, now = (np.delete(each.argmax(axis=1) == labels, sample) for each in (before, after))
    assert found.mended[1] == (now & ~was).sum()
    assert found.broken[1] == (was & ~now).sum()
    assert found.change[:2] == pytest.approx([0, STEP])


def test_a_small_change_mends_a_mistake_and_a_larger_one_breaks_others(trained):
    found = mend(trained, wrong(trained))
    assert 0 < found.right_after < STEPS
    assert (np.diff(found.probability) > 0).all()
    assert found.change[found.right_after] < found.change[-1] <= STEP * STEPS * 1.0001
    assert found.mended[0] == found.broken[0] == 0
    assert (np.diff(found.change) > 0).all()


def test_of_a_wrong_digit_not_much_else_breaks():
    """The example that everybody uses: the network is right again after a change of less than 2 percent."""
    spec = DatasetSpec("digits", view="all")
    history = train(Experiment(spec, (Run("relu"),)))
    data = load(spec)
    said = history.predict(data.X_test)[0].argmax(axis=1)
    mistakes = np.flatnonzero(said != data.y_test)[:8]
    found = [mend(history, int(sample)) for sample in mistakes]
    at = [each.right_after for each in found]
    assert all(each.change[step] < 0.02 for each, step in zip(found, at))
    assert all(each.broken[step] < 0.02 * len(said) for each, step in zip(found, at))
    assert np.mean([each.broken[-1] for each in found]) > np.mean([each.broken[step] for each, step in zip(found, at)])


def test_one_that_is_right_from_the_start_needs_no_step(trained):
    data = load(SPEC)
    right = int(np.flatnonzero(trained.predict(data.X_test)[0].argmax(axis=1) == data.y_test)[0])
    assert mend(trained, right).right_after == 0


def test_a_sample_that_is_not_there_is_named(trained):
    with pytest.raises(ValueError, match="the sample is 60, and must be a whole number between 0 and 59"):
        mend(trained, 60)
