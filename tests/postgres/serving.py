"""A PostgreSQL of the tests' own: on a free port, with its data in a folder that goes with it."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from tests.browser.running import end, free_port, wait_until

NO_POSTGRES = (
    "no PostgreSQL found, which is needed here: install it (Debian and Ubuntu: apt-get install postgresql; macOS: "
    "brew install postgresql)"
)
USER = "postgres"  # who has all rights there; of the system too, if the tests run as root, as whom it does not start


class Postgres:
    """A server that runs."""

    def __init__(self, port: int) -> None:
        self._address = f"postgresql://{USER}@127.0.0.1:{port}/"
        self._numbers = count()

    def new_database(self) -> str:
        """The address of an empty database."""
        name = f"rooms{next(self._numbers)}"
        with psycopg.connect(f"{self._address}postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._address + name

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg.connect(f"{self._address}postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server that takes connections.  Raises `FileNotFoundError`, with how to get one, where there is none."""
    programs = _programs()
    folder, port = Path(tempfile.mkdtemp()), free_port()  # pytest's own folders are closed to other users
    data, as_other = folder / "data", {}
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
        as_other = {"user": USER, "group": USER, "extra_groups": [], "cwd": folder}
    initialize = [
        programs / "initdb",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--no-sync",
        f"--username={USER}",
    ]
    try:
        subprocess.run([*initialize, data], check=True, capture_output=True, **as_other)
        command = [programs / "postgres", "-D", data, "-p", str(port), "-F", "-h", "127.0.0.1", "-k", ""]
        with (
            (folder / "log.txt").open("w") as log,
            subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, **as_other) as process,
        ):
            server = Postgres(port)
            try:
                wait_until(lambda: server.is_ready() or process.poll() is not None)
                assert process.poll() is None, (folder / "log.txt").read_text()
                yield server
            finally:
                process.send_signal(signal.SIGINT)  # it does not wait for its clients
                end(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of its programs, which Debian does not put on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb", path=os.pathsep.join([*map(str, reversed(debian)), os.environ["PATH"]]))
    if found is None:
        raise FileNotFoundError(NO_POSTGRES)
    return Path(found).resolve().parent
