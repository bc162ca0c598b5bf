"""The editor's token on its way: typed into a field, and found nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import WebSocket, expect

from tests.browser.conftest import Tab
from tests.browser.dashboard import WARM
from tests.browser.server import serving

TOKEN = "sesame-sesame-sesame-0042"


@pytest.mark.usefixtures("browser")
def test_the_token_is_nowhere(tab: Tab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_EDITOR_TOKEN", TOKEN)
    received: list[bytes] = []

    def keep(frame: str | bytes) -> None:
        received.append(frame.encode() if isinstance(frame, str) else frame)

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    with serving(tmp_path) as server:
        view = tab(server)
        view.page.on("websocket", opened)
        view.open("/?page=sources", "Sources")
        expect(view.page.get_by_role("tab", name="Upload files")).to_have_count(0)
        field = view.page.get_by_label("Editor's token")
        expect(field).to_have_attribute("type", "password")
        view.page.get_by_label("Your name").fill("Ana")
        field.fill(TOKEN)
        view.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(view.page.get_by_role("tab", name="Upload files")).to_be_visible(timeout=WARM)
        view.settled()
        assert TOKEN not in view.page.content()
        assert TOKEN not in view.page.url
        assert TOKEN not in view.link()
        assert received
        assert not [frame for frame in received if TOKEN.encode() in frame]
        # Another tab, another session: a reader.
        other = tab(server).open("/?page=sources", "Sources")
        expect(other.page.get_by_role("tab", name="Upload files")).to_have_count(0)
        assert TOKEN not in server.log.read_text("utf-8", "replace")
        written = [path for path in server.store.rglob("*") if path.is_file()]
        assert not [path for path in written if TOKEN.encode() in path.read_bytes()]
