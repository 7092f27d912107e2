"""What is said on screen, in the language of whoever looks: every text goes through the functions of this module.

A message is a whole English sentence with named fields, and is its own key in the catalogue of GNU gettext:

    _("Test accuracy {accuracy} · {dead} of {units} units dead", accuracy=percent(0.956), dead=0, units=32)
    plural("{number} network", "{number} networks", 8)

A constant is marked where it stands and said where it is shown, so that nothing is translated at import:

    _STOPPED = N_("Stopped after epoch {epoch}.")
    st.warning(_(_STOPPED, epoch=7))

`pybabel extract` finds them by `-k _ -k N_ -k plural:1,2`.  So far English is the only language.

A language goes by its code, which is all that a worker has to be told (`said_in`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

KEYWORDS = {"_": None, "N_": None, "plural": (1, 2)}  # for Babel: which of their arguments are messages
USUAL = "en"  # spoken where nobody says otherwise
TRANSLATIONS = {"en": NullTranslations()}  # by the code of the language
_spoken: ContextVar[str] = ContextVar("spoken")


def N_(message: str) -> str:
    """The message itself, marked for the catalogue; `_` says it later."""
    return message


def _(message: str, **fields: object) -> str:
    """The message in the language that is spoken, with its fields filled in; without fields, braces stand for
    themselves."""
    text = TRANSLATIONS[spoken()].gettext(message) if message else message
    return text.format(**fields) if fields else text


def plural(one: str, several: str, number: int, **fields: object) -> str:
    """The first message for one, the second for any other number, each with the field `number` filled in."""
    return TRANSLATIONS[spoken()].ngettext(one, several, number).format(number=number, **fields)


def spoken() -> str:
    """The language that this thread speaks: what is kept with texts in it is kept by it."""
    return _spoken.get(USUAL)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """A context in which this thread speaks that language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def said_in(language: str, function: Callable, *args):
    """What the function gives for these arguments while that language is spoken: for a worker."""
    with speaking(language):
        return function(*args)
