"""Text that somebody else wrote, as it is: in a link, in a file, in a field."""

import re


def plain(text: object) -> str:
    """The text with nothing in it that Streamlit would read as Markdown, LaTeX, colour or an image."""
    return re.sub(r"([\\`*_\[\](){}$:!<>#~|&])", r"\\\1", str(text))
