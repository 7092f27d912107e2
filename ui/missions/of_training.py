"""Missions on optimizers, on learning too much of the data, and on what a probability says."""

from ui.missions.mission import Choices, Mission
from ui.missions.of_shapes import NO_DIFFERENCE, NONE_FIRST
from ui.shell.language import N_

_SADDLE = {
    "dataset": "xor", "compare": "optimizer", "optimizers": ["sgd", "momentum", "adam"], "activation": "tanh",
}  # fmt: skip
_RACE = {
    "dataset": "spiral", "classes": 3, "compare": "optimizer", "optimizers": ["sgd", "adam"], "activation": "tanh",
    "layers": 3,
}  # fmt: skip
_NOISY = {"dataset": "moons", "noise": 0.5, "samples": 100, "units": "32", "layers": 3, "epochs": 200}

RECORDS = (
    Mission(
        name="on_a_saddle",
        title=N_("Exactly on a saddle point"),
        question=N_(
            "All weights of three tanh networks are 0 at the start. The loss has a saddle point there. Which optimizer "
            "reaches the highest test accuracy on XOR?"
        ),
        settings={**_SADDLE, "initializer": "zeros"},
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.05),
        reason=N_(
            "With all weights 0, tanh gives 0 everywhere, and the gradient of every weight is exactly 0. No optimizer "
            "can change a weight with it. Choose small random weights, and see what changes."
        ),
        lesson="optimizers",
        free=("initializer", "epochs"),
    ),
    Mission(
        name="near_a_saddle",
        title=N_("Very near a saddle point"),
        question=N_(
            "The initial weights of three tanh networks are small, but not 0: they start very near a saddle point of "
            "the loss. Which optimizer is the first to reach 90 % test accuracy on XOR?"
        ),
        settings={**_SADDLE, "initializer": "small_normal", "batch_size": 8},
        measure="epochs_to_90",
        answers=Choices(none=NONE_FIRST),
        reason=N_(
            "Near a saddle point the gradient is small, so SGD and momentum make small steps and stay there for long. "
            "Adam divides by the size of the gradient and leaves much earlier."
        ),
        lesson="optimizers",
        free=("initializer", "epochs"),
    ),
    Mission(
        name="adam_early",
        title=N_("Adam and SGD after 10 epochs"),
        question=N_(
            "The same network is trained with SGD and with Adam, each with its default learning rate. Which one has "
            "the higher test accuracy after 10 epochs?"
        ),
        settings={**_RACE, "epochs": 10},
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.05),
        reason=N_("On this dataset, Adam is faster in the first epochs. What happens later is another question."),
        lesson="optimizers",
        free=("learning_rate", "activation"),
    ),
    Mission(
        name="adam_late",
        title=N_("Adam and SGD after 100 epochs"),
        question=N_(
            "The same network is trained for 100 epochs, with SGD and with Adam, each with its default learning rate. "
            "Which one has the higher test accuracy at the end?"
        ),
        settings={**_RACE, "epochs": 100},
        measure="test_accuracy",
        answers=Choices(none=NO_DIFFERENCE, margin=0.05),
        reason=N_(
            "SGD is slower here, but it arrives at the same accuracy. Which optimizer is better depends on how long "
            "you train."
        ),
        lesson="optimizers",
        free=("epochs", "activation"),
    ),
    Mission(
        name="rising_test_loss",
        title=N_("Two hundred epochs"),
        question=N_(
            "A large network is trained for 200 epochs on 60 noisy samples, and its training loss goes towards 0. How "
            "does its test loss at the end compare with its lowest value?"
        ),
        settings={**_NOISY, "activations": ["relu"]},
        measure="rise_of_test_loss",
        answers=Choices(
            texts=(
                N_("It is still near its lowest value"), N_("It is 1.2 to 2 times as high"),
                N_("It is more than twice as high"),
            ),
            bounds=(1.2, 2.0),
        ),
        reason=N_(
            "The network learns the noise of its 60 samples, and becomes confident about it. Confident errors on new "
            "data cost a lot, so the test loss rises while the training loss falls. This is overfitting."
        ),
        lesson="compare",
        free=("epochs", "samples", "l2"),
    ),
    Mission(
        name="penalty",
        title=N_("How large a penalty?"),
        question=N_(
            "An L2 penalty keeps the weights of this overfitting network small. With which penalty is the test loss "
            "lowest?"
        ),
        settings={**_NOISY, "compare": "l2", "l2_penalties": [0.0, 0.001, 0.1, 1.0]},
        measure="test_loss",
        answers=Choices(),
        reason=N_(
            "Without a penalty, and with a very small one, the network learns the noise. With the largest penalty all "
            "weights go to 0, and it predicts the same everywhere. The best one lies between."
        ),
        lesson="compare",
        free=("noise", "samples", "epochs"),
    ),
    Mission(
        name="far_from_data",
        title=N_("Far from all data"),
        question=N_(
            "A ReLU network has learned two moons. Then it sees points that are a hundred times as far from the "
            "centre. How large is the probability that it gives to the class that it predicts?"
        ),
        settings={"dataset": "moons", "activations": ["relu"]},
        measure="confidence_far_away",
        answers=Choices(
            texts=(
                N_("Less than 60 %: it has never seen such points"), N_("60 % to less than 90 %"), N_("90 % or more"),
            ),
            bounds=(0.6, 0.9),
        ),
        reason=N_(
            "Far away, the weighted sums of a ReLU network grow with the distance. Softmax turns a large difference "
            "into a probability near 1. So the probability does not say whether a network knows such points."
        ),
        lesson="softmax",
        free=("activations", "dataset"),
    ),
)  # fmt: skip
