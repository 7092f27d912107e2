"""What every page opens with: its settings, the menu, the title.

Every page calls `open_page` itself, instead of app.py declaring all of them once with `st.navigation`: with a `pages/`
folder, the first visit to a deep link on a cold server runs the page before app.py has declared anything.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

import ui.shell.running  # noqa: F401  # for all pages
from ui.shell.address import go_to, is_presented, left_at, present
from ui.shell.ahead import CHART_SCRIPTS
from ui.shell.language import N_, _, spoken
from ui.shell.own_words import own_words
from ui.shell.speaking import begin, choose_language, of_speaking

NAME = "Activation Lab"
_LESSONS = N_("Lessons")


@dataclass(frozen=True)
class Page:
    """A page of the app, as the menu has it.

    `path` is relative to app.py, `icon` one of Streamlit's own, `question` the heading: what the page answers.
    """

    path: str
    label: str
    icon: str
    question: str


# In the order of the menu; the lessons after the tools read as one book.
PAGES = {
    "compare": Page("app.py", N_("Compare"), ":material/science:", N_("What does one choice change?")),
    "sweep": Page(
        "pages/sweep.py", N_("Sweep"), ":material/grid_on:", N_("Which is better, when each is at its best?")
    ),
    "mission": Page("pages/mission.py", N_("Missions"), ":material/flag:", N_("What will happen?")),
    "workshop": Page(
        "pages/workshop.py", N_("Workshop"), ":material/groups:", N_("What does a class find out together?")
    ),
    "neuron": Page("pages/neuron.py", N_("One neuron"), ":material/adjust:", N_("What does one neuron do?")),
    "activations": Page(
        "pages/activations.py", N_("Activation functions"), ":material/show_chart:",
        N_("What shape is an activation function?"),
    ),
    "nonlinearity": Page(
        "pages/nonlinearity.py", N_("Why non-linear"), ":material/turn_right:",
        N_("Why do networks need non-linear functions?"),
    ),
    "vanishing": Page(
        "pages/vanishing.py", N_("Vanishing gradients"), ":material/trending_down:",
        N_("Why do deep sigmoid networks often not learn?"),
    ),
    "dead_relu": Page(
        "pages/dead_relu.py", N_("Dead ReLUs"), ":material/heart_broken:", N_("When does a ReLU unit die?")
    ),
    "optimizers": Page(
        "pages/optimizers.py", N_("Optimizers"), ":material/landscape:", N_("How does an optimizer find a minimum?")
    ),
    "softmax": Page(
        "pages/softmax.py", N_("Softmax"), ":material/bar_chart:", N_("How do scores become probabilities?")
    ),
    "claims": Page(
        "pages/claims.py", N_("Claims, measured"), ":material/balance:", N_("Are these claims true?")
    ),
}  # fmt: skip
TOOLS = ("compare", "sweep", "mission", "workshop")
_WITH_SETTINGS = ("compare", "sweep")  # in the sidebar
LEADERS = "workshop"  # for one person's eyes: nothing on it invites to project it
LESSONS = tuple(name for name in PAGES if name not in TOOLS)

# Keys of containers that page.css knows, those that only begin so by their whole names, too.  A chart in this one fills
# a phone's width: Vega lays out in fixed pixels, and the browser enlarges the drawing.
ENLARGED = "enlarged"
# A chart in this one keeps its size, and is scrolled sideways where it is too wide: made smaller, it could not be read.
SCROLLED = "scrolled"
# A chart in one whose key begins so is made smaller where it is too wide, and is else left as it is.
BOUNDED = "bounded"
# In one whose key begins so, it is besides made larger in a wide window.
WIDE = "wide"
# The container of this key keeps the replay bar in sight; the charts' own inputs, which the bar moves, are not shown.
# Texts inside charts have the page's colour, light or dark, which Vega does not know.
REPLAY = "replay"
# Buttons in one whose key begins so wrap in a window, and stand in one row that scrolls on a phone.
STRIP = "strip"
# Buttons in this one are large: for a thumb, and for a whole sentence on each.
ANSWERS = "answers"
JOIN, ROOM = "pages/join.py", "room"  # a participant's page, and what its address names
IN_ROOM = "code of the room that somebody is in"  # key of the session's state
BACK, BACK_ICON = N_("Back to room {code}"), ":material/arrow_back:"
_ICON = "🧪"  # of the browser's tab: a Material icon would be fetched from a font server
_HERE = Path(__file__).parent
_STYLE = "".join(
    f'<style class="{name}">{(_HERE / f"{name}.css").read_text()}</style>' for name in ("page", "presented", "loading")
)

_SCRIPT = "".join((_HERE / name).read_text() for name in ("words.js", "touch.js", "page.js"))

_shell = st.components.v2.component("activation_lab_shell", js=_SCRIPT)

MAIN_WIDTH = 860  # pixels of what would be hard to read if it were as wide as the window, such as a table


def open_page(name: str, on_reset: Callable[[], None] | None = None, subject: Iterable[str] = ()):
    """Settings, menu and title of a page of `PAGES`; gives the container that the page's content goes into.

    `on_reset` is called before all controls get their defaults.  `subject` are keys of the address that say what the
    page is about, which no reset changes.
    """
    page, presented = PAGES[name], is_presented(name)
    begin()
    _begin(_(page.label))
    with st.sidebar, st.container(gap="xsmall", key="menu links"):
        for key in TOOLS:
            _menu_link(key, _(PAGES[key].label))
        st.markdown(f"**{_(_LESSONS)}**")
        for number, key in enumerate(LESSONS, start=1):
            _menu_link(key, f"{number} · {_(PAGES[key].label)}")
        with st.container(key="language of the menu"):
            choose_language()
    main = _content(name, presented, opens=_("Settings") if name in _WITH_SETTINGS else _("Menu"))
    with main, st.container(key="heading", gap=None):
        with st.container(key="name", horizontal=True, horizontal_alignment="distribute", gap="small"):
            st.markdown(NAME, width="content")
            if name != LEADERS:
                with st.container(horizontal=True, width="content", gap="small"):
                    _tools(presented, on_reset, subject)
        if not presented:
            _back_to_room()
        st.title(_(page.question))
    return main


def _back_to_room() -> None:
    """A link for who is in a room and looks at a page beside it: there they have no menu."""
    if code := st.session_state.get(IN_ROOM):
        label, query = _(BACK, code=code), {ROOM: [code]} | of_speaking()
        st.page_link(JOIN, label=label, icon=BACK_ICON, query_params=query)


def open_bare_page(name: str, label: str, presented: bool = False):
    """What a page opens with that stands in no menu, and has neither one nor a title: nobody gets lost on a phone, and
    a projector shows nothing else.  Gives the container that the page's content goes into."""
    begin()
    _begin(_(label))
    return _content(name, presented)


