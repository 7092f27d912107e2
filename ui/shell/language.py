"""What is said on screen, in the language of whoever looks: every text goes through the functions of this module.

A message is a whole English sentence with named fields, and is its own key in the catalogue of GNU gettext:

    _("Test accuracy {accuracy} · {dead} of {units} units dead", accuracy=percent(0.956), dead=0, units=32)
    plural("{number} network", "{number} networks", 8)

A constant is marked where it stands and said where it is shown, so that nothing is translated at import:

    _STOPPED = N_("Stopped after epoch {epoch}.")
    st.warning(_(_STOPPED, epoch=7))

`pybabel extract` finds them by `-k _ -k N_ -k plural:1,2`.  So far English is the only language.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}  # for Babel: which of their arguments are messages
_ENGLISH = NullTranslations()
_spoken: ContextVar[NullTranslations] = ContextVar("spoken")


def N_(message: str) -> str:
    """The message itself, marked for the catalogue; `_` says it later."""
    return message


def _(message: str, **fields: object) -> str:
    """The message in the language that is spoken, with its fields filled in; without fields, braces stand for
    themselves."""
    text = spoken().gettext(message) if message else message
    return text.format(**fields) if fields else text


def plural(one: str, several: str, number: int, **fields: object) -> str:
    """The first message for one, the second for any other number, each with the field `number` filled in."""
    return spoken().ngettext(one, several, number).format(number=number, **fields)


def spoken() -> NullTranslations:
    """The translations that this thread speaks: what is kept with texts in it is kept by them."""
    return _spoken.get(_ENGLISH)


@contextmanager
def speaking(translations: NullTranslations) -> Iterator[None]:
    """A context in which this thread speaks the language of these translations."""
    token = _spoken.set(translations)
    try:
        yield
    finally:
        _spoken.reset(token)
