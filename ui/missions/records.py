"""All missions, by name."""

from ui.missions.mission import Choices, Mission, Scale
from ui.shell.language import N_

_RECORDS = (
    Mission(
        name="line_on_circles",
        title=N_("A line on circles"),
        question=N_("A network has two hidden layers of 16 units, but no activation function. How much of the ring around the centre does it get right?"),
        settings={"dataset": "circles", "activations": ["identity"]},
        measure="test_accuracy",
        answers=Choices(texts=(N_("Less than 75 %"), N_("75 % to 90 %"), N_("More than 90 %")), bounds=(0.75, 0.9)),
        reason=N_("Layers without an activation function work like one linear layer. Its boundary is a straight line, and no straight line separates a ring from its centre."),
        lesson="nonlinearity",
        free=("activations", "layers"),
    ),
    Mission(
        name="deep_sigmoid_weights",
        title=N_("Ten sigmoid layers"),
        question=N_("Ten hidden layers of sigmoid. With which initial weights is the test accuracy highest?"),
        settings={
            "dataset": "moons", "compare": "initializer", "initializers": ["xavier_normal", "pytorch_default", "xavier_4"],
            "activation": "sigmoid", "layers": 10, "optimizer": "momentum",
        },
        measure="test_accuracy",
        answers=Choices(none=N_("No clear difference"), margin=0.05),
        reason=N_("Each sigmoid layer multiplies the gradient by at most 0.25. Only the larger weights make up for it, so only with them does enough of the gradient reach the first layer."),
        lesson="vanishing",
        free=("layers",),
    ),
    Mission(
        name="dead_at_a_rate",
        title=N_("Dead units"),
        question=N_("32 ReLU units, Adam, a learning rate of 0.1. How many units are dead after 60 epochs?"),
        settings={"dataset": "moons", "activations": ["relu"], "learning_rate": 0.1},
        measure="dead_units",
        answers=Scale(0, 32, 1, near=4),
        reason=N_("One step that is too large can make the weighted sum of a unit negative for every training sample. Its slope is then 0, and no gradient changes its weights."),
        lesson="dead_relu",
        free=("learning_rate",),
    ),
)  # fmt: skip

MISSIONS: dict[str, Mission] = {record.name: record for record in _RECORDS}
