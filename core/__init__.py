"""The mathematics of Activation Lab: what to train, training it, and what happened.  No Streamlit, no charts.

from core import DatasetSpec, Experiment, Run, train

history = train(Experiment(DatasetSpec("moons"), runs=(Run("sigmoid"), Run("relu"))))
history.test_accuracy[:, -1]
"""

from .analysis.boundary import class_probabilities, grid
from .analysis.summary import final_figures
from .data.chosen import table
from .data.datasets import DATASETS, DatasetSpec
from .data.loading import Dataset, load
from .data.made_features import MADE_FEATURES
from .data.sheets import Sheet, read_table, suggest_columns
from .data.tables import Table
from .nn.activations import ACTIVATIONS, Activation
from .nn.initializers import INITIALIZERS
from .nn.losses import LOSSES
from .nn.optimizers import OPTIMIZERS, Optimizer
from .nn.own_functions import activation_of
from .nn.rate_schedules import SCHEDULES
from .sweeps.grid import Grid
from .sweeps.results import Results
from .sweeps.running import sweep
from .train.experiment import Experiment
from .train.history import History
from .train.run import Branch, Run
from .train.training import Training, train

__all__ = [
    "ACTIVATIONS", "DATASETS", "INITIALIZERS", "LOSSES", "MADE_FEATURES", "OPTIMIZERS", "SCHEDULES", "Activation",
    "Branch", "Dataset", "DatasetSpec", "Experiment", "Grid", "History", "Optimizer", "Results", "Run", "Sheet",
    "Table", "Training", "activation_of", "class_probabilities", "final_figures", "grid", "load", "read_table",
    "suggest_columns", "sweep", "table", "train",
]  # fmt: skip
