"""What `deploy/` adds to the app, without a server: headers, closed routes, errors by number, what is warmed up."""

import asyncio
import logging
import re
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit.testing.v1 import AppTest

from deploy import guard, warming
from deploy.guard import Guard, inline_scripts, settings
from ui.compare.presets import PRESETS

TOKEN = "a secret"


@dataclass
class Answer:
    status: int
    headers: Headers


def get(path: str, token: str | None = None, **arguments: str) -> Answer:
    """What a guarded app answers, which has every path, and sets a cookie for foreign frames and one of its own."""

    async def page(_request: object) -> Response:
        answer = PlainTextResponse("here")
        answer.set_cookie("for-frames", "1", samesite="none", secure=True)
        answer.set_cookie("own", "1", samesite="lax")
        return answer

    shown = [] if token is None else [(b"authorization", f"Bearer {token}".encode())]
    scope = {"type": "http", "method": "GET", "path": path, "headers": shown, "query_string": b""}
    sent: list[dict] = []

    async def send(message: dict) -> None:
        sent.append(message)

    guarded = Guard(Starlette(routes=[Route("/{path:path}", page)]), **arguments)
    asyncio.run(guarded(scope, asyncio.Queue().get, send))
    return Answer(sent[0]["status"], Headers(raw=sent[0]["headers"]))


def test_every_answer_has_the_headers_one_that_is_closed_too():
    for path in ("/", "/_stcore/metrics"):
        headers = get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("sources", ["self", "'self' none", "‘self’", "https://a.example, https://b.example", "*; x"])
def test_frames_for_sites_that_no_browser_would_understand_are_refused(monkeypatch, sources):
    monkeypatch.setenv(guard.FRAME_ANCESTORS, sources)
    with pytest.raises(ValueError, match=r"ACTIVATION_LAB_FRAME_ANCESTORS is .*self' https://school\.example"):
        settings()


@pytest.mark.parametrize("sources", ["'none'", "*", "'self' https://*.self.example:8443/x localhost:* https:"])
def test_frames_for_sites_are_as_the_host_says(monkeypatch, sources):
    monkeypatch.setenv(guard.FRAME_ANCESTORS, sources)
    assert settings()["frame_ancestors"] == sources


def test_the_policy_allows_no_script_from_a_text_but_the_one_in_streamlits_page():
    (scripts,) = re.findall(r"script-src ([^;]*)", get("/").headers["content-security-policy"])
    assert scripts.split() == ["'self'", "blob:", *inline_scripts()]
    assert len(inline_scripts()) == 1


def test_frames_are_for_those_whom_the_environment_names(monkeypatch):
    monkeypatch.setenv(guard.FRAME_ANCESTORS, "'self' https://school.example")
    policy = get("/", **settings()).headers["content-security-policy"]
    assert policy.endswith("frame-ancestors 'self' https://school.example")


def test_cookies_for_foreign_frames_are_kept_for_each_site_around_them():
    frames, own = get("/").headers.getlist("set-cookie")
    assert frames.endswith("; Partitioned")
    assert "Partitioned" not in own


@pytest.mark.parametrize("base", ["", "/lab"])
def test_metrics_are_for_who_knows_the_token_and_agents_for_nobody(base):
    metrics = f"{base}/_stcore/metrics"
    assert get(metrics).status == 404
    assert get(metrics, token="").status == 404
    assert get(metrics, metrics_token=TOKEN).status == 404
    assert get(metrics, token="another", metrics_token=TOKEN).status == 404
    assert get(metrics, token=TOKEN, metrics_token=TOKEN).status == 200
    assert get(f"{base}/_stcore/agent/interact", token=TOKEN, metrics_token=TOKEN).status == 404
    assert get(f"{base}/_stcore/health").status == 200


def test_an_error_is_a_number_on_the_page_and_all_of_it_in_the_log(caplog):
    def script() -> None:
        from ui.shell.failing import show_failure

        show_failure(ValueError("a secret of the server"))

    with caplog.at_level(logging.ERROR):
        (message,) = AppTest.from_function(script).run().error
    (number,) = re.findall(r"Error number: (\w+)", message.value)
    assert "secret" not in message.value
    (record,) = (record for record in caplog.records if number in record.getMessage())
    assert "a secret of the server" in str(record.exc_info[1])


def test_the_default_comparison_is_warmed_up_first_and_the_presets_unless_they_are_not_wanted(monkeypatch):
    monkeypatch.delenv(warming.WARM_UP, raising=False)
    first, *others = warming.addresses()
    assert first == ""
    assert len(set(others)) == len(PRESETS)
    monkeypatch.setenv(warming.WARM_UP, "default")
    assert warming.addresses() == [""]
