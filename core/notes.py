"""What `core` has to say, notes and errors, as sentences that can be said in another language."""

from typing import Any

SHOWN, LONGEST = 3, 40  # of a list of names, how many are said; characters of one text


class Note(str):
    """A whole English sentence that remembers its `template` and its `fields`, whole numbers among them as they are; a
    field may be a note of its own.  Without fields, braces stand for themselves.

    `ValueError(Note(...))` is an error that can be said in another language."""

    template: str
    fields: dict[str, Any]

    def __new__(cls, template: str, **fields: Any) -> "Note":
        said = template.format(**{name: in_sentence(value) for name, value in fields.items()}) if fields else template
        note = super().__new__(cls, said)
        note.template, note.fields = template, fields
        return note

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        return (self.template,), self.fields


def in_sentence(value: object) -> object:
    """A field as it stands in a sentence: a whole number with its thousands set apart, all else as it is."""
    return f"{value:,}" if isinstance(value, int) else value


def listed(names: Any) -> str:
    """The first few names, quoted, and how many more there are: `'a', 'b', 'c' (+ 4)`."""
    names = [cut(str(name)) for name in names]
    more = f" (+ {len(names) - SHOWN:,})" if len(names) > SHOWN else ""
    return ", ".join(f"'{name}'" for name in names[:SHOWN]) + more


def cut(text: str) -> str:
    """The text, or its beginning if it is too long for a sentence."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
