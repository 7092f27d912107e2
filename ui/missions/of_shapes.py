"""Missions on what a network can represent: one neuron, activation functions, why layers must bend."""

from ui.missions.mission import Choices, Mission
from ui.shell.language import N_

THREE_ACCURACIES = {
    "texts": (N_("Less than 75 %"), N_("75 % to less than 90 %"), N_("90 % or more")), "bounds": (0.75, 0.9),
}  # fmt: skip
NONE_FIRST = N_("None is first: a tie, or none gets there")
NO_DIFFERENCE = N_("No clear difference")

RECORDS = (
    Mission(
        name="line_on_circles",
        title=N_("A line on circles"),
        question=N_(
            "A network has two hidden layers of 16 units, but no activation function: “Identity” passes on what it "
            "gets. The data are a ring around a centre. What test accuracy does the network reach?"
        ),
        settings={"dataset": "circles", "activations": ["identity"]},
        measure="test_accuracy",
        answers=Choices(**THREE_ACCURACIES),
        reason=N_(
            "Layers without an activation function work like one linear layer. The boundary is a straight line, and no "
            "straight line separates a ring from its centre. More layers do not change this."
        ),
        lesson="nonlinearity",
        free=("activations", "layers"),
    ),
    Mission(
        name="product_for_xor",
        title=N_("XOR without a hidden layer"),
        question=N_(
            "A network without a hidden layer learns XOR. It sees the two inputs and, as a third one, their product. "
            "What test accuracy does it reach?"
        ),
        settings={"dataset": "xor", "activations": ["identity"], "layers": 0, "made_features": ["x1_x2"]},
        measure="test_accuracy",
        answers=Choices(**THREE_ACCURACIES),
        reason=N_(
            "In XOR, the sign of the product tells the class. So with the product as an input, a linear network is "
            "enough. Remove this input: the same network then stays near chance level."
        ),
        lesson="nonlinearity",
        free=("made_features", "layers"),
    ),
    Mission(
        name="step_on_circles",
        title=N_("Units that jump"),
        question=N_(
            "Two networks learn to separate a ring from its centre. One has step units, as perceptrons do, the other "
            "one sigmoid units. What test accuracy does the network with step units reach?"
        ),
        settings={"dataset": "circles", "activations": ["step", "sigmoid"]},
        measure="test_accuracy",
        answers=Choices(**THREE_ACCURACIES),
        reason=N_(
            "The slope of a step is 0, so no gradient reaches the hidden units: their weights never change. Only the "
            "output layer learns. All lines of the first layer go through one point, because the initial biases are "
            "0. On XOR such lines help more."
        ),
        lesson="neuron",
        free=("dataset",),
    ),
    Mission(
        name="units_for_circles",
        title=N_("The smallest network for circles"),
        question=N_(
            "A network has one hidden layer of tanh units. How many units does it need at least, to separate a ring "
            "from its centre with a test accuracy of 90 %?"
        ),
        settings={"dataset": "circles", "activations": ["tanh"], "layers": 1, "epochs": 100},
        measure="test_accuracy",
        answers=Choices(reach=0.9),
        cells={"units": ("8", "4", "3", "2")},
        reason=N_(
            "Each unit of the first layer bends the boundary along one line. Two lines cannot enclose a centre, and "
            "three can: they make a triangle."
        ),
        lesson="nonlinearity",
        free=("activations",),
    ),
    Mission(
        name="spiral_first",
        title=N_("First on the spiral"),
        question=N_("Four networks learn the spiral. Which one is the first to reach 90 % test accuracy?"),
        settings={
            "dataset": "spiral", "activations": ["sigmoid", "tanh", "relu", "sin"], "layers": 3, "learning_rate": 0.003,
        },
        measure="epochs_to_90",
        answers=Choices(),
        reason=N_(
            "Along a line through the spiral, the class changes several times. One sine unit can follow this, because "
            "it goes up and down. Sine is not always first: try other datasets."
        ),
        lesson="activations",
        free=("dataset", "learning_rate"),
    ),
    Mission(
        name="six_times_faster",
        title=N_("Six times faster?"),
        question=N_(
            "A well-known sentence says that ReLU learns six times faster than tanh. Here, how many times as many "
            "epochs does tanh need to reach 90 % test accuracy?"
        ),
        settings={"dataset": "circles", "activations": ["tanh", "relu"]},
        measure="times_as_many_epochs",
        answers=Choices(
            texts=(
                N_("Less than 1: Tanh is faster"), N_("1 to less than 4 times"), N_("4 to less than 8 times"),
                N_("8 times or more"),
            ),
            bounds=(1.0, 4.0, 8.0),
        ),
        reason=N_(
            "The sentence is about one convolutional network of 2012. Here ReLU is faster too, but not six times. With "
            "four hidden layers on the spiral, tanh is faster. So the factor belongs to one experiment."
        ),
        lesson="claims",
        free=("dataset", "layers", "learning_rate"),
    ),
    Mission(
        name="centred_sigmoid",
        title=N_("Sigmoid, moved down by one half"),
        question=N_(
            "The function “Sigmoid, centred” is sigmoid minus 0.5. It has the same slope, and biases could make up for "
            "the shift. Which network is the first to reach 90 % test accuracy on the spiral?"
        ),
        settings={"dataset": "spiral", "activations": ["sigmoid", "sigmoid_centred"]},
        measure="epochs_to_90",
        answers=Choices(none=NONE_FIRST),
        reason=N_(
            "The outputs of sigmoid are all positive. Then the gradients of all weights of a unit in the next layer "
            "have one sign for a sample. Here, values around 0 make the training faster. Tanh is also steeper: add it."
        ),
        lesson="claims",
        free=("activations", "dataset"),
    ),
)  # fmt: skip
