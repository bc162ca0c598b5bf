"""The doors: whose requests pass, what a session may hold in memory, what an answer tells the browser."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
from pathlib import Path
from typing import Any

import pytest

from dateline.ui import doors, session
from dateline.ui.doors import MOST_BYTES, MOST_FILES, Doors


async def inner(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    headers = [(b"content-type", b"text/plain"), (b"Content-Security-Policy", b"default-src *")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"inside"})


def asked(
    path: str = "/",
    *,
    host: str = "localhost:8501",
    address: str = "localhost",
    method: str = "GET",
    kind: str = "http",
    length: int | None = None,
) -> list[dict[str, Any]]:
    """What is sent back."""
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> Any:
        return {"type": f"{kind}.connect"}

    headers = [(b"host", host.encode())]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    scope = {"type": kind, "path": path, "method": method, "headers": headers}
    asyncio.run(Doors(inner, address)(scope, receive, send))
    return sent


def status(**request: Any) -> int:
    return int(asked(**request)[0]["status"])


def test_for_this_machine_alone_no_other_name_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_HOSTS", raising=False)
    for host in ("localhost", "127.0.0.1:8501", "[::1]:8501"):
        assert status(host=host) == 200
    for host in ("evil.example", "localhost.evil.example:8501", "", "10.0.0.7"):
        assert status(host=host) == 421
        assert asked(host=host, kind="websocket") == [{"type": "websocket.close", "code": 1008}]
    assert asked(kind="websocket") == [{"type": "websocket.accept"}]
    assert status(host="desk.example", address="0.0.0.0") == 200


def test_a_proxys_name_is_answered_once_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_HOSTS", "Atlas.example.org, other.example")
    for address in ("localhost", "0.0.0.0"):
        for host in ("atlas.example.org", "ATLAS.example.org:443", "other.example.", "localhost:8501"):
            assert status(host=host, address=address) == 200
        assert status(host="evil.example", address=address) == 421


def test_an_upload_is_an_editors(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "/_stcore/upload_file/abc/1"
    assert status(path=path, method="PUT") == 403
    assert status(path=f"/base{path}", method="PUT") == 403
    monkeypatch.setattr(session, "is_editing", lambda name: name == "abc")
    assert status(path=path, method="PUT") == 200
    assert status(path="/_stcore/upload_file/def/1", method="PUT") == 403


def test_a_session_holds_so_many_files_of_such_a_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "is_editing", lambda name: True)
    path = "/_stcore/upload_file/abc/1"
    monkeypatch.setattr(doors, "_held", lambda name: [1] * (MOST_FILES - 1))
    assert status(path=path, method="PUT", length=10) == 200
    monkeypatch.setattr(doors, "_held", lambda name: [1] * MOST_FILES)
    assert status(path=path, method="PUT", length=10) == 413
    monkeypatch.setattr(doors, "_held", lambda name: [MOST_BYTES - 100])
    assert status(path=path, method="PUT", length=100) == 200
    assert status(path=path, method="PUT", length=101) == 413


def test_figures_of_the_server_are_for_this_machine() -> None:
    assert status(path="/_stcore/metrics") == 200
    assert status(path="/_stcore/metrics", host="desk.example", address="0.0.0.0") == 404


def test_every_answer_has_one_policy_and_it_is_ours() -> None:
    for request in ({}, {"host": "evil.example"}):
        headers = asked(**request)[0]["headers"]
        policies = [value.decode() for name, value in headers if name.lower() == b"content-security-policy"]
        assert policies == [doors.policy()]


def test_streamlits_own_script_is_the_only_inline_one_allowed() -> None:
    import streamlit

    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert re.findall(r"'sha256-([^']+)'", doors.policy()) == digests
    assert digests
