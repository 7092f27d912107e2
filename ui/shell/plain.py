"""Text that somebody else wrote, as it is: in a link, in a file, in a field."""

import re

MOST = 1000  # characters that are shown
_MARKS = re.compile(r"([\\`*_\[\](){}$:!<>#~|&])")
# Behind these, Streamlit makes links, icons and emoji of text that is escaped already: a joiner parts them.
_JOINTS = re.compile(r"(?<=[:@])(?=\S)|(?<=www)(?=\.)", re.IGNORECASE)
JOINER = "\u2060"  # a word joiner: no line breaks there, and nobody sees it


def plain(text: object) -> str:
    """The text with nothing in it that Streamlit would read as Markdown, LaTeX, colour, a link or an image.

    It is one line of bounded length, and has a sign in the place of each character that cannot be shown.
    """
    text = str(text)
    line = " ".join(text[:MOST].split()) + ("…" if len(text) > MOST else "")
    shown = "".join(sign if sign.isprintable() or sign == JOINER else "\N{REPLACEMENT CHARACTER}" for sign in line)
    return _MARKS.sub(r"\\\1", _JOINTS.sub(JOINER, shown))
