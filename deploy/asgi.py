"""The app for a host: `streamlit run deploy/asgi.py`, in the project's folder.

Beside the app itself: `/health` (the process answers) and `/ready` (workers run, the default comparison is trained, the
rooms are open), the security headers of `guard.py`, and errors that say a number on the page and the rest in the log.
"""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # `streamlit run` looks for modules beside this file only

from deploy.compressed import Compressed  # noqa: E402
from deploy.guard import Guard, settings  # noqa: E402
from deploy.opening import Opening  # noqa: E402
from deploy.warming import warm_up, with_presets  # noqa: E402
from ui.jobs.variables import check_variables  # noqa: E402
from ui.shell.failing import number_of, show_failure  # noqa: E402

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.INFO)
logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # it names all of its own at each start
_log = logging.getLogger("activation_lab")
_is_warm = False
_opening = Opening()

try:
    check_variables()
    with_presets()
    guarded = settings()
except ValueError as wrong:
    sys.exit(f"The server does not start. {wrong}")


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warms up and opens the rooms while the server answers already: who asks whether it is alive need not wait."""
    _opening.start()
    warming = asyncio.create_task(_warm_up())
    yield
    warming.cancel()
    with suppress(asyncio.CancelledError):
        await warming


async def _warm_up() -> None:
    global _is_warm
    try:
        async for address in warm_up():
            _is_warm = True  # after the first, which is the default comparison
            _log.info("warm: /?%s", address)
    except Exception:
        _log.exception("the warm-up has failed")


async def health(_request: Request) -> PlainTextResponse:
    """That the process answers."""
    return PlainTextResponse("ok")


async def ready(_request: Request) -> PlainTextResponse:
    """Whether people can be sent here: 503, with what it waits for, until the default comparison is drawn and the rooms
    have been opened once."""
    lacks = _opening.lacks if _is_warm else "warming up"
    return PlainTextResponse(lacks or "ready", status_code=503 if lacks else 200)


async def failed(_request: Request, error: Exception) -> PlainTextResponse:
    """The number by which the log has an error that no page shows."""
    return PlainTextResponse(f"Something went wrong. Error number: {number_of(error)}", status_code=500)


app = st.App(
    ROOT / "app.py",
    lifespan=lifespan,
    routes=[Route("/health", health), Route("/ready", ready)],
    # Not among `exception_handlers`: those for any exception answer past all middleware, so without the headers.
    middleware=[
        Middleware(Guard, **guarded),
        Middleware(ServerErrorMiddleware, handler=failed),
        Middleware(Compressed),
    ],
    on_script_error=show_failure,
)
