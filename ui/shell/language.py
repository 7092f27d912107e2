"""What is said on screen, in the language of whoever looks: every text goes through the functions of this module.

A message is a whole English sentence with named fields, and is its own key in the catalogue of GNU gettext:

    _("Test accuracy {accuracy} · {dead} of {units} units dead", accuracy=percent(0.956), dead=0, units=32)
    plural("{number} network", "{number} networks", 8)

A constant is marked where it stands and said where it is shown, so that nothing is translated at import:

    _STOPPED = N_("Stopped after epoch {epoch}.")
    st.warning(_(_STOPPED, epoch=7))

What `core` says is a `Note`, which brings its message and its fields: `said(note)`.

The catalogues are in `locale/`, and `python -m ui.shell.catalogue` says what is missing in them.  A language goes by
its code, which is all that a worker has to be told (`said_in`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from core.notes import Note, in_sentence
from ui.shell import korean

# For Babel: which of their arguments are messages.
KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "plural": (1, 2), "Note": None}
LANGUAGES = {"en": "English", "ko": "한국어"}  # by code, each by its own name
USUAL = "en"  # spoken where nobody says otherwise
LOCALE = Path(__file__).parents[2] / "locale"
TRANSLATIONS = {"en": NullTranslations()}  # by code; others are read when somebody first speaks them
_FILLED = {"ko": korean.filled}  # how fields are filled in where that is more than to put them there
_spoken: ContextVar[str] = ContextVar("spoken")


def N_(message: str) -> str:
    """The message itself, marked for the catalogue; `_` says it later."""
    return message


def NN_(one: str, several: str) -> tuple[str, str]:
    """Both messages themselves, marked for the catalogue; `plural(*both, number)` says one of them later."""
    return one, several


def _(message: str, **fields: object) -> str:
    """The message in the language that is spoken, with its fields filled in; without fields, braces stand for
    themselves."""
    language = spoken()
    text = _translations(language).gettext(message) if message else message
    return _fill(language, text, fields)


def plural(one: str, several: str, number: int, **fields: object) -> str:
    """The first message for one, the second for any other number, each with the field `number` filled in."""
    language = spoken()
    return _fill(language, _translations(language).ngettext(one, several, number), {"number": number, **fields})


def said(text: str | Exception) -> str:
    """A note, or what is wrong by an error, in the language that is spoken; a text that is no note as it is."""
    if isinstance(text, Exception):
        text = wrong_by(text)
    if not isinstance(text, Note):
        return str(text)
    return _(text.template, **{name: _part(value) for name, value in text.fields.items()})


def wrong_by(error: Exception) -> str:
    """What is wrong by an error, to be kept and `said` later, in the language that is spoken then."""
    return getattr(error, "note", None) or (error.args[0] if error.args else "")


def spoken() -> str:
    """The language that this thread speaks: what is kept with texts in it is kept by it."""
    language = _spoken.get(None)
    if language is None:
        language = _asked()
        speak(language)
    return language


def ask_for_language(of_session: Callable[[], str]) -> None:
    """Says how a thread that was not told finds out what it speaks, as that of a fragment."""
    global _asked
    _asked = of_session


def speak(language: str) -> None:
    """Has this thread speak that language from now on."""
    _spoken.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """A context in which this thread speaks that language."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def read_catalogues() -> None:
    """Reads all of them, so that nobody who is the first to speak a language waits for it."""
    for language in LANGUAGES:
        _translations(language)


def said_in(language: str, function: Callable, *args):
    """What the function gives for these arguments while that language is spoken: for a worker."""
    with speaking(language):
        return function(*args)


def _asked() -> str:
    return USUAL


def _part(value: object) -> object:
    """A field of a note, which may be a note of its own."""
    return said(value) if isinstance(value, Note) else in_sentence(value)


def _translations(language: str) -> NullTranslations:
    return TRANSLATIONS.get(language) or _read(language)


@cache
def _read(language: str) -> GNUTranslations:
    """The catalogue of a language, without a file that somebody would have to build first."""
    from babel.messages.mofile import write_mo  # 30 ms, which those who read English need not wait for
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (LOCALE / language / "LC_MESSAGES" / "lab.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def _fill(language: str, text: str, fields: dict[str, object]) -> str:
    if filled := _FILLED.get(language):
        return filled(text, fields)
    return text.format(**fields) if fields else text
