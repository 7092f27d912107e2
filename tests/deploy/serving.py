"""The app as a host runs it: `deploy/asgi.py` in processes of their own, behind nginx with the configuration of
`deploy/nginx`, whose fields are filled in for free ports."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
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
TOKEN = "for tests"
ONE_SESSION = re.compile(r"^active_sessions (\d+)", re.MULTILINE)
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
        path = "/_stcore/metrics?families=active_sessions"
        return int(ONE_SESSION.search(fetch(self.url + path, Authorization=f"Bearer {TOKEN}").text)[1])


@dataclass
class Answer:
    status: int
    headers: dict[str, str]  # by names in small letters
    text: str


@dataclass
class Service:
    """nginx's address, its process, and the servers behind it."""

    url: str
    nginx: psutil.Process
    servers: list[Server]

    def cut(self) -> None:
        """Cuts all lines to all browsers: nginx's worker is killed, and its master starts another."""
        before = self.nginx.children()
        for worker in before:
            worker.kill()
        wait_until(lambda: self.nginx.children() not in ([], before))


@contextmanager
def service(folder: Path, servers: int, base_path: str = "", **environment: str) -> Iterator[Service]:
    """nginx with so many servers behind it, all of them ready.  Raises `FileNotFoundError` where there is no nginx."""
    names = "STREAMLIT_SERVER_ALLOWED_HOSTS", "STREAMLIT_SERVER_BASE_URL_PATH"
    given = composed("app", BASE_PATH=base_path)
    environment = {name: given[name] for name in names} | environment
    with ExitStack() as stack:
        running = [stack.enter_context(server(folder / f"server{n}.txt", **environment)) for n in range(servers)]
        url, process = stack.enter_context(front(folder, [each.port for each in running], base_path))
        for each in running:
            wait_until(lambda each=each: answers(f"{each.url}/ready"))
        wait_until(lambda: answers(f"{url}/_stcore/health") or not process.is_running())
        assert process.is_running(), (folder / "nginx.txt").read_text()
        yield Service(url, process, running)


@contextmanager
def front(folder: Path, ports: list[int], base_path: str = "") -> Iterator[tuple[str, psutil.Process]]:
    """nginx in front of what answers at these ports: its address and its process, which may not answer yet."""
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        raise FileNotFoundError(NO_NGINX)
    with ExitStack() as stack:
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
        log = stack.enter_context((folder / "nginx.txt").open("w"))
        command = [nginx, "-p", str(folder), "-c", str(configuration)]
        process = stack.enter_context(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT))
        stack.callback(end, process)
        yield f"http://localhost:{port}{base_path}", psutil.Process(process.pid)


@contextmanager
def server(log: Path, **environment: str) -> Iterator[Server]:
    """A process of `deploy/asgi.py`, started; what it prints goes to `log`."""
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
    }
    command = [sys.executable, "-m", "streamlit", "run", "deploy/asgi.py"]
    with (
        log.open("w") as out,
        subprocess.Popen(
            command, cwd=ROOT, env=os.environ | own | environment, stdout=out, stderr=subprocess.STDOUT
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
