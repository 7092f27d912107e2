import numpy as np

from core import Experiment, Run, train
from core.train.epochs import recorded_epochs
from tests.core.train.comparing import MOONS


def test_schedule_has_the_first_the_last_and_about_a_hundred():
    for epochs in (0, 1, 16, 17, 60, 200, 1999, 2000):
        recorded = recorded_epochs(epochs)
        assert recorded[0] == 0
        assert recorded[-1] == epochs
        assert len(recorded) <= 100
        assert recorded == sorted(set(recorded))
        np.testing.assert_array_equal(train(Experiment(MOONS, (Run(),), hidden=(), epochs=epochs)).epochs, recorded)
