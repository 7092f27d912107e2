"""What a comparison can be of: the factor that is compared is a list of choices, every other one a single choice."""

from dataclasses import dataclass

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, Run
from core.limits import LAYERS, LEARNING_RATE, PENALTY
from core.nn.initializers import AUTO
from core.nn.mean_field import FAR, MOST, gain, not_kept
from core.registry import look_up

DEFAULT_ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu")
LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)
L2 = (0.0, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1.0)


@dataclass(frozen=True)
class Factor:
    """One thing that the networks of a comparison can differ in.

    `field` is its name in `core.Run`, and the key of the single choice; `several` is the key of the list.  `choices`
    are those of both, and `compared` is the default of the list; that of the single choice is `core.Run`'s.  `limits`
    are those of numbers beside the choices, which links and files may have.  `none` is what None, which only the single
    choice can be, is called on screen and in the address.  `free` is for factors whose choices can be combined into new
    ones.
    """

    field: str
    several: str
    noun: str
    label: str
    choices: tuple
    compared: tuple
    help: str
    limits: tuple[float, float] | None = None
    none: str = ""
    free: bool = False

    @property
    def single(self) -> object:
        """The default of the single choice."""
        return getattr(Run, self.field)


_SUITING = (
    "auto computes, from each activation function itself, the size of the weights that best keeps signals and "
    "gradients at their size from layer to layer: He's for relu, {sigmoid:.1f} times LeCun's for sigmoid. The output "
    "layer gets Xavier's. No size does it for {names}: through {layers} layers, signals or gradients still grow or "
    "shrink more than {times:g} times."
).format(
    sigmoid=gain("sigmoid").variance ** 0.5, names=", ".join(not_kept()), layers=FAR,
    times=MOST**0.5,
)  # fmt: skip

_RECORDS = (
    Factor(
        "activation", "activations", "activation function", "Activation", tuple(ACTIVATIONS), DEFAULT_ACTIVATIONS,
        "Applied by every unit of the hidden layers. For one after the other, type their names with commas: "
        "`tanh,relu` is tanh in the first hidden layer and relu in all behind it.",
        free=True,
    ),
    Factor(
        "optimizer", "optimizers", "optimizer", "Optimizer", tuple(OPTIMIZERS),
        ("sgd", "momentum", "nag", "adagrad", "rmsprop", "adadelta", "adam", "nadam"),
        "How the gradient becomes a change of the weights.",
    ),
    Factor(
        "learning_rate", "learning_rates", "learning rate", "Learning rate", LEARNING_RATES,
        (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
        "The size of the steps; the default is one that suits the optimizer on these small problems.",
        limits=LEARNING_RATE, none="default",
    ),
    Factor(
        "initializer", "initializers", "initial weights", "Initial weights", (AUTO, *INITIALIZERS),
        ("zeros", "small_normal", "lecun_normal", "xavier_normal", "he_normal"),
        _SUITING,
    ),
    Factor(
        "l2", "l2_penalties", "L2 penalty", "L2 penalty", L2, (0.0, 0.001, 0.01, 0.1),
        "Adds this times half the sum of the squared weights to the loss, which keeps them small.",
        limits=PENALTY,
    ),
)  # fmt: skip

FACTORS: dict[str, Factor] = {record.field: record for record in _RECORDS}


def layer_activations(text: str) -> str:
    """The names in a text like `tanh, relu`, with nothing but commas between; `ValueError` for one that is unknown."""
    names = [name.strip() for name in text.split(",")]
    for name in names:
        look_up("activation", ACTIVATIONS, name)
    if len(names) > LAYERS[1]:
        raise ValueError(f"{len(names)} activations are named, for at most {LAYERS[1]} hidden layers")
    return ",".join(names)


def activation_of_layers(text: str, layers: int) -> str | tuple[str, ...]:
    """What a `Run` takes for such a text: the last of several names holds for all layers behind it, too.

    Raises `ValueError` if there are more names than hidden layers.
    """
    names = text.split(",")
    if len(names) == 1:
        return text
    if len(names) > layers:
        raise ValueError(f"{text!r} names {len(names)} hidden layers, and the networks have {layers}")
    return (*names, *[names[-1]] * (layers - len(names)))


def text_of(activation: str | tuple[str, ...]) -> str:
    """The shortest such text for a run's activation."""
    if isinstance(activation, str):
        return activation
    names = list(activation)
    while len(names) > 2 and names[-1] == names[-2]:
        names.pop()
    return ",".join(names)


def number(value: object) -> str:
    """A choice on screen: a number with as few digits as tell it from all others."""
    if not isinstance(value, float):
        return str(value)
    short = f"{value:g}"
    return short if float(short) == value else str(value)
