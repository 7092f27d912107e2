"""How features are standardised: by their mean and standard deviation, but by no less than their resolution."""

import numpy as np
from sklearn.preprocessing import StandardScaler


def resolution(X: np.ndarray) -> np.ndarray:
    """The smallest step between two different values of each feature of X (n, f), as (f,); 1 where there is one value.

    It is one grey level for a pixel of a picture, and next to nothing for a feature that was measured finely.
    """
    steps = np.array([np.diff(np.unique(feature)).min(initial=np.inf) for feature in X.T])
    return np.where(np.isinf(steps), 1.0, steps)


class Scaler(StandardScaler):
    """scikit-learn's, but that no feature is divided by less than its `resolution`.

    A pixel that is white in all pictures but a few has a standard deviation of a hundredth of a grey level: one level
    in a test picture would be an input of 83.
    """

    def fit(self, X: np.ndarray, y: object = None) -> "Scaler":
        super().fit(X)
        self.scale_: np.ndarray = np.maximum(self.scale_, resolution(X))
        return self
