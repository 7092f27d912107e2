"""What a text on screen must not have: long sentences, idioms, and code names of what has a label."""

import re
from collections.abc import Iterator

from core import ACTIVATIONS, DATASETS, INITIALIZERS, LOSSES, OPTIMIZERS

MOST_WORDS = 30  # in a sentence; a field of a message, a formula and a piece of code are one each

# Wordings that somebody stumbled over who learnt English at school, and what is said instead.
IDIOMS = {
    r"(brings?|brought) (it|them|its|their)\b.*\bout": "highlights it",
    r"all but(?! the\b)": "nearly",
    "for want of": "because there is no",
    "coin toss|at a guess|a guess": "chance level",
    r"mend(s|ed|ing)?": "fix",
    "surer|surest": "more confident",
    "for ?ever": "always, or leave it out",
    "kin": "similar functions",
    "each its own": "default for each",
    "by a hair": "very slightly",
    "none the worse": "still works",
    "stuck all the same": "not learning",
    "(tells?|telling|told)( them| it)? apart|parts? (them|a ring)": "separates",
    "lies? level|lying level": "has slope 0",
    "(stands?|standing|stood) (still|there)": "does not change",
    "(comes?|came|coming|back) (back )?to life": "becomes active again",
    "turns? (the|this|their) order round": "changes the ranking",
    "train on, to": "Continue to 100 epochs",
    "on test": "test accuracy",
    "have come": "so far",
    "matters nothing": "has no effect",
    "(what|who|where)ever comes": "always",
    "what is true of": "Properties",
    "how far out": "Range of z",
    "born dead": "dead from the start",
    "nothing but": "only",
    "no line parts": "no straight line separates",
    "(winds?|wound) (a|the|its) spiral": "separates the arms of the spiral",
    "did not hold|(hardly|mostly) held|held in part": "supported",
    "what they say": "are these claims true",
    "by heart": "memorizes",
    "next to nothing": "almost nothing",
    "to and fro": "back and forth",
    "in vain": "without success",
    "no wonder": "therefore",
    "at a stroke": "at once",
}
_IDIOMS = {re.compile(rf"\b(?:{idiom})(?!\w)", re.IGNORECASE): instead for idiom, instead in IDIOMS.items()}
# What happens to a network whose numbers become infinite has one name, and may be explained where that is said.
_BLOWN_UP = re.compile(r"\b(blow|blew|blown|blowing|blows)( it| them)? up\b", re.IGNORECASE)
_EXPLAINED = re.compile(r"\bdiverge", re.IGNORECASE)

_NAMES = {
    name: record.label
    for registry in (ACTIVATIONS, OPTIMIZERS, INITIALIZERS, LOSSES, DATASETS)
    for name, record in registry.items()
    if "_" in name or record.label != name.capitalize()
    if name != "sin"  # which is also mathematics
}
CODE_NAMES = {
    **_NAMES, "l1": "L1", "l2": "L2", "learning_rate": "learning rate", "batch_size": "batch size",
    "test_accuracy": "test accuracy", "train_loss": "training loss", "test_loss": "test loss",
}  # fmt: skip
_CODE_NAME = re.compile(rf"(?<![\w'./=-])({'|'.join(sorted(CODE_NAMES, key=len, reverse=True))})(?![\w'(=])")

_ONE_WORD = re.compile(r"\$\$?[^$]+\$\$?|`[^`]*`|\{\w*\}|!?\[[^\]]*\]\([^)]*\)|:material/\w+:|<[^>]+>|\bhttps?:\S+")
_ENDS = re.compile(r"(?<=[.!?:])[\"”)*_]*\s+|\s*\n+\s*|\s·\s|\s*\|\s*|<br/?>")


def sentences(text: str) -> list[str]:
    """Its sentences; a colon, a line, a cell of a table and what stands between middle dots end one, too."""
    return [part for part in _ENDS.split(_ONE_WORD.sub("X1", text)) if part.strip()]


def words(sentence: str) -> list[str]:
    return [word for word in sentence.split() if re.search(r"\w", word)]


def complaints(text: str) -> Iterator[str]:
    """What is wrong with a text, each with what would be right."""
    for sentence in sentences(text):
        if len(words(sentence)) > MOST_WORDS:
            yield f"{len(words(sentence))} words: {sentence}"
    plain = _ONE_WORD.sub(" X1 ", text)
    for idiom, instead in _IDIOMS.items():
        if found := idiom.search(plain):
            yield f"'{found[0].strip()}' (rather: {instead}): {text}"
    if _BLOWN_UP.search(plain) and not _EXPLAINED.search(plain):
        yield f"'blow up' (rather: diverge): {text}"
    for found in _CODE_NAME.finditer(plain):
        yield f"'{found[0]}' (rather: {CODE_NAMES[found[0]]}): {text}"
