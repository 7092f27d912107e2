"""What classes are called on screen: a made one by its number, one of a table or of the library by its own name."""

from collections.abc import Iterable

from core.data.drawing import class_name
from ui.shell.language import _


def said_class(name: str) -> str:
    """The name of one class: `class 0` in the language that is spoken, any other as it is."""
    number = name.rpartition(" ")[2]
    return _("class {number}", number=number) if number.isdecimal() and name == class_name(int(number)) else name


def said_classes(names: Iterable[str]) -> list[str]:
    """The names of classes, in their order."""
    return [said_class(name) for name in names]
