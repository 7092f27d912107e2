"""Missions that are tasks: goals that settings reach with few units or weights, and weights that are set by hand."""

from ui.missions.mission import ByHand, Goal, Mission
from ui.shell.language import N_

_ONE_NETWORK = {"compare": "schedule", "schedules": ["constant"]}  # so that all else is one choice

RECORDS = (
    Mission(
        name="ring_with_few_units",
        title=N_("A ring with few units"),
        question=N_("How few hidden units are enough to separate a ring from its centre?"),
        settings=_ONE_NETWORK | {
            "dataset": "circles", "activation": "relu", "layers": 1, "units": "2", "epochs": 200,
        },
        measure="test_loss",
        answers=Goal(bound=0.15),
        reason=N_(
            "Each ReLU unit of the first hidden layer adds one line, along which the boundary can bend. Two lines do "
            "not enclose an area; three do. With just enough units, some seeds fail, so a few more units make it "
            "reliable. Functions that go up and down need fewer units: try sine."
        ),
        lesson="nonlinearity",
        free=("activation", "layers", "units", "learning_rate"),
    ),
    Mission(
        name="spiral_with_few_units",
        title=N_("A spiral that always works"),
        question=N_("Which small network separates the spiral, whatever the seed?"),
        settings=_ONE_NETWORK | {
            "dataset": "spiral", "activation": "relu", "layers": 1, "units": "4", "epochs": 200,
        },
        measure="test_loss",
        answers=Goal(bound=0.15),
        reason=N_(
            "With four ReLU units, some seeds separate the arms and others stop far from it: it depends on the data "
            "and on the initial weights. With more units, there are enough good lines with every seed. Sine needs "
            "fewer units."
        ),
        lesson="dead_relu",
        free=("activation", "layers", "units", "learning_rate", "initializer"),
    ),
    Mission(
        name="ring_with_few_weights",
        title=N_("A ring with few weights"),
        question=N_("How few weights are enough to separate a ring from its centre?"),
        settings=_ONE_NETWORK | {"dataset": "circles", "activation": "relu", "layers": 0, "units": "2", "epochs": 200},
        measure="test_loss",
        answers=Goal(bound=0.1, cost="weights"),
        reason=N_(
            "The distance from the centre tells the class, and its square is the sum of the two squared inputs. With "
            "these as made features, a network without a hidden layer is enough. Good features save weights."
        ),
        lesson="nonlinearity",
        free=("made_features", "layers", "units", "activation"),
    ),
    Mission(
        name="weights_by_hand",
        title=N_("Weights by hand"),
        question=N_("Which weights put two groups of points on the two sides of a line?"),
        settings={"dataset": "blobs", "classes": 2, "samples": 200},
        measure="test_accuracy",
        answers=ByHand(share=0.99),
        reason=N_(
            "The line z = 0 is perpendicular to the direction (w₁, w₂), and the neuron fires on the side to which this "
            "points. If all signs change, the line stays where it is, and its two sides are exchanged."
        ),
        lesson="neuron",
    ),
    Mission(
        name="bias_by_hand",
        title=N_("A bias by hand"),
        question=N_("Which weights and which bias separate two classes whose border is not at the centre?"),
        settings={"dataset": "by_formula", "formula": "y > x/2 + 1", "noise": 0.0, "samples": 200},
        measure="test_accuracy",
        answers=ByHand(share=0.97),
        reason=N_(
            "Without a bias, the line z = 0 always goes through the point (0, 0). The bias moves it away, without "
            "turning it."
        ),
        lesson="neuron",
    ),
)  # fmt: skip
