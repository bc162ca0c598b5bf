"""What the browser is told, and that every page stands under it: no console error, no request elsewhere."""

from __future__ import annotations

import http.client
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tab
from tests.browser.dashboard import PAGES
from tests.browser.server import Server


def answered(
    server: Server, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    with closing(http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)) as connection:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=given)
        with connection.getresponse() as answer:
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 390)])
def test_every_page_stands_under_the_policy(app_server: Server, tab: Tab, theme: str, width: int) -> None:
    view = tab(app_server, theme=theme, width=width)
    for name, title in PAGES.items():
        view.open(f"/?page={name}", title)
    view.open("/?page=map", "Map")
    expect(view.map).to_be_visible()
    # The fixture fails on console errors, and a thing that the policy refused is one.


def test_every_answer_carries_the_policy(app_server: Server) -> None:
    for path in ("/", "/map", "/_stcore/health", "/app/static/icon.png", "/nothing/there"):
        _, headers, _ = answered(app_server, path)
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "object-src 'none'" in policy
        assert "'unsafe-inline'" not in policy.partition("style-src")[0]
        assert "http:" not in policy
        assert "https:" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_another_name_is_not_answered(app_server: Server) -> None:
    """A page elsewhere that points its own name at this machine gets nothing (DNS rebinding)."""
    status, _, body = answered(app_server, "/", Host="evil.example")
    assert (status, b"DATELINE_HOSTS" in body) == (421, True)
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    upgrade["Sec_WebSocket_Key"] = "dGhlIHNhbXBsZSBub25jZQ=="
    assert answered(app_server, "/_stcore/stream", Host="evil.example", **upgrade)[0] == 403
    port = urlsplit(app_server.url).port
    elsewhere = answered(app_server, "/_stcore/stream", Origin="https://evil.example", **upgrade)[0]
    assert elsewhere == 403
    assert answered(app_server, "/_stcore/health", Host=f"localhost:{port}")[0] == 200


def test_nobody_uploads_past_the_page(app_server: Server) -> None:
    status, _, body = answered(app_server, "/_stcore/upload_file/not-a-session/1", "PUT")
    assert (status, body) == (403, b"Only an editor may upload files.")