def _begin(label: str) -> None:
    st.set_page_config(f"{label} · {NAME}", page_icon=_ICON, layout="wide")
    st.html(_STYLE)  # first: what comes before it would move when it comes


def _content(name: str, presented: bool, opens: str = ""):
    main = st.container(key="page", height=1, border=False)  # until the style is there: nothing moves when it comes
    texts = {"opens": opens, "language": spoken(), "words": own_words()}
    _shell(
        key="shell",
        data={"page": name, "presented": presented, "ahead": CHART_SCRIPTS} | texts,
        height=1,
        on_reconnected_change=_nothing,
    )
    return main


def link_to(name: str, **settings: str | list[str]) -> None:
    """A link to a page, by the question that it answers; there with these settings, as its address has them."""
    page = PAGES[name]
    st.page_link(page.path, label=_(page.question), icon=page.icon, query_params=settings | of_speaking())


def _tools(presented: bool, on_reset: Callable[[], None] | None, subject: Iterable[str]) -> None:
    if presented:
        st.button(
            _("Leave presentation"), key="leave presentation", icon=":material/close:", on_click=present, args=[False]
        )
        return
    st.button(
        _("Reset"), key="reset", type="tertiary", icon=":material/restart_alt:", on_click=_reset,
        args=[on_reset, subject],
        help=_("Sets all controls of this page to their defaults."),
    )  # fmt: skip
    st.button(
        _("Present"), key="present", type="tertiary", icon=":material/present_to_all:", on_click=present, args=[True],
        help=_("Large, for a projector: without the sidebar, with larger pictures and letters."),
    )  # fmt: skip


def _nothing() -> None:
    """The browser has come back: that the page runs is enough."""


def _reset(before: Callable[[], None] | None, subject: Iterable[str]) -> None:
    if before:
        before()
    go_to({key: st.query_params.get_all(key) for key in subject if key in st.query_params})


def _menu_link(name: str, label: str) -> None:
    page = PAGES[name]
    st.page_link(page.path, label=label, icon=page.icon, query_params=left_at(name) | of_speaking())
