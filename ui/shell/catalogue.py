"""The catalogues in `locale/`: which messages there are, and which of them a language lacks.

python -m ui.shell.catalogue         brings the catalogues up to date with the code, and says what is missing
python -m ui.shell.catalogue check   changes nothing; ends with 1 if anything is missing, doubtful, not used or glued
"""

import ast
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, fields
from functools import cache
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from classroom.words import ADJECTIVES, ANIMALS
from core import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES
from core.claims import CLAIMS
from core.claims.rule import OUTCOMES, WORDS
from core.lessons.optimizer_terms import step_on, take_apart
from core.lessons.surfaces import SURFACES
from core.nn.optimizers.terms import kept_terms
from ui.shell.language import KEYWORDS, LANGUAGES, LOCALE, USUAL

ROOT = LOCALE.parent
RINGS = ("core", "ui", "pages")  # what the store of rooms refuses, pages say
REGISTRIES = (ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES, SURFACES, CLAIMS)
# Of a record of `core`, what nobody reads as a text: names, formulas, code and sources.
NOT_SAID = {
    "name", "formula", "slope_formula", "code", "slope_code", "source", "torch", "family", "loader",
}  # fmt: skip


@dataclass(frozen=True)
class Lack:
    """Of one catalogue: messages without a translation, those that somebody has to look at, and those of no text."""

    missing: tuple[Message, ...]
    doubtful: tuple[Message, ...]
    unused: tuple[Message, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.doubtful or self.unused)


@cache
def template() -> Catalog:
    """All messages of the app, by where they stand."""
    found = Catalog(project="Activation Lab", charset="utf-8")
    for path in modules():
        place = path.relative_to(ROOT).as_posix()
        for message in in_module(path):
            found.add(message, locations=[(place, 0)])
    for registry in REGISTRIES:
        for text in said_of_records(registry):
            found.add(text, locations=[("core: what it says of its records", 0)])
    for text in said_of_claims():
        found.add(text, locations=[("core: what it says of claims", 0)])
    for text in said_of_steps():
        found.add(text, locations=[("core: what it says of optimizers' steps", 0)])
    for word in (*ADJECTIVES, *ANIMALS):
        found.add(word, locations=[("classroom/words.py", 0)])
    return found


def modules() -> list[Path]:
    """All that may have messages."""
    return [ROOT / "app.py", *sorted(path for ring in RINGS for path in (ROOT / ring).rglob("*.py"))]


def catalogue(language: str) -> Catalog:
    """That of a language as it stands in its file; an empty one, if there is none yet."""
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, domain="lab", header_comment="", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="lab")


def up_to_date(language: str) -> Catalog:
    """The catalogue of a language with all messages that there are; what is of no text any more is obsolete in it."""
    found = catalogue(language)
    found.update(template(), no_fuzzy_matching=True)
    return found


def lack(language: str) -> Lack:
    """What is wrong with the catalogue of a language."""
    written, wanted = catalogue(language), template()
    has = {message.id: message for message in written if message.id}
    return Lack(
        missing=tuple(message for message in wanted if message.id and not _is_there(has.get(message.id))),
        doubtful=tuple(message for message in has.values() if message.fuzzy),
        unused=tuple(message for message in has.values() if message.id not in wanted),
    )


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "lab.po"


def in_module(path: Path) -> Iterator[str | tuple[str, ...]]:
    """The messages that a module has, those with a plural as two.  Babel warns of every f-string in a call, those that
    are fields among them: `glued` finds those that are messages."""
    with path.open("rb") as file, redirect_stderr(StringIO()):
        for _, message, _, _ in extract("python", file, KEYWORDS):
            yield message


def glued(source: str) -> Iterator[int]:
    """The lines of a module where an f-string is given as a message: no catalogue can have what is filled in there."""
    for node in ast.walk(ast.parse(source)):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if name in KEYWORDS and any(_is_glued(text) for text in node.args[: 2 if KEYWORDS[name] else 1]):
            yield node.lineno


def said_of_records(registry: dict) -> Iterator[str]:
    """The texts of a registry of `core` that people read."""
    for record in registry.values():
        for field in fields(record):
            if field.name not in NOT_SAID and isinstance(text := getattr(record, field.name), str) and text:
                yield text


def said_of_claims() -> Iterator[str]:
    """The texts of all claims that are in lines, and of what is measured for them."""
    for claim in CLAIMS.values():
        yield from (claim.source, claim.formula, *claim.design)
        for trial in claim.trials:
            yield from filter(None, (trial.label, trial.what, trial.picture, trial.condition))
    yield from (*OUTCOMES, *WORDS)


def said_of_steps() -> Iterator[str]:
    """The texts of all terms that optimizers compute, in their first steps and in later ones."""
    for optimizer in OPTIMIZERS:
        for number in (1, 10):
            step = step_on("beale", optimizer, 0.001, (1.0, 1.5), number)
            for term in (*take_apart(optimizer, step), *kept_terms(step)):  # of those that have terms of their own, too
                yield from (term.name, term.meaning)


def _write(messages: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, messages, width=120, sort_by_file=True, ignore_obsolete=True)


def _is_glued(text: ast.expr) -> bool:
    if isinstance(text, ast.BinOp | ast.IfExp):
        parts = (text.left, text.right) if isinstance(text, ast.BinOp) else (text.body, text.orelse)
        return any(map(_is_glued, parts))
    return isinstance(text, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in text.values)


def _is_there(message: Message | None) -> bool:
    if message is None:
        return False
    texts = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(texts)


def main(arguments: list[str]) -> int:
    """Says what is missing in each catalogue, after bringing it up to date unless it is only to be checked."""
    places = [f"{path.relative_to(ROOT)}:{line}" for path in modules() for line in glued(path.read_text())]
    for place in places:
        print(f"{place}: an f-string is no message: name its fields, and give them beside it")
    is_whole = not places
    for language in LANGUAGES.keys() - {USUAL}:
        if "check" not in arguments:
            _write(up_to_date(language), path_of(language))
        found = lack(language)
        is_whole = is_whole and not found
        print(f"{language}: {len(found.missing)} missing, {len(found.doubtful)} doubtful, {len(found.unused)} not used")
        for message in (*found.missing, *found.doubtful, *found.unused):
            print(f"  {message.id}")
    return 0 if is_whole or "check" not in arguments else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
