"""On parameters as training could have left them, one of each run; a loss is what `measured` says."""

from collections.abc import Callable

import numpy as np

from core.train.recorder import Record
from core.train.settling import put_back, settle

NEVER = np.array([-1, -1, -1])


def measured(parameters: np.ndarray, epoch: int) -> Callable[[], Record]:
    """Measures a stack whose loss is infinite where the first parameter is above 100."""

    def measure() -> Record:
        loss = np.where(parameters[:, 0] > 100, np.inf, parameters[:, 0])
        others = dict.fromkeys(
            ("train_accuracy", "test_accuracy", "gradient_norm", "alive", "flat", "total", "squares"), np.zeros(3)
        )
        return Record(epoch, loss, np.zeros(3), flat_parameters=parameters.copy(), **others)

    return measure


def test_what_is_not_finite_goes_back_to_the_epochs_start():
    parameters = np.array([[1.0, 2.0], [np.nan, 2.0], [3.0, -np.inf]])
    before = np.array([[10.0, 20], [30, 40], [50, 60]])
    assert put_back(parameters, before, NEVER, epoch=4).tolist() == [-1, 4, 4]
    assert parameters.tolist() == [[1, 2], [30, 40], [50, 60]]


def test_what_diverged_before_stands_still_and_keeps_its_epoch():
    parameters, before = np.array([[1.0], [2.0], [np.nan]]), np.array([[10.0], [20.0], [30.0]])
    assert put_back(parameters, before, np.array([-1, 3, 0]), epoch=4).tolist() == [-1, 3, 0]
    assert parameters.tolist() == [[1], [20], [30]]


def test_a_finite_loss_is_recorded_as_it_is():
    parameters = np.array([[1.0], [2.0], [3.0]])
    record, diverged_at = settle(measured(parameters, 7), parameters, [np.zeros((3, 1))], NEVER)
    assert record.train_loss.tolist() == parameters[:, 0].tolist() == [1, 2, 3]
    assert diverged_at.tolist() == [-1, -1, -1]


def test_a_loss_that_is_not_finite_gets_the_first_fallback_that_has_one():
    parameters = np.array([[1.0], [200.0], [200.0]])
    fallbacks = np.array([[11.0], [12.0], [300.0]]), np.array([[21.0], [22.0], [23.0]])
    record, diverged_at = settle(measured(parameters, 7), parameters, fallbacks, NEVER)
    assert record.train_loss.tolist() == [1, 12, 23]
    assert record.flat_parameters.tolist() == parameters.tolist() == [[1], [12], [23]]
    assert diverged_at.tolist() == [-1, 7, 7]


def test_the_epoch_is_the_first_in_which_it_was_not_finite():
    parameters = np.array([[1.0], [200.0], [3.0]])
    _, diverged_at = settle(measured(parameters, 7), parameters, [np.zeros((3, 1))], np.array([-1, 5, -1]))
    assert diverged_at.tolist() == [-1, 5, -1]


def test_a_run_that_was_never_finite_is_left_alone():
    parameters = np.array([[200.0], [2.0], [3.0]])
    record, diverged_at = settle(measured(parameters, 7), parameters, [np.zeros((3, 1))], np.array([0, -1, -1]))
    assert parameters[0] == 200
    assert np.isinf(record.train_loss[0])
    assert diverged_at.tolist() == [0, -1, -1]
