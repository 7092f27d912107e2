"""Controls that a link hides or locks.  Such a setting has the value of the link, whatever is pressed.

    ?hide=noise,seed&lock=dataset    these
    ?lock=all&except=layers,units    all but these

It is a courtesy to learners, not security: the page says it, and a button frees all.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial

import streamlit as st

from ui.shell.boxes import BOXES, choose
from ui.shell.folding import folded_box
from ui.shell.language import N_, NN_, _, plural

HIDE, LOCK, EXCEPT = WORDS = "hide", "lock", "except"  # in the address
ALL = "all"  # in the place of names: whatever none of the three words names
MOST_ASKED = 100  # names by one word, choices of one list: more than any page or control has
_FIXED = "fixed controls"  # key of the session's state, of the page that is shown
_is_shut = ContextVar("in a box that nobody has unfolded", default=False)
_HIDES = NN_("This link hides {number} control.", "This link hides {number} controls.")
_LOCKS = NN_("This link locks {number} control.", "This link locks {number} controls.")
CHOOSE, _CHOOSE_OR_TYPE = N_("Choose"), N_("Choose or type")
_BOTH = NN_(
    "This link hides {number} control and locks {locked}.", "This link hides {number} controls and locks {locked}."
)
_SHOW, _UNLOCK, _SHOW_AND_UNLOCK = N_("Show all"), N_("Unlock all"), N_("Show and unlock all")


@dataclass
class Fixed:
    """What a link hides, locks and leaves free, by the keys of the settings, and its texts for their `values`."""

    named: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, list[str]] = field(default_factory=dict)

    def hides(self, key: str) -> bool:
        """Whether the control is not drawn."""
        return self._has(HIDE, key)

    def locks(self, key: str) -> bool:
        """Whether the control is drawn and cannot be changed."""
        return not self.hides(key) and self._has(LOCK, key)

    def fixes(self, key: str) -> bool:
        """Whether the setting stays as the link has it."""
        return self.hides(key) or self.locks(key)

    def applied_to(self, settings: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The settings with those that are fixed as the link has them."""
        return {key: value for key, value in settings.items() if not self.fixes(key)} | self.values

    def keep(self, key: str, value: list[str] | None) -> None:
        """Takes a setting's text as it was read, or None for its default, in the place of the link's."""
        self.values.pop(key, None)
        if value is not None:
            self.values[key] = value

    def forget(self, keys: Collection[str]) -> None:
        """Takes out names that the page does not have."""
        left = {word: [key for key in keys_of if key not in keys] for word, keys_of in self.named.items()}
        self.named = {word: keys_of for word, keys_of in left.items() if keys_of}

    @property
    def names(self) -> list[str]:
        """Those that are in the address, without `ALL`."""
        return [key for keys in self.named.values() for key in keys if key != ALL]

    @property
    def query(self) -> dict[str, list[str]]:
        """These names as an address has them."""
        return {word: [",".join(keys)] for word, keys in self.named.items()}

    def _has(self, word: str, key: str) -> bool:
        return key in self.named.get(word, ()) or (ALL in self.named.get(word, ()) and key not in self.names)


def fix(asked: Mapping[str, list[str]]) -> tuple[Fixed, dict[str, int]]:
    """What the address of a page fixes, which is kept for its next runs; and how many names a word has that has too
    many, all of which are left out."""
    named = {word: list(dict.fromkeys(filter(None, ",".join(asked.get(word, ())).split(",")))) for word in WORDS}
    made = Fixed({word: names for word, names in named.items() if 0 < len(names) <= MOST_ASKED})
    made.values = {key: value for key, value in asked.items() if key not in WORDS and made.fixes(key)}
    st.session_state[_FIXED] = made
    return made, {word: len(names) for word, names in named.items() if len(names) > MOST_ASKED}


def fixed() -> Fixed:
    """What is fixed of the page that is shown."""
    return st.session_state.get(_FIXED) or Fixed()


def is_fixed(*keys: str) -> bool:
    """Whether any of these settings is: what would change it is not offered."""
    return any(map(fixed().fixes, keys))


def is_locked(key: str) -> bool:
    """Whether the setting's control is shown and cannot be changed."""
    return fixed().locks(key)


def any_shown(keys: Iterable[str]) -> bool:
    """Whether one of these settings has a control: else nothing is said of them either."""
    return not _is_shut.get() and not all(map(fixed().hides, keys))


@contextmanager
def folded(title: str, keys: Collection[str], key: str = "") -> Iterator[None]:
    """An expander for the controls of these settings, unless all of them are hidden.

    With a `key`, a page need not wait for them when it opens: they come when somebody unfolds them, and stay.  Until
    then they are like hidden ones, and what else stands there asks `any_shown`.  Where the address has one of them,
    they come at once, because beside it stands what was wrong.
    """
    if not any_shown(keys):
        yield
        return
    is_asked_for = any(map(st.query_params.__contains__, keys))
    box, is_drawn = folded_box(title, key, at_once=is_asked_for) if key else (st.expander(title), True)
    before = _is_shut.set(not is_drawn)
    try:
        with box:
            yield
    finally:
        _is_shut.reset(before)


def group(title: str, *keys: str) -> None:
    """A heading of the controls of these settings, unless all of them are hidden."""
    if any_shown(keys):
        st.markdown(title)


def control(widget: Callable, *args, key: str, of: str = "", **options):
    """Every widget of a setting is drawn by this, and it returns its value.

    A hidden one is not drawn, nor is one that nobody has unfolded yet; a locked one is disabled.  `of` is the setting's
    key, where the widget's is another.
    """
    setting, here = of or key, fixed()
    if here.hides(setting):
        return st.session_state.get(key)
    if _is_shut.get():
        st.session_state[key] = st.session_state[key]  # else it is dropped with a widget of that key on another page
        return st.session_state[key]
    if here.locks(setting):
        options["disabled"] = True
    if widget in (st.selectbox, st.multiselect):  # Streamlit's own words are English
        options.setdefault("placeholder", _(_CHOOSE_OR_TYPE if options.get("accept_new_options") else CHOOSE))
    return (partial(choose, widget) if widget in BOXES else widget)(*args, key=key, **options)


def say_fixed(keys: Iterable[str], free_all: Callable[[], None]) -> None:
    """How many of these settings the link hides and locks, and a button that frees them."""
    hidden, locked = (sum(map(check, keys)) for check in (fixed().hides, fixed().locks))
    if not hidden and not locked:
        return
    if hidden and locked:
        sentence, label = plural(*_BOTH, hidden, locked=locked), _SHOW_AND_UNLOCK
    else:
        sentence, label = (plural(*_HIDES, hidden), _SHOW) if hidden else (plural(*_LOCKS, locked), _UNLOCK)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="fixed"):
        st.markdown(sentence, width="content")
        st.button(_(label), key="free all", icon=":material/lock_open:", on_click=free_all)
