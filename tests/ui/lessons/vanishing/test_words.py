from dataclasses import replace

import numpy as np

from core import DatasetSpec, Experiment, Run, train
from core.lessons.vanishing import chain
from ui.lessons.vanishing.words import notices


def test_what_vanishes_later_does_so_too_only_where_another_has_before():
    history = train(Experiment(DatasetSpec("moons"), (Run("tanh"), Run("relu")), hidden=(2,), epochs=1))
    followed = chain(history)
    left = np.full_like(followed.left, 0.5)
    left[0, -1] = 1e-4
    alone = notices(history, replace(followed, left=left))[0]
    assert "After 1 epoch, less than a thousandth is left in **Tanh**." in alone
    left = np.array([left[0], np.full_like(left[1], 1e-4)])
    both = notices(history, replace(followed, left=left))[0]
    assert "(less than a thousandth is left): **ReLU**." in both
    assert "After 1 epoch, less than a thousandth is also left in **Tanh**." in both
