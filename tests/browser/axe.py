"""axe-core, which finds what people who do not see, or use no mouse, would stumble over."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

_FOLDER = Path(__file__).parent
_SCRIPT = _FOLDER / "node_modules" / "axe-core" / "axe.min.js"
MISSING = (
    "no axe-core found, which looks for what is not accessible: install it by `npm ci --prefix tests/browser` (Debian "
    "and Ubuntu have npm by apt-get install npm, macOS by brew install node)"
)
# WCAG 2.0 and 2.1 at levels A and AA, and what axe-core counts as good practice: the order of headings is there.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# What Streamlit itself makes so, and nothing of ours can mend: (rule, selector): why.
OF_STREAMLIT = {
    ("landmark-unique", "[data-testid=stTable] [role=region]"): "all its tables have one name, which cannot be set",
    ("color-contrast", ":has(:disabled) > [data-testid=stWidgetLabel]"): "what cannot be used is pale, as WCAG allows",
}

_RUN = """async ({tags, known}) => {
    const {violations} = await axe.run(document, {
        runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], iframes: false,
    })
    const isKnown = (rule, node) => known.some(([of, selector]) => of === rule
        && document.querySelector(node.target.at(-1))?.closest(selector))
    return violations.flatMap(({id, nodes}) => nodes.filter(node => !isKnown(id, node)).map(
        node => `${id} at ${node.target}: ${node.failureSummary.replace(/\\s+/g, ' ')} ${node.html.slice(0, 200)}`))
}"""


def violations(page: Page) -> list[str]:
    """What axe-core finds on a page, each with its place and what would be right."""
    if not _SCRIPT.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=_SCRIPT)
    return page.evaluate(_RUN, {"tags": TAGS, "known": [list(known) for known in OF_STREAMLIT]})
