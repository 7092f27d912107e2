"""The page's address: every setting in it, defaults left out, and a word where it asks for what cannot be had.

Streamlit can bind a widget to the address by itself (`bind="query-params"`), but then drops bad values without a word,
leaves behind the settings of controls that are no longer shown, and cannot follow a default that depends on another
control (each dataset has its own noise).  So the address is read when a page is opened or Back is pressed, and written
after the page's controls; in between, the widgets' own state counts.  From reading to writing it, a run is undisturbed.

    address = Address("compare")
    with address.setting("noise", 0.2, between("noise", 0, 1)):
        noise = st.slider("Noise", 0.0, 1.0, key="noise")  # no default of its own
    address.write()
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import streamlit as st

from ui.shell.fixed import MOST_ASKED, WORDS, fix, fixed, say_fixed
from ui.shell.language import _, said
from ui.shell.late import is_drawn
from ui.shell.lost import run_with, sent_along
from ui.shell.plain import plain
from ui.shell.readers import TOO_MANY, Parse, texts
from ui.shell.running import be_undisturbed
from ui.shell.speaking import LANG, of_speaking, pressed_back, problem_of
from ui.shell.undisturbed import undisturbed

_PRESENT = "present"  # a setting of all pages: whether they are shown for a projector
_OPENED = "address of page"  # keys of the session's state
_LEFT = "addresses of pages"
_KEPT = "settings without a widget"
_IS_PRESENTED = "page is presented"
_SENT = "sent along by the browser"


class Address:
    """The address of one page in one run of its script."""

    def __init__(self, page: str, beside: bool = True, known: Iterable[str] = ()) -> None:
        """What is wrong in the address is said `beside` each control, or else of all together by `write`.

        `known` are settings that the page has, in this run or in others: a link may hide or lock them beforehand.
        """
        self._page = page
        self._beside = beside
        self._known = set(known)
        self._settings: dict[str, list[str]] = {}
        self._here: list[str] = []
        self._apart: dict[str, object] = {}  # defaults, by key
        self._read = _is_read(page)
        self._sent = st.session_state.pop(_SENT, None)
        if self._read:
            be_undisturbed(silent=bool(self._sent))
        self._asked = {key: st.query_params.get_all(key) for key in st.query_params} if self._read else {}
        self._asked.pop(_PRESENT, None)  # see `is_presented`
        language = self._asked.pop(LANG, None)
        self._fixed, too_many = fix(self._asked) if self._read else (fixed(), {})
        self._problems = {word: _(TOO_MANY, number=number, most=MOST_ASKED) for word, number in too_many.items()}
        if language and (problem := problem_of(language)):
            self._problems[LANG] = problem
        self._asked = {key: value for key, value in self._asked.items() if key not in WORDS}

    @contextmanager
    def setting(self, key: str, default: object, parse: Parse, none: str = "") -> Iterator[None]:
        """A context around the widget with that key: gives it its value before, and says below it what was wrong.

        `parse` turns the address's strings into the widget's value and raises `ValueError`; `none` is what the address
        has for None.
        """
        problem, is_fixed = None, self._fixed.fixes(key)
        self._known.add(key)
        self._here.append(key)
        if self._read or is_fixed or key not in st.session_state:
            value, asked = default, self._asked.pop(key, None)
            if is_fixed:
                asked = self._fixed.values.get(key)
            if asked is not None:
                try:
                    value = parse(asked)
                except ValueError as error:
                    value = getattr(error, "instead", default)
                    problem = said(error) if self._read else None  # later, it is another setting that has changed
            if is_fixed and self._read:
                self._fixed.keep(key, None if value == default else texts(value, none))
            st.session_state[key] = value
        elif not is_drawn(key):
            st.session_state[key] = st.session_state[key]
        yield
        value = st.session_state[key]
        if value != default:
            self._settings[key] = texts(value, none)
        if problem:
            self._problems[key] = problem
            if self._beside:
                _say_problem(problem)

    def later(self, key: str, default: object, parse: Parse) -> None:
        """Does what `setting` does for a widget that comes further down than `write`, and perhaps not in this run."""
        with self.setting(key, default, parse):
            st.session_state[key] = st.session_state[key]  # else it is dropped with its widget

    def apart(self, key: str, default: object, parse: Parse) -> None:
        """Does what `later` does for a control of a fragment, which runs without the rest of the page: `follow`."""
        self._apart[key] = default
        self.later(key, default, parse)

    def follow(self) -> None:
        """In a fragment, after its controls: brings the address up to date with them."""
        for key, default in self._apart.items():
            self._settings.pop(key, None)
            if (value := st.session_state[key]) != default:
                self._settings[key] = texts(value)
        self._show()

    def kept(self, keys: Iterable[str]) -> dict[str, list[str]]:
        """Settings that no widget has, by their keys, as the texts that the address has for them; they stay in it."""
        if self._read:
            st.session_state[_KEPT] = {key: self._asked.pop(key) for key in keys if key in self._asked}
        found = st.session_state.get(_KEPT, {})
        self._settings |= found
        return found

    def keep(self, key: str, value: list[str]) -> None:
        """Has the address hold this from now on for a setting that no widget has; nothing, if it is empty."""
        for held in (self._settings, st.session_state.setdefault(_KEPT, {})):
            held.pop(key, None)
            if value:
                held[key] = value

    @property
    def is_read(self) -> bool:
        """Whether this run takes the settings from the address: the page was opened, reset or gone back to."""
        return self._read

    @property
    def here(self) -> list[str]:
        """The keys of the settings that this run has asked for, in their order."""
        return self._here

    @property
    def settings(self) -> dict[str, list[str]]:
        """All that is in the address: what differs from its default."""
        return self._settings

    @property
    def keys_apart(self) -> list[str]:
        """The keys of the settings that are `apart`: the rest of the page does not depend on them."""
        return list(self._apart)

    @property
    def query(self) -> dict[str, list[str]]:
        """The address as a link has it: the settings, and what is hidden and locked, now or where it applies again."""
        waiting = {key: value for key, value in self._fixed.values.items() if key not in self._here}
        return self._settings | waiting | self._fixed.query

    def allows(self, settings: Mapping[str, list[str]]) -> bool:
        """Whether `go_to` gets to these settings, and nothing that is fixed is in the way."""
        return self._fixed.applied_to(settings) == settings

    def write(self) -> None:
        """After the page's last control: brings the address up to date, and names here what it wrongly asked for."""
        st.session_state[_OPENED] = self._page
        st.session_state.setdefault(_LEFT, {})
        if self._sent:
            undisturbed.speak()  # of what callbacks draw
            run_with(self._sent)
        undisturbed.end()
        if self._beside and LANG in self._problems:  # which has no control to stand beside
            _say_problem(self._problems[LANG])
        if self._problems and self._beside:
            names = ", ".join(self._problems)
            st.warning(
                _("Not possible, and so left out of the address: {names}. The controls show what is used.", names=names)
            )
        elif self._problems:
            wrong = "\n".join(f"* {plain(problem)}" for problem in self._problems.values())
            st.warning(_("Not possible, and so left out of the address:\n{wrong}", wrong=wrong))
        if names := self._unknown():
            names = plain(", ".join(names))
            st.warning(_("The address names settings that this page does not have: {names}.", names=names))
        say_fixed(self._here, free_all)
        self._show()

    def _show(self) -> None:
        st.session_state[_LEFT][self._page] = self.query
        now, shown = {key: st.query_params.get_all(key) for key in st.query_params}, self.query | of_all_pages()
        # Where only the language is missing, Back has led here: writing it would be one more entry to go back over.
        if now != shown and (LANG in now or now | of_speaking() != shown):
            st.query_params.from_dict(shown)

    def _unknown(self) -> list[str]:
        """What this run's address names that the page does not have; nothing is hidden or locked by such a name."""
        if not self._read:
            return []
        names = [key for key in self._fixed.names if key not in self._known]
        waiting = {key for key in self._known if self._fixed.fixes(key)}
        self._fixed.forget(names)
        self._fixed.values = {key: value for key, value in self._fixed.values.items() if key in waiting}
        return list(dict.fromkeys([*(key for key in self._asked if key not in waiting), *names]))


