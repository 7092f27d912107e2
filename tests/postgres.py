"""A PostgreSQL server of the tests' own: on a free port, with a data directory that is gone after them."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob

from tests.browser.running import end, free_port, wait_until

NO_POSTGRES = "no PostgreSQL found, which is needed here: install it (Debian and Ubuntu: apt-get install postgresql)"
USER = "postgres"  # PostgreSQL does not run as root: its package has made this one


@contextmanager
def postgres() -> Iterator[str]:
    """A `DATABASE_URL` of an empty database.  Raises `FileNotFoundError` where there is no PostgreSQL."""
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
        command = [
            server,
            "-D",
            data,
            "-p",
            port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            f"unix_socket_directories={folder}",
        ]
        with subprocess.Popen(command, **own) as process:
            try:
                where = ["-h", "127.0.0.1", "-p", port]
                wait_until(lambda: subprocess.run([ready, *where], stdout=subprocess.DEVNULL).returncode == 0)
                yield f"postgresql://{USER}@127.0.0.1:{port}/{USER}"
            finally:
                process.send_signal(signal.SIGINT)  # ends it without waiting for those who are connected
                end(process)
