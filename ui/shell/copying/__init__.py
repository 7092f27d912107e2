"""A button that copies a text: the browser's clipboard is out of reach for the server."""

from collections.abc import Collection
from pathlib import Path

from ui.shell.components import component
from ui.shell.language import N_, _

_COPIED = N_("Copied")
_NOT_COPIED = N_("Not copied: select the address of this page and copy it.")
_button = component(Path(__file__).parent, "copying")


def copy_button(label: str, text: str, key: str, apart: Collection[str] = ()) -> None:
    """A button with that label that copies the text, and says so to screen readers too.

    If the text is a link to this page, settings that are `apart` are taken from the page's address as it is by then.
    """
    says = {"copied": _(_COPIED), "failed": _(_NOT_COPIED)}
    _button(key=key, data={"label": label, "text": text, "apart": list(apart), **says})