def _say_problem(problem: str) -> None:
    st.warning(_("In the address: {problem}.", problem=plain(problem)))


def is_presented(page: str) -> bool:
    """Whether the page is shown for a projector; to be asked before its first widget and its `Address` are made."""
    if _LEFT not in st.session_state:  # the session's first run
        st.session_state[_SENT] = sent_along()
    if _is_read(page):
        present(st.query_params.get(_PRESENT) in ("1", "True"))
    return st.session_state[_IS_PRESENTED]


def present(on: bool) -> None:
    """Shows the page for a projector, or as usual."""
    st.session_state[_IS_PRESENTED] = on


def of_all_pages() -> dict[str, list[str]]:
    """What the address has because the page is presented, or speaks a language that was chosen: for links to pages that
    shall do so too."""
    return ({_PRESENT: ["1"]} if st.session_state.get(_IS_PRESENTED) else {}) | of_speaking()


def left_at(page: str) -> Mapping[str, list[str]]:
    """The settings that a page of this session was left at: its defaults, if it was not opened yet."""
    return st.session_state.get(_LEFT, {}).get(page, {})


def go_to(settings: Mapping[str, object]) -> None:
    """Sets all controls of the page as a link would, those not named to their defaults; for `on_click` and its like.
    A page that is presented still is, and what a link hides or locks stays as it has it."""
    asked = fixed().applied_to({key: texts(value) for key, value in settings.items()})
    _read_anew(asked | fixed().query | of_all_pages())


def free_all() -> None:
    """Shows and frees all controls of the page, which keep their values; for `on_click`."""
    _read_anew({key: st.query_params.get_all(key) for key in st.query_params if key not in WORDS})


def _read_anew(query: Mapping[str, list[str]]) -> None:
    st.query_params.from_dict(query)
    st.session_state.pop(_OPENED, None)


def _is_read(page: str) -> bool:
    """Whether this run of the page takes its settings from the address."""
    return st.session_state.get(_OPENED) != page or pressed_back()
