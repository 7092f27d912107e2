"""What both sides follow a gradient through: PyTorch in `record.py`, core in the tests."""

from core import DatasetSpec, Experiment, Run

MOONS = DatasetSpec("moons", samples=60, seed=2)
EXPERIMENTS = {
    "sigmoid, ten layers": Experiment(
        MOONS, (Run("sigmoid", "momentum"), Run("sigmoid", initializer="small_normal")), hidden=(6,) * 10, epochs=4,
        dtype="float64",
    ),
    "different layers": Experiment(
        DatasetSpec("spiral", classes=3, samples=60), (Run(("relu", "tanh", "selu", "mish"), bias=0.1), Run("relu")),
        hidden=(7, 6, 5, 4), epochs=6, dtype="float64",
    ),
    "squared error": Experiment(MOONS, (Run("silu"),), hidden=(5,), epochs=3, loss="mse", dtype="float64"),
}  # fmt: skip
