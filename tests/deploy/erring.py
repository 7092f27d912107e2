"""The hosted app with one more address, at which something goes wrong that nobody foresaw."""

from starlette.requests import Request
from starlette.routing import Route

from deploy.asgi import app


async def wrong(_request: Request) -> None:
    raise ValueError("a secret of the server")


app._user_routes.append(Route("/wrong", wrong))  # before it is asked for the first time: then it builds all routes
