"""What classes are called on screen: those of a table by their own names."""

from collections.abc import Iterable

from core.data.drawing import class_name
from ui.shell.language import N_, _

OF_BREAST_CANCER = (N_("malignant"), N_("benign"))


def said_class(name: str) -> str:
    """The name of one class: `class 0` or `benign` in the language that is spoken, any other as it is."""
    if name in OF_BREAST_CANCER:
        return _(name)
    number = name.rpartition(" ")[2]
    return _("class {number}", number=number) if number.isdecimal() and name == class_name(int(number)) else name


def said_classes(names: Iterable[str]) -> list[str]:
    """The names of classes, in their order."""
    return [said_class(name) for name in names]
