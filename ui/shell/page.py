"""What every page opens with: its settings, the menu, the title.

Every page calls `open_page` itself, instead of app.py declaring all of them once with `st.navigation`: with a `pages/`
folder, the first visit to a deep link on a cold server runs the page before app.py has declared anything.
"""

from dataclasses import dataclass

import streamlit as st

from ui.shell.address import left_at


@dataclass(frozen=True)
class Page:
    """A page of the app, as the menu has it.

    `path` is relative to app.py, `icon` one of Streamlit's own, `question` the heading: what the page answers.
    """

    path: str
    label: str
    icon: str
    question: str


# In the order of the menu; the lessons after Compare read as one book.
PAGES = {
    "compare": Page("app.py", "Compare", ":material/science:", "What does one choice change?"),
    "neuron": Page("pages/neuron.py", "One neuron", ":material/adjust:", "What does one neuron do?"),
    "activations": Page(
        "pages/activations.py", "Activation functions", ":material/show_chart:", "What shape is an activation function?"
    ),
    "nonlinearity": Page(
        "pages/nonlinearity.py", "Why non-linear", ":material/turn_right:", "Why must the layers bend?"
    ),
    "vanishing": Page(
        "pages/vanishing.py",
        "Vanishing gradients",
        ":material/trending_down:",
        "Why do deep sigmoid networks not learn?",
    ),
    "dead_relu": Page("pages/dead_relu.py", "Dead ReLUs", ":material/heart_broken:", "When does a ReLU die?"),
    "optimizers": Page(
        "pages/optimizers.py", "Optimizers", ":material/landscape:", "How does an optimizer walk downhill?"
    ),
    "softmax": Page("pages/softmax.py", "Softmax", ":material/bar_chart:", "How do scores become probabilities?"),
    "claims": Page("pages/claims.py", "Claims, measured", ":material/balance:", "Is it true what they say?"),
}

# A chart in a container whose key starts with "enlarged" fills a phone's width: Vega lays out in fixed pixels, and the
# browser enlarges the drawing.
ENLARGED = "enlarged"
# One whose key starts with "bounded" is made smaller where it is too wide, and is else left as it is.
BOUNDED = "bounded"
# The container of this key keeps the replay bar in sight; the charts' own inputs, which the bar moves, are not shown.
# Texts inside charts have the page's colour, light or dark, which Vega does not know.
REPLAY = "replay"
_ICON = "🧪"  # of the browser's tab: a Material icon would be fetched from a font server
_STYLE = f"""<style>
@media (max-width: 640px) {{
    [class*="st-key-{ENLARGED}"] :has(svg.marks),
    [class*="st-key-{ENLARGED}"] svg.marks {{ width: 100%; height: auto; }}
}}
[class*="st-key-{BOUNDED}"] :has(svg.marks),
[class*="st-key-{BOUNDED}"] svg.marks {{ max-width: 100%; height: auto; }}
@media (min-width: 768px) {{ [data-testid="stMainBlockContainer"] {{ padding-top: 3rem; }} }}
.vega-bindings {{ display: none !important; }}
[data-testid="stVegaLiteChart"] .mark-text text {{ fill: currentColor; }}
:has(> .st-key-{REPLAY}) {{ position: sticky; top: 0; z-index: 10; }}
@media (max-width: 768px) {{ :has(> .st-key-{REPLAY}) {{ top: 3.25rem; }} }}  /* below the button of the sidebar */
</style>"""

# Streamlit leaves its sidebar open when a page was chosen in it, on a phone over the page.
_CLOSE_MENU = """
let shown = null
export default function ({ data }) {
  const another = shown !== null && shown !== data.page
  shown = data.page
  if (another && window.innerWidth < 768)
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click()
}
"""
_menu = st.components.v2.component("activation_lab_menu", js=_CLOSE_MENU)

MAIN_WIDTH = 860  # pixels: four pictures side by side, and lines short enough to read


def open_page(name: str):
    """Settings, menu and title of a page of `PAGES`; gives the container that the page's content goes into."""
    page = PAGES[name]
    st.set_page_config(f"{page.label} · Activation Lab", page_icon=_ICON, layout="wide")
    with st.sidebar, st.container(gap="xsmall"):
        for key, other in PAGES.items():
            st.page_link(other.path, label=other.label, icon=other.icon, query_params=left_at(key))
        _menu(key="menu", data={"page": name}, height=1)
    st.html(_STYLE)
    main = st.container(width=MAIN_WIDTH)
    main.title(page.question)
    return main


def link_to(name: str, **settings: str | list[str]) -> None:
    """A link to a page, by the question that it answers; there with these settings, as its address has them."""
    page = PAGES[name]
    st.page_link(page.path, label=page.question, icon=page.icon, query_params=settings)
