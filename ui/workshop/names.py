"""The made-up names of participants, in the language of whoever reads them."""

from ui.shell.language import _


def shown(name: str) -> str:
    """An adjective and an animal as they are said: `quiet otter`."""
    return " ".join(_(word) for word in name.split())
