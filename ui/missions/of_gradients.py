"""Missions on gradients that vanish, and on units that die."""

from ui.missions.mission import Choices, Mission, Scale
from ui.missions.of_shapes import NO_DIFFERENCE
from ui.shell.language import N_

_DEEP = {"dataset": "moons", "layers": 10}

RECORDS = (
    Mission(
        name="how_deep_sigmoid",
        title=N_("How deep can sigmoid go?"),
        question=N_(
            "Sigmoid layers with Xavier's initial weights are trained with momentum. Which is the largest of these "
            "numbers of hidden layers with which the test accuracy still reaches 75 %?"
        ),
        settings={
            "dataset": "moons", "activations": ["sigmoid"], "optimizer": "momentum", "initializer": "xavier_normal",
        },
        measure="test_accuracy",
        answers=Choices(reach=0.75),
        cells={"layers": (1, 3, 6, 10)},
        reason=N_(
            "The slope of sigmoid is at most 0.25, and Xavier's weights do not make up for this. So in each layer the "
            "differences between samples shrink on the way forward, and the gradient on the way back. With six layers, "
            "almost nothing of both is left."
        ),
        lesson="vanishing",
        free=("initializer", "optimizer"),
    ),
    Mission(
        name="deep_sigmoid_weights",
        title=N_("Ten sigmoid layers: initial weights"),
        question=N_("Ten hidden layers of sigmoid. With which initial weights is the test accuracy highest?"),
        settings={
            **_DEEP, "compare": "initializer", "initializers": ["xavier_normal", "pytorch_default", "xavier_4"],
            "activation": "sigmoid", "optimizer": "momentum",
        },
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.05),
        reason=N_(
            "The slopes multiply the gradient by at most 0.25 in each layer. Larger weights can make up for this. So "
            "with 4 × Xavier enough of the gradient reaches the first layer, and the network learns."
        ),
        lesson="vanishing",
        free=("layers", "activation"),
    ),
    Mission(
        name="deep_sigmoid_optimizer",
        title=N_("Ten sigmoid layers: optimizers"),
        question=N_(
            "Ten hidden layers of sigmoid with Xavier's initial weights. Almost nothing of the gradient reaches the "
            "first layer. With which optimizer is the test accuracy highest?"
        ),
        settings={
            **_DEEP, "compare": "optimizer", "optimizers": ["sgd", "momentum", "adam"], "activation": "sigmoid",
            "initializer": "xavier_normal",
        },
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.05),
        reason=N_(
            "Adam divides each step by the size of the gradient, so its steps are not small where the gradients are "
            "small. The steps of SGD and momentum are as small as the gradient."
        ),
        lesson="vanishing",
        free=("layers", "activation"),
    ),
    Mission(
        name="dead_at_a_rate",
        title=N_("Dead units"),
        question=N_(
            "A network has 32 ReLU units, and Adam trains it with a learning rate of 0.1. How many units are dead "
            "after 60 epochs?"
        ),
        settings={"dataset": "moons", "activations": ["relu"], "learning_rate": 0.1},
        measure="dead_units",
        answers=Scale(0, 32, 1, near=4),
        reason=N_(
            "One step that is too large can make the weighted sum of a unit negative for every training sample. Its "
            "slope is then 0, and no gradient changes its weights. Smaller learning rates kill fewer units."
        ),
        lesson="dead_relu",
        free=("learning_rate", "layers"),
    ),
    Mission(
        name="leaky_or_relu",
        title=N_("Leaky ReLU against dead units"),
        question=N_(
            "With a learning rate of 0.1, some of the 32 ReLU units die, and no unit of leaky ReLU does. Which network "
            "has the higher test accuracy?"
        ),
        settings={"dataset": "moons", "activations": ["relu", "leaky_relu"], "learning_rate": 0.1},
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.03),
        reason=N_(
            "The units that are still alive are enough for these data. Dead units make a network smaller, and that "
            "does not always make it worse."
        ),
        lesson="dead_relu",
        free=("learning_rate", "units"),
    ),
    Mission(
        name="all_zero",
        title=N_("All weights zero"),
        question=N_(
            "All weights of a sigmoid network are 0 at the start. The first hidden layer has 16 units. How many of "
            "them are different from each other after 60 epochs?"
        ),
        settings={
            "dataset": "moons", "compare": "initializer", "initializers": ["zeros", "small_normal"],
            "activation": "sigmoid",
        },
        measure="different_units",
        answers=Choices(texts=(N_("1: all are the same"), N_("2 to 8"), N_("9 to 15"), N_("All 16")),
                        bounds=(2, 9, 16)),
        reason=N_(
            "Units with the same weights get the same gradient, so they stay the same: 16 units do the work of one. "
            "Small random weights make the units different."
        ),
        lesson="compare",
        free=("dataset", "epochs"),
    ),
)  # fmt: skip
