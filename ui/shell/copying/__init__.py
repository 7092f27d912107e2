"""A button that copies a text: the browser's clipboard is out of reach for the server."""

from pathlib import Path

from ui.shell.components import component
from ui.shell.language import N_, _

_COPIED = N_("Copied")
_NOT_COPIED = N_("Not copied: select the address of this page and copy it.")
_button = component(Path(__file__).parent, "copying")


def copy_button(label: str, text: str, key: str) -> None:
    """A button with that label that copies the text, and says so to screen readers too."""
    _button(key=key, data={"label": label, "text": text, "copied": _(_COPIED), "failed": _(_NOT_COPIED)})
