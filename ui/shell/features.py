"""What features are called on screen: those of a table by their own names."""

from core import Dataset
from core.data.made_features import MADE_FEATURES
from core.notes import Note
from ui.shell.language import N_, _, said

OF_IRIS = (N_("sepal length"), N_("sepal width"), N_("petal length"), N_("petal width"))


def said_feature(name: str) -> str:
    """The name of one feature: a principal component or a part of a flower in the language that is spoken, any other
    as it is."""
    if isinstance(name, Note):
        return said(name)
    return _(name) if name in OF_IRIS else name


def said_features(data: Dataset) -> list[str]:
    """The names of all that the networks see, the features that are made of others last."""
    made = data.spec.made_features
    inputs = [said_feature(name) for name in data.feature_names[: data.features - len(made)]]
    return inputs + [MADE_FEATURES[name].of(inputs) for name in made]


def made_features(data: Dataset) -> str:
    """The names of the features that are made of others; empty if there are none."""
    return ", ".join(said_features(data)[data.features - len(data.spec.made_features) :])
