"""A PostgreSQL server of the tests' own: on a free port, with a data directory that is gone after them."""

import os
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from glob import glob

import psycopg

from tests.browser.running import end, free_port, wait_until

NO_POSTGRES = "no PostgreSQL found, which is needed here: install it (Debian and Ubuntu: apt-get install postgresql)"
USER = "postgres"  # PostgreSQL does not run as root: its package has made this one


@contextmanager
def running_postgres() -> Iterator[Callable[[], str]]:
    """What makes an empty database and gives its `DATABASE_URL`.  Raises `FileNotFoundError` where there is no
    PostgreSQL."""
    programs = os.pathsep.join([os.environ["PATH"], *sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)])
    initdb, server, ready = (shutil.which(name, path=programs) for name in ("initdb", "postgres", "pg_isready"))
    if not (initdb and server and ready):
        raise FileNotFoundError(NO_POSTGRES)
    user = USER if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as folder:
        if user:
            shutil.chown(folder, user)
        data, port = f"{folder}/data", str(free_port())
        own = {"cwd": folder, "user": user, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        new = [initdb, "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(new, check=True, **own)
        command = [server, "-D", data, "-p", port, "-h", "127.0.0.1", "-k", folder]
        with subprocess.Popen(command, **own) as process:
            try:
                where = ["-h", "127.0.0.1", "-p", port]
                wait_until(lambda: subprocess.run([ready, *where], stdout=subprocess.DEVNULL).returncode == 0)
                yield partial(_new_database, f"postgresql://{USER}@127.0.0.1:{port}")
            finally:
                process.send_signal(signal.SIGINT)  # ends it without waiting for those who are connected
                end(process)


def _new_database(server: str) -> str:
    name = f"tests_{uuid.uuid4().hex}"
    with psycopg.connect(f"{server}/{USER}", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"
