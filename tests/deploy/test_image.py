"""The Dockerfile's steps, done without Docker: its files in a folder that nobody can write, its command, its check."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import ROOT
from tests.browser.running import PATIENCE, answers, end, free_port, wait_until

DOCKERFILE = ROOT / "deploy" / "Dockerfile"
OF_A_SPACE = ROOT / "deploy" / "huggingface" / "settings.Dockerfile"  # comes after it
USER = 10001

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an image of Linux, whose steps need Linux")


def instructions() -> list[tuple[str, str]]:
    """(name, what stands after it) of each instruction, its lines joined."""
    text = re.sub(r"^#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE).replace("\\\n", " ")
    return [(name, " ".join(rest.split())) for name, rest in re.findall(r"^([A-Z]+) (.*)$", text, re.MULTILINE)]


def all_of(name: str) -> list[str]:
    return [rest for each, rest in instructions() if each == name]


def unprivileged() -> tuple[list[str], dict[str, int | list]]:
    """What to put before a command so that it may do nothing that an ordinary user may not, and for `subprocess`."""
    if os.geteuid():
        return [], {}
    as_other = {"user": USER, "group": USER, "extra_groups": []}
    try:
        subprocess.run([sys.executable, "-c", "import streamlit"], **as_other, check=True, capture_output=True)
    except (PermissionError, subprocess.CalledProcessError):  # it may not read this Python: root, but with no power
        return ["setpriv", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"], {}
    return [], as_other


@pytest.fixture
def image(tmp_path: Path):
    """The folder that the image has as /app: what is copied, what is run there; writable for nobody."""
    app = tmp_path / "app"
    app.mkdir()
    own = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    for name, rest in instructions():
        if name == "COPY":
            *sources, target = rest.split()
            for source in sources:
                place = app / (Path(source).name if target == "./" else target)
                copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
                copy(ROOT / source, place)
        elif name == "RUN":
            # What has to be installed is here, or the tests could not run: pip only says so.
            subprocess.run(rest, shell=True, cwd=app, env=own | {"PIP_DRY_RUN": "1", "PIP_NO_INDEX": "1"}, check=True)
    everything = [app, *app.rglob("*")]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    tmp_path.chmod(0o755)
    yield app
    for path in everything:
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.slow
def test_the_steps_give_a_server_that_writes_nothing_but_rooms_and_ends_when_it_is_told(image, tmp_path):
    port, log, volume = free_port(), tmp_path / "log.txt", tmp_path / "volume"
    volume.mkdir()
    volume.chmod(0o777)
    environment = dict(pair.split("=", 1) for rest in all_of("ENV") for pair in shlex.split(rest))
    own = os.environ | environment | {
        "ACTIVATION_LAB_WARM_UP": "default", "ACTIVATION_LAB_WORKERS": "1", "HOME": "/nowhere",
        "DATABASE_URL": f"sqlite:///{volume}/rooms.sqlite",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "STREAMLIT_SERVER_PORT": str(port),
    }  # fmt: skip
    before, user = unprivileged()
    (command,), (check,) = all_of("CMD"), all_of("HEALTHCHECK")
    check = json.loads(check.partition("CMD ")[2])
    can_write = [*before, sys.executable, "-c", "open('new', 'w')"]
    assert subprocess.run(can_write, cwd=image, **user, capture_output=True).returncode, "the folder can be written"
    assert subprocess.run(check, cwd=image, env=own, capture_output=True).returncode, "healthy without a server"
    with log.open("w") as out, subprocess.Popen(
        [*before, *json.loads(command)], cwd=image, env=own, stdout=out, stderr=subprocess.STDOUT, **user
    ) as server:  # fmt: skip
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/ready") or server.poll() is not None)
            assert server.poll() is None, log.read_text()
            subprocess.run(check, cwd=image, env=own, check=True)
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE)
        finally:
            end(server)
    assert "Traceback" not in log.read_text()


def test_rooms_are_kept_where_the_host_says_and_nowhere_in_the_program(image, tmp_path):
    volume = tmp_path / "volume"
    volume.mkdir()
    volume.chmod(0o777)
    code = "from ui.jobs.rooms import rooms; print(rooms().open(['first']).code, rooms().temporary)"
    before, user = unprivileged()
    for settings, temporary in (({"DATABASE_URL": f"sqlite:///{volume}/rooms.sqlite"}, False), ({}, True)):
        own = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings
        command = [*before, sys.executable, "-c", code]
        done = subprocess.run(command, cwd=image, env=own, **user, capture_output=True, text=True)
        assert done.stdout.split()[1:] == [str(temporary)], done.stderr
    assert [file.name for file in volume.iterdir()] == ["rooms.sqlite"]


def test_the_user_is_not_root_and_comes_after_what_needs_root():
    names = [name for name, _ in instructions()]
    assert all_of("USER") == [f"{USER}:{USER}"]
    assert names.index("USER") > max(number for number, name in enumerate(names) if name == "RUN")


def test_what_is_copied_is_not_ignored_and_all_that_the_app_is_is_copied():
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {source for rest in all_of("COPY") for source in rest.split()[:-1]}
    assert {source.split("/")[0] for source in copied} == kept
    assert copied >= {
        "app.py", "classroom", "core", "deploy", "locale", "pages", "ui", ".streamlit", "requirements.txt",
    }  # fmt: skip


def test_the_linter_has_no_complaint():
    linter = Path(sys.executable).parent / "hadolint"
    if not linter.exists():
        pytest.skip("no hadolint for this kind of machine")
    for added in ("", OF_A_SPACE.read_text()):
        subprocess.run([linter, "-"], input=DOCKERFILE.read_text() + added, text=True, check=True)
