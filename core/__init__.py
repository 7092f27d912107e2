"""The mathematics of Activation Lab: what to train, training it, and what happened.  No Streamlit, no charts.

from core import DatasetSpec, Experiment, Run, train

history = train(Experiment(DatasetSpec("moons"), runs=(Run("sigmoid"), Run("relu"))))
history.test_accuracy[:, -1]
"""

from core.activations import ACTIVATIONS, Activation
from core.boundary import class_probabilities, grid
from core.datasets import DATASETS, Dataset, DatasetSpec, load
from core.experiment import Experiment, Run
from core.history import History
from core.initializers import INITIALIZERS
from core.losses import LOSSES
from core.optimizers import OPTIMIZERS, Optimizer
from core.summary import final_figures
from core.table import Table, read_csv, suggest_columns
from core.training import Training, train

__all__ = [
    "ACTIVATIONS", "DATASETS", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "Activation", "Dataset", "DatasetSpec",
    "Experiment", "History", "Optimizer", "Run", "Table", "Training", "class_probabilities",
    "final_figures", "grid", "load", "read_csv", "suggest_columns", "train",
]  # fmt: skip
