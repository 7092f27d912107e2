"""The catalogues of other languages are whole, and nothing in them is English.

That everything on a page is a message of the catalogue, tests/test_catalogue.py and tests/pages/test_sentences.py show.
"""

import re
import string
from shutil import copytree

import pytest
from babel.messages.catalog import Message

from ui.shell.catalogue import catalogue, lack, main, path_of, template
from ui.shell.korean import filled
from ui.shell.language import LANGUAGES, LOCALE, USUAL

OTHERS = sorted(LANGUAGES.keys() - {USUAL})
# Names, units, code and signs of mathematics, which stand in Latin letters in every language.
OF_NO_LANGUAGE = {
    # activation functions, optimizers, initial weights, data and surfaces
    "AMSGrad", "AdaDelta", "Adagrad", "Adam", "AdamW", "Adamax", "Arctan", "Beale", "Breast", "CELU", "CIFAR", "GELU",
    "Gaussian", "Hard", "Hardshrink", "Iris", "LeCun", "Leaky", "Linear", "Mish", "Momentum", "Nadam", "Nesterov",
    "RAdam", "RMSProp", "ReLU", "Rosenbrock", "SELU", "SiLU", "Sigmoid", "Small", "Softplus", "Softshrink", "Softsign",
    "Tanh", "Tanhshrink", "Wine", "Xavier", "cancer", "normal", "sigmoid", "squared", "swish", "tanh",
    "uniform",
    # people, and titles of what they have written
    "BackProp", "Bengio", "Bordes", "Bottou", "Deep", "Efficient", "Friedman", "Glorot", "Hannun", "Hinton", "Holm",
    "Krizhevsky", "Maas",
    "Networks", "Neural", "Rectifier", "Sparse", "Sutskever", "Wilcoxon", "ller",
    # tools, files, keys, code, and the names that made classes of a drawing have in files
    "Ctrl", "Delete", "DuckDB", "Enter", "False", "JSON", "Keras", "NumPy", "PostgreSQL", "PyTorch", "Python", "SQLite",
    "Table", "Theano", "True", "alpha", "class", "classification", "content", "dtype", "float", "learn", "learning",
    "make", "move", "multiple", "numpy", "pandas", "rate", "redraw", "scikit", "scipy", "start", "subtract", "table",
    "where",
}  # fmt: skip
# Icons, formulas, code, links, fields, and what stands in brackets behind a Korean term.
WORDLESS = re.compile(
    r":material/\w+:|:\w+-badge|\$[^$]*\$|`[^`]*`|\{[^}]*\}|<[^>]*>|https?:\S+|\\[A-Za-z]+|\([A-Za-z][^()가-힣]*\)|"
    r"zero-centered|Activation Lab"
)
PARTICLES = re.compile(r"\+?[가-힣]*/[가-힣]*")


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_is_missing_doubtful_or_left_over(language):
    found = lack(language)
    left = [message.id for part in (found.missing, found.doubtful, found.unused) for message in part]
    assert not left, f"run `python -m ui.shell.catalogue`, then translate in {path_of(language)}: {left}"


def test_bringing_them_up_to_date_keeps_what_is_translated(tmp_path, monkeypatch):
    before, needed = {message.id: message.string for message in MESSAGES}, template()
    copytree(LOCALE, tmp_path / "locale")
    monkeypatch.setattr("ui.shell.catalogue.LOCALE", tmp_path / "locale")
    main([])
    after = {message.id: message.string for language in OTHERS for message in catalogue(language)}
    assert after.items() >= {id: string for id, string in before.items() if id in needed}.items()


def texts(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def originals(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def fields(text: str) -> dict[str, set[str]]:
    """What is to be filled in, each with what is said of how."""
    found: dict[str, set[str]] = {}
    for _, name, how, _ in string.Formatter().parse(text):
        if name:
            found.setdefault(name, set()).add(how)
    return found


MESSAGES = [message for language in OTHERS for message in catalogue(language) if message.id]


def has_fields(message: Message) -> bool:
    """Whether its braces are fields, and not those of a formula."""
    return "python-brace-format" in message.flags or any(
        re.search(r"(?<!\\text)(?<!\\begin)(?<!\\end)\{\w+\}", text) for text in originals(message)
    )


def test_both_have_the_same_fields():
    for message in MESSAGES:
        if has_fields(message) and "$" not in originals(message)[0]:
            wanted = set().union(*(fields(text) for text in originals(message)))
            for text in texts(message):
                assert fields(text).keys() == wanted, text
                assert all(not how or PARTICLES.fullmatch(how) for said in fields(text).values() for how in said), text


def test_particles_suit_what_comes_before_them():
    """None is written for both, and none stands behind a field that can be read in several ways."""
    both = re.compile(r"은\(는\)|는\(은\)|이\(가\)|가\(이\)|을\(를\)|를\(을\)|과\(와\)|와\(과\)|\(으\)로")
    alone = re.compile(r"\}(\*\*|\*|`|’|”|')?(은|는|이|가|을|를|과|와|으로|로)(?=[\s,.:;!?]|$)")
    assert not [text for message in MESSAGES for text in texts(message) if both.search(text) or alone.search(text)]


@pytest.mark.parametrize("value", ["ReLU", "Adam", "물", "95.6%", 3, 10, "**GELU** (시드 3)", ""])
def test_every_korean_message_is_filled_with_whatever_its_fields_hold(value):
    for message in MESSAGES:
        if has_fields(message) and "$" not in originals(message)[0]:
            for text in texts(message):
                said = filled(text, dict.fromkeys(fields(text), value))
                assert not re.search(r"\{\w+[:}]|:[은이을과으]+/", said), text


def latin(text: str) -> list[str]:
    """The words of a text that are in Latin letters, and can be of a language."""
    return re.findall(r"[A-Za-z]{4,}", WORDLESS.sub(" ", text))


def test_no_word_is_english():
    found = {word: text for message in MESSAGES for text in texts(message) for word in latin(text)}
    new = {word: text for word, text in found.items() if word not in OF_NO_LANGUAGE}
    assert not new, f"translate it; a name that has Latin letters in every language goes into OF_NO_LANGUAGE: {new}"
    assert found.keys() >= OF_NO_LANGUAGE, "not needed"
