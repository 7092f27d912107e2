"""Every text of the app is a message of the catalogue, and is plain English.

What is shown in the end, its fields filled in, is read in tests/pages/test_sentences.py.
"""

import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests import ROOT
from tests.wording import complaints
from ui.shell.catalogue import REGISTRIES, glued, in_module, main, said_of_records
from ui.shell.language import KEYWORDS

MODULES = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py")), *sorted((ROOT / "ui").rglob("*.py"))]
CORE = sorted((ROOT / "core").rglob("*.py"))
LANGUAGE = ROOT / "ui" / "shell" / "language.py"

# Streamlit's functions whose first argument people read.
SHOWS = {
    "badge", "button", "caption", "checkbox", "download_button", "error", "expander", "file_uploader", "header", "info",
    "link_button", "markdown", "metric", "multiselect", "number_input", "pills", "popover", "radio",
    "segmented_control", "select_slider", "selectbox", "slider", "spinner", "subheader", "success", "text",
    "text_area", "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
# Arguments by name that people read, of Streamlit and of Altair.
READ = {"alt", "help", "label", "placeholder", "subtitle", "text", "title"}
# Functions of which the first argument is what an error is about, and modules whose errors nobody sees on a page.
NAMING = {"between", "check", "check_type", "counted", "look_up", "one_of", "switch", "unknown"}
OF_PROGRAMMERS = {"ui/missions/outcomes.py", "ui/shell/remembering/__init__.py"}
APP = "NAME"  # the constant with the app's own name, the same in every language
A_WORD = re.compile(r"[^\W\d_]{2,}")
# Icons, tags, formulas and their commands, code, fields, and Altair's shorthand for a column of data.
NO_WORDS = re.compile(r":material/\w+:|<[^>]*>|\$[^$]*\$|\\[a-z]+|`[^`]*`|&\w+;|\{[^}]*\}|^\w+:[QNOT]$")


def path_of(module: Path) -> str:
    return module.relative_to(ROOT).as_posix()


@cache
def messages(module: Path) -> list[str]:
    """What Babel finds in a module; singulars and plurals one by one."""
    return [text for found in in_module(module) for text in ([found] if isinstance(found, str) else found)]


@cache
def tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text())


def calls(module: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call, by the last name of what is called."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            function = node.func
            yield getattr(function, "attr", getattr(function, "id", "")), node


def at(module: Path, node: ast.AST) -> str:
    return f"{path_of(module)}:{node.lineno}: {ast.unparse(node)[:120]}"


def is_text(node: ast.AST) -> bool:
    """Whether it is English put down in the code: literally, in an f-string, glued, or as a constant's bare name."""
    if isinstance(node, ast.Constant):
        text = node.value if isinstance(node.value, str) else ""
        return bool(A_WORD.search(NO_WORDS.sub("", text))) and not text.startswith("<style>")
    if isinstance(node, ast.JoinedStr):
        return any(is_text(part) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    if isinstance(node, ast.IfExp):
        return is_text(node.body) or is_text(node.orelse)
    return False


def names(call: ast.Call, variable: str) -> bool:
    """Whether the variable is an argument of the call."""
    values = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(isinstance(value, ast.Name) and value.id == variable for value in values)


@cache
def constants(module: Path) -> dict[str, ast.AST]:
    """The values of a module's constants, by their names, several of which may be set in one line."""
    found = {}
    for node in tree(module).body:
        if isinstance(node, ast.Assign):
            names, values = node.targets[:1], [node.value]
            if isinstance(names[0], ast.Tuple) and isinstance(node.value, ast.Tuple):
                names, values = names[0].elts, node.value.elts
            found |= {name.id: value for name, value in zip(names, values) if isinstance(name, ast.Name)}
    return found


def is_constant(node: ast.AST) -> bool:
    """Whether it is a constant of a module, by its name."""
    name = getattr(node, "attr", getattr(node, "id", ""))
    return isinstance(node, ast.Name | ast.Attribute) and name.isupper() and len(name) > 1 and name != APP


@pytest.mark.parametrize("module", MODULES, ids=path_of)
def test_messages_are_short_plain_and_without_code_names(module):
    assert not [complaint for message in messages(module) for complaint in complaints(message)]


@pytest.mark.parametrize("module", MODULES, ids=path_of)
def test_fields_have_names(module):
    """So that a translator knows what they are, and can put them in another order."""
    for message in messages(module):
        if "{" in message and "$" not in message:
            for _, field, spec, conversion in string.Formatter().parse(message):
                assert field is None or field.isidentifier(), message
                assert not spec and not conversion, message


@pytest.mark.parametrize("module", [*MODULES, *CORE], ids=path_of)
def test_what_an_error_is_about_is_a_note(module):
    """So that it is of the catalogue, and is not said in English within a sentence of another language."""
    assert not [at(module, node) for name, node in calls(module) if name in NAMING and any(map(is_text, node.args[:1]))]


@pytest.mark.parametrize("module", [module for module in MODULES if path_of(module) not in OF_PROGRAMMERS], ids=path_of)
def test_what_an_error_of_a_page_says_is_a_message(module):
    raised = [node.exc for node in ast.walk(tree(module)) if isinstance(node, ast.Raise)]
    assert not [at(module, call) for call in raised if isinstance(call, ast.Call) and any(map(is_text, call.args))]


@pytest.mark.parametrize("module", MODULES, ids=path_of)
def test_what_a_caught_error_says_is_said_in_the_language_that_is_spoken(module):
    """By `said`, which alone knows how a note becomes another language."""
    for handler in ast.walk(tree(module)):
        if isinstance(handler, ast.ExceptHandler) and handler.name and "ValueError" in ast.unparse(handler.type):
            uses = [node for node in ast.walk(handler) if isinstance(node, ast.Call) and names(node, handler.name)]
            assert not [at(module, node) for node in uses if getattr(node.func, "id", "") in ("plain", "str", "_")]


@pytest.mark.parametrize("module", [module for module in MODULES if module != LANGUAGE], ids=path_of)
def test_nothing_is_filled_in_before_it_is_translated(module):
    """A text goes to `_` as the catalogue has it, with its fields beside it.  Formulas may be filled in at once."""
    wrong = [node for name, node in calls(module) if name == "format" and fills_in_words(module, node)]
    wrong += [
        node
        for name, node in calls(module)
        if name in KEYWORDS
        for text in node.args[: 2 if name == "plural" else 1]
        if isinstance(text, ast.JoinedStr)
        or (isinstance(text, ast.BinOp) and is_text(text))
        or (isinstance(text, ast.Call) and getattr(text.func, "attr", "") in ("format", "join"))
    ]
    assert not [at(module, node) for node in wrong]


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ('Note(f"Read {code}")', True), ('Note("Read " f"{code} as missing")', True), ('_("Read " + f"{code}")', True),
        ('plural("{number} row", f"{n} rows", n)', True), ('language.N_(f"Read {code}" if code else "Read")', True),
        ('Note("Read {code}", code=f"{code:g}")', False), ('plural(*_ROWS, n, of=f"{n}")', False),
        ('listed(f"{code:g}")', False), ('Note(_READ[f"{mark}"], cell=cell)', False),
    ],
)  # fmt: skip
def test_an_f_string_is_found_if_it_is_a_message_and_not_if_it_is_a_field(source, is_found):
    assert list(glued(f"\n{source}")) == ([2] if is_found else [])


