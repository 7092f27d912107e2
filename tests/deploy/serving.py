"""The app as a host runs it: `deploy/asgi.py` in processes of their own, behind nginx with the configuration of
`deploy/nginx`, whose fields are filled in for free ports."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psutil
import yaml

from tests import ROOT
from tests.browser.running import answers, end, free_port, wait_until

COMPOSE = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8"))
# `${NAME}` or `${NAME:-otherwise}`, where `otherwise` may have such a field, too.
FIELD = re.compile(r"\$\{(\w+)(?::-((?:[^{}]|\{[^{}]*\})*))?\}")
TEMPLATE = ROOT / "deploy" / "nginx" / "default.conf.template"
NO_NGINX = "no nginx found, which is needed here: install it (Debian and Ubuntu: apt-get install nginx)"
HOSTED = ("streamlit", "run", "deploy/asgi.py")
TOKEN = "for tests"
ONE_SESSION = re.compile(r"^active_sessions (\d+)", re.MULTILINE)
RETURNS = re.compile(r'^session_events_total{type="reconnect"} (\d+)', re.MULTILINE)
# What nginx's image has in its own nginx.conf, but that nothing is written outside of the folder.
MAIN = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr notice;
{user}
events {{ worker_connections 1024; }}
http {{
    {temporary}
    {site}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass
class Server:
    """A process of the app: its port and itself."""

    port: int
    process: subprocess.Popen

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def sessions(self) -> int:
        """How many sessions are open in it, by the figure that a host scales by."""
        return int(ONE_SESSION.search(self._metrics("active_sessions"))[1])

    def returns(self) -> int:
        """How often a browser has come back to the session that it had."""
        return int(RETURNS.search(self._metrics("session_events"))[1])

    def _metrics(self, family: str) -> str:
        return fetch(f"{self.url}/_stcore/metrics?families={family}", Authorization=f"Bearer {TOKEN}").text


@dataclass
class Answer:
    status: int
    headers: dict[str, str]  # by names in small letters
    text: str


@dataclass
class Nginx:
    """nginx, its address, and its process while it runs."""

    url: str
    command: list[str]
    log: Path
    process: subprocess.Popen | None = None

    def start(self) -> None:
        """Starts it; it may not answer yet."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=subprocess.STDOUT)

    def stop(self) -> None:
        """Ends it with all lines that go through it."""
        end(self.process)
        self.process.wait()

    def cut(self) -> None:
        """Cuts all lines to all browsers: nginx's worker is killed, and its master starts another."""
        master = psutil.Process(self.process.pid)
        before = master.children()
        for worker in before:
            worker.kill()
        wait_until(lambda: master.children() not in ([], before))

    def wait_until_it_answers(self) -> None:
        wait_until(lambda: answers(f"{self.url}/_stcore/health") or self.process.poll() is not None)
        assert self.process.poll() is None, self.log.read_text()


@dataclass
class Service:
    """nginx, and the servers behind it."""

    nginx: Nginx
    servers: list[Server]

    @property
    def url(self) -> str:
        return self.nginx.url

    def sessions(self) -> int:
        return sum(each.sessions() for each in self.servers)

    def returns(self) -> int:
        return sum(each.returns() for each in self.servers)


@contextmanager
def service(folder: Path, servers: int, base_path: str = "", **environment: str) -> Iterator[Service]:
    """nginx with so many servers behind it, all of them ready.  Raises `FileNotFoundError` where there is no nginx."""
    names = "STREAMLIT_SERVER_ALLOWED_HOSTS", "STREAMLIT_SERVER_BASE_URL_PATH"
    given = composed("app", BASE_PATH=base_path)
    environment = {name: given[name] for name in names} | environment
    with ExitStack() as stack:
        running = [stack.enter_context(server(folder / f"server{n}.txt", **environment)) for n in range(servers)]
        nginx = stack.enter_context(front(folder, [each.port for each in running], base_path))
        for each in running:
            wait_until(lambda each=each: answers(f"{each.url}/ready"))
        nginx.wait_until_it_answers()
        yield Service(nginx, running)


@contextmanager
def front(folder: Path, ports: list[int], base_path: str = "") -> Iterator[Nginx]:
    """nginx in front of what answers at these ports; it may not answer yet."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise FileNotFoundError(NO_NGINX)
    port = free_port()
    seat = "SameSite=None; Secure; Partitioned"  # kept without HTTPS for localhost alone
    own = {
        "APP_SERVERS": "".join(f"server 127.0.0.1:{each} max_fails=2 fail_timeout=10s;" for each in ports),
        "CACHE_FOLDER": str(folder / "cache"),
        "LISTEN": str(port),
    }
    filled = site(**composed("nginx", BASE_PATH=base_path, SEAT_COOKIE=seat) | own)
    temporary = " ".join(f"{kind}_temp_path {folder}/{kind};" for kind in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""  # it has to reach the folder
    configuration = folder / "nginx.conf"
    configuration.write_text(MAIN.format(folder=folder, user=user, temporary=temporary, site=filled))
    command = [program, "-p", str(folder), "-c", str(configuration)]
    nginx = Nginx(f"http://localhost:{port}{base_path}", command, folder / "nginx.txt")
    nginx.start()
    try:
        yield nginx
    finally:
        nginx.stop()


@contextmanager
def server(log: Path, command: Sequence[str] = HOSTED, **environment: str) -> Iterator[Server]:
    """A process of `deploy/asgi.py`, or of an app that uvicorn serves, started; what it prints goes to `log`."""
    port = free_port()
    own = {
        "ACTIVATION_LAB_METRICS_TOKEN": TOKEN,
        "ACTIVATION_LAB_WARM_UP": "default",
        "ACTIVATION_LAB_WORKERS": "1",
        "STREAMLIT_BROWSER_SERVER_ADDRESS": "localhost",
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost",
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_PORT": str(port),
        "UVICORN_PORT": str(port),
    }
    with (
        log.open("w") as out,
        subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=os.environ | own | environment,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield Server(port, process)
        finally:
            end(process)


def composed(name: str, **own: str) -> dict[str, str]:
    """The environment that compose gives to a service, for a host that sets no more than that."""

    def filled(text: str) -> str:
        return FIELD.sub(lambda field: own.get(field[1]) or filled(field[2] or ""), text)

    return {each: filled(value) for each, value in COMPOSE["services"][name]["environment"].items()}


def site(**fields: str) -> str:
    """nginx's configuration with its fields filled in, as its image does: `${NAME}`, and no other dollar sign."""
    text = TEMPLATE.read_text(encoding="utf-8")
    text = re.sub(r"\$\{(\w+)\}", lambda field: fields[field[1]], text.replace("${...}", "..."))
    return text.replace("/dev/stdout", "stderr_access.txt")


def fetch(url: str, body: bytes | None = None, **headers: str) -> Answer:
    """What a server answers, whatever its status."""
    request = Request(url, body, {name.replace("_", "-"): value for name, value in headers.items()})
    try:
        response = urlopen(request, timeout=20)
    except HTTPError as error:
        response = error
    with response:
        found = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status, found, response.read().decode(errors="replace"))
