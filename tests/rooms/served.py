"""What is in memory of each server before it starts: all libraries, so that twenty starts take one start's time."""

import os
import sys

# What the first page of a server would import, each time.
import altair  # noqa: F401
import pandas  # noqa: F401
import sklearn  # noqa: F401
import sqlalchemy  # noqa: F401
from streamlit.web import cli

from tests import ROOT


def serve(port: int, log: str, environment: dict[str, str]) -> None:
    """Does as `streamlit run app.py` does, and prints into `log`."""
    os.environ.update(environment)
    os.chdir(ROOT)
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(out, stream.fileno())
    sys.argv = ["streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    cli.main()