def test_the_check_is_silent_of_fields_and_fails_for_a_message_that_is_an_f_string(monkeypatch, tmp_path, capfd):
    assert main(["check"]) == 0
    assert not capfd.readouterr().err
    (tmp_path / "glued.py").write_text('Note(f"Read {code}")')
    monkeypatch.setattr("ui.shell.catalogue.ROOT", tmp_path)
    monkeypatch.setattr("ui.shell.catalogue.modules", lambda: [tmp_path / "glued.py"])
    assert main(["check"]) == 1
    assert "glued.py:1: an f-string is no message" in capfd.readouterr().out


def fills_in_words(module: Path, call: ast.Call) -> bool:
    """Whether it is `str.format` (pandas has another, without names), of anything but a formula that stands here."""
    if not isinstance(call.func, ast.Attribute):
        return False
    template = call.func.value
    template = constants(module).get(getattr(template, "id", ""), template)
    return is_text(template) or (bool(call.keywords) and not isinstance(template, ast.Constant | ast.JoinedStr))


@pytest.mark.parametrize("module", MODULES, ids=path_of)
def test_what_is_shown_was_said_by_the_catalogue(module):
    wrong = []
    for name, node in calls(module):
        if isinstance(node.func, ast.Attribute) and name in SHOWS and "log" not in ast.unparse(node.func.value):
            wrong += [node for text in node.args[:1] if is_text(text) or is_constant(text)]
        wrong += [node for keyword in node.keywords if keyword.arg in READ and is_text(keyword.value)]
    assert not [at(module, node) for node in wrong]


@pytest.mark.parametrize("module", MODULES, ids=path_of)
def test_what_depends_on_a_number_is_a_pair_of_the_catalogue(module):
    """Two messages on their own are none: `plural` would find neither, and say them in English."""
    starred = [node for name, node in calls(module) if name == "plural" and isinstance(node.args[0], ast.Starred)]
    pairs = [(node, constants(module).get(getattr(node.args[0].value, "id", ""))) for node in starred]
    assert not [at(module, node) for node, pair in pairs if pair and not ast.unparse(pair).startswith("NN_(")]


def test_what_no_catalogue_said_is_found():
    source = 'st.markdown("Some words"); st.info(f"{n} words"); st.write(NOTE); f(title="A title"); st.caption(_(NOTE))'
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    first = [node.args[0] for node in nodes if node.args]
    assert [is_text(text) for text in first] == [True, True, False, False, False]
    assert [is_constant(text) for text in first] == [False, False, True, False, True]
    assert not is_text(ast.parse(r"f':material/star: ${x}$ <b>{y}</b>'").body[0].value)


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: type(next(iter(registry.values()))).__name__)
def test_what_core_says_of_its_records_is_plain(registry):
    texts = list(said_of_records(registry))
    assert texts
    assert not [complaint for text in texts for complaint in complaints(text)]
