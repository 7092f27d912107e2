"""HTML that is made of elements and not of texts, so that nothing foreign becomes markup."""

from xml.etree import ElementTree

from ui.shell.plain import JOINER

Element = ElementTree.Element
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def element(tag: str, /, *children: Element | str | None, **attributes: object) -> Element:
    """An element with these children, in their order; texts are escaped when it is written, and None is left out.

    An attribute whose name is a word of Python ends with an underscore, and one with a hyphen has an underscore there.
    """
    made = Element(tag, {_name(key): readable(str(value)) for key, value in attributes.items() if value is not None})
    last: Element | None = None
    for child in children:
        if isinstance(child, str):
            text = readable(child)
            if last is None:
                made.text = (made.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif child is not None:
            made.append(child)
            last = child
    return made


def document(*elements: Element) -> str:
    """The HTML of a whole page."""
    return (
        "<!DOCTYPE html>\n" + "".join(ElementTree.tostring(each, "unicode", method="html") for each in elements) + "\n"
    )


def readable(text: str) -> str:
    """The text, with a sign in the place of each character that no page can show."""
    return "".join(sign if sign.isprintable() or sign in ("\n", JOINER) else _REPLACEMENT for sign in text)


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key
