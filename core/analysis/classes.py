"""How well each class is predicted: where one class is frequent, a high accuracy may be that of saying always it."""

from dataclasses import dataclass

import numpy as np

from ..data.loading import load
from ..readonly import ReadOnly
from ..train.history import History
from .repeats import runs_by_setting
from .summary import never_finite


@dataclass(frozen=True)
class ClassFigures(ReadOnly):
    """Of each setting, in the end, the means of its seeds; arrays are read-only.

    `accuracy` (setting, class) is the share of the test samples of a class that are predicted right (the recall),
    `balanced` (setting,) its mean over the classes.  `says_one` (setting,) is whether every seed's network says the
    same class for all samples, training and test data; one that was never finite says nothing, and is never right.
    """

    accuracy: np.ndarray
    balanced: np.ndarray
    says_one: np.ndarray


def class_figures(history: History) -> ClassFigures:
    experiment = history.experiment
    runs, classes = len(experiment.runs), experiment.dataset.size.classes
    accuracy, says_one = np.empty((runs, classes)), np.empty(runs, bool)
    for seed, places in experiment.runs_by_seed().items():
        data = load(experiment.of_seed(seed).dataset)
        of_seed = history.select(places)
        tested, trained = (of_seed.predict(X).argmax(axis=2) for X in (data.X_test, data.X_train))  # (run, sample)
        predicts = ~never_finite(of_seed)
        is_right = (tested == data.y_test) & predicts[:, None]
        accuracy[places] = np.stack([is_right[:, data.y_test == k].mean(axis=1) for k in range(classes)], axis=1)
        both = np.hstack([tested, trained])
        says_one[places] = (both == both[:, :1]).all(axis=1) & predicts
    groups = runs_by_setting(experiment)
    mean = np.stack([accuracy[group].mean(axis=0) for group in groups])
    return ClassFigures(mean, mean.mean(axis=1), np.array([says_one[group].all() for group in groups]))
