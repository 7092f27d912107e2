"""What a comparison can be of: the factor that is compared is a list of choices, every other one a single choice."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from core import ACTIVATIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES, Run, activation_of
from core.limits import DROPOUT, LAYERS, LEARNING_RATE, PENALTY
from core.nn.initializers import AUTO
from core.nn.mean_field import FAR, MOST, gain, not_kept
from core.nn.own_functions import MARK, is_own
from core.notes import Note
from core.registry import look_up
from ui.shell.labels import label, labels_of_layers, names_of_layers
from ui.shell.language import N_, _, spoken
from ui.shell.numbers import exact, short

# On the first data of Compare they differ for everybody to see: a straight line, two smooth curves and corners.
DEFAULT_DATASET = "checkerboard"
DEFAULT_ACTIVATIONS = ("identity", "sigmoid", "tanh", "relu")
LEARNING_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 100.0)
LONGEST = 4000  # characters of a text that names an activation for each layer
PENALTIES = (0.0, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1.0)
DROPOUT_RATES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Factor:
    """One thing that the networks of a comparison can differ in.

    `field` is its name in `core.Run`, and the key of the single choice; `several` is the key of the list, if there is
    one.  `choices` are those of both, and `compared` is the default of the list; that of the single choice is
    `core.Run`'s.  `about` says what it is, with the fields of `facts`.  `limits` are those of numbers beside the
    choices, which links and files may have.  `none` is what None, which only the single choice can be, is called on
    screen and in the address.  `free` is for factors whose choices can be combined into new ones.
    """

    field: str
    several: str
    noun: str
    label: str
    choices: tuple
    compared: tuple
    about: str
    limits: tuple[float, float] | None = None
    none: str = ""
    free: bool = False
    facts: Callable[[], dict[str, object]] = dict

    @property
    def help(self) -> str:
        """What the factor is, for whoever asks beside its control."""
        return _(self.about, **self.facts())

    @property
    def single(self) -> object:
        """The default of the single choice."""
        return getattr(Run, self.field)


_SUITING = N_(
    "“Auto” suits the size of the weights to each activation function. Signals and gradients then best keep their size "
    "from layer to layer. For ReLU, the weights are {relu} times as large as Xavier's, which is He's size between "
    "layers of one width. For sigmoid, they are {sigmoid} times as large. The output layer gets Xavier's weights. For "
    "some functions even the best size is not enough: {names}. Through {layers} layers, their signals or gradients "
    "grow or shrink more than {times} times."
)


def _of_suiting() -> dict[str, object]:
    """The fields of `_SUITING`."""
    return {
        "relu": short(gain("relu").variance ** 0.5), "sigmoid": short(gain("sigmoid").variance ** 0.5),
        "names": ", ".join(label("activation", name) for name in _NOT_KEPT), "layers": FAR, "times": exact(MOST**0.5),
    }  # fmt: skip


def _of_schedules() -> dict[str, object]:
    """The notes of all schedules, as a list."""
    return {"notes": "\n".join(f"* **{_(record.label)}**: {_(record.note)}" for record in SCHEDULES.values())}


_NOT_KEPT = not_kept()  # a quarter of a second
_RECORDS = (
    Factor(
        "activation", "activations", N_("activation function"), N_("Activation function"), tuple(ACTIVATIONS),
        DEFAULT_ACTIVATIONS,
        N_(
            "Every unit of the hidden layers applies it. For a different function in each layer, type the names with "
            "commas between them: `tanh,relu` is tanh in the first hidden layer and ReLU in all later ones."
        ),
        free=True,
    ),
    Factor(
        "optimizer", "optimizers", N_("optimizer"), N_("Optimizer"), tuple(OPTIMIZERS),
        ("sgd", "momentum", "nag", "adagrad", "rmsprop", "adadelta", "adam", "nadam"),
        N_("How a gradient is turned into a change of the weights."),
    ),
    Factor(
        "learning_rate", "learning_rates", N_("learning rate"), N_("Learning rate"), LEARNING_RATES,
        (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0),
        N_("The size of the steps. The default suits the optimizer on these small problems."),
        limits=LEARNING_RATE, none=N_("default"),
    ),
    Factor(
        "initializer", "initializers", N_("initial weights"), N_("Initial weights"), (AUTO, *INITIALIZERS),
        ("zeros", "small_normal", "lecun_normal", "xavier_normal", "he_normal"),
        _SUITING, facts=_of_suiting,
    ),
    Factor(
        "l2", "l2_penalties", N_("L2 penalty"), N_("L2 penalty"), PENALTIES, (0.0, 0.001, 0.01, 0.1),
        N_("It is added to the loss: this number times half the sum of the squared weights. It keeps weights small."),
        limits=PENALTY,
    ),
    Factor(
        "l1", "l1_penalties", N_("L1 penalty"), N_("L1 penalty"), PENALTIES, (0.0, 0.0001, 0.001, 0.01),
        N_("It is added to the loss: this number times the sum of the absolute values of the weights. It makes many "
           "weights nearly 0."),
        limits=PENALTY,
    ),
    Factor(
        "dropout", "dropout_rates", N_("dropout rate"), N_("Dropout rate"), DROPOUT_RATES, (0.0, 0.1, 0.3, 0.5),
        N_(
            "In each training step, this share of the outputs of hidden units is set to 0 at random. The other outputs "
            "are made larger to make up for it. All results and pictures show the whole network, without dropout."
        ),
        limits=DROPOUT,
    ),
    Factor(
        "schedule", "schedules", N_("learning rate schedule"), N_("Learning rate schedule"), tuple(SCHEDULES),
        ("constant", "step", "cosine", "warm_up"),
        N_("How the learning rate changes from epoch to epoch.\n\n{notes}"), facts=_of_schedules,
    ),
)  # fmt: skip

FACTORS: dict[str, Factor] = {record.field: record for record in _RECORDS}
# A comparison without a list: one network, and the same with another future.
BRANCH = Factor("branch", "", N_("what happens after an epoch"), N_("Branch"), (), (), "")
COMPARABLE = FACTORS | {BRANCH.field: BRANCH}


def layer_activations(text: str) -> str:
    """A text that names activations, such as `tanh, relu` or `Tanh, ReLU`, with nothing but commas between the names.

    A formula in x, with or without a "=" in front, is the name of the function that it says.  Raises `ValueError` for a
    name that is unknown, and for more names than a network can have hidden layers.
    """
    if len(text) > LONGEST:
        raise ValueError(
            Note("the text has {number} characters, and at most {most} can be names", number=len(text), most=LONGEST)
        )
    names = [_name(each.strip()) for each in names_of_layers(_with_names(text))]
    if len(names) > LAYERS[1]:
        raise ValueError(
            Note(
                "{number} activation functions are named, for at most {most} hidden layers",
                number=len(names), most=LAYERS[1],
            )
        )  # fmt: skip
    return ",".join(names)


def activation_of_layers(text: str, layers: int) -> str | tuple[str, ...]:
    """What a `Run` takes for a text that names activations: the last of several holds for all layers behind it, too.

    Raises `ValueError` if there are more names than hidden layers.
    """
    names = names_of_layers(text)
    if len(names) == 1:
        return text
    if len(names) > layers:
        raise ValueError(
            Note(
                "{asked} names {number} hidden layers, and the networks have {layers}",
                asked=repr(text), number=len(names), layers=layers,
            )
        )  # fmt: skip
    return (*names, *[names[-1]] * (layers - len(names)))


def shown_layers(text: str) -> str:
    """The labels of a text that names activations, from the first layer to the last: `Tanh, ReLU` for `tanh,relu`.

    A text that cannot be read is given as it is.
    """
    try:
        return labels_of_layers(layer_activations(text))
    except ValueError:
        return text


def _name(text: str) -> str:
    if text not in ACTIVATIONS and not is_own(text):
        try:
            return activation_of(MARK + text).name
        except ValueError:
            look_up(Note("activation"), ACTIVATIONS, text)
    return activation_of(text).name


def _with_names(text: str) -> str:
    """The text with names where it has labels, in capitals or not."""
    names, labels = _names_by_label(spoken())
    return labels.sub(lambda found: names[found[1].casefold()], text)


@cache
def _names_by_label(_language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """By the labels of a language, and what finds these between commas; a label may have a comma in it."""
    names = {label("activation", name).casefold(): name for name in ACTIVATIONS}
    one = "|".join(re.escape(each) for each in sorted(names, key=len, reverse=True))
    return names, re.compile(rf"(?<![^,])\s*({one})\s*(?![^,])", flags=re.I)


def text_of(activation: str | tuple[str, ...]) -> str:
    """The shortest text that names a run's activation, or its activations with commas between them."""
    if isinstance(activation, str):
        return activation
    names = list(activation)
    while len(names) > 2 and names[-1] == names[-2]:
        names.pop()
    return ",".join(names)
