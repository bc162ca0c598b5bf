"""Doors: what is asked of a request before Streamlit sees it, and what every answer tells the browser.

An ASGI middleware around Streamlit's server. Streamlit lets any session put files into the server's memory, answers
under any name, and sends no policy; here uploads are an editor's, bounded in number and size, a server for this machine
alone answers to no other name (a page elsewhere could point a name of its own at it), and the browser may load nothing
from anywhere else.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from dateline.rights import is_loopback

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

# What one session may hold in the server's memory before it is read.
MOST_FILES: Final = 50
MOST_BYTES: Final = 200 * 1024 * 1024
_UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/([^/]+)/?$")
_METRICS = re.compile(r"/_stcore/metrics/?$")

# 'unsafe-inline' for styles and 'unsafe-eval' for scripts are what Streamlit's own front end and deck.gl need;
# nothing may come from another host, and no plug-in, frame or form may lead to one (docs/security.md).
_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {inline}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "media-src 'self' blob:",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


@cache
def policy() -> str:
    """What a page may load and run; of inline scripts only Streamlit's own, told by their digests."""
    import streamlit

    page = Path(streamlit.__file__).with_name("static") / "index.html"
    written = page.read_text("utf-8") if page.is_file() else ""
    digests = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in re.findall(r"<script(?:\s+type=\"[^\"]*\")?>(.*?)</script>", written, re.DOTALL)
    ]
    return _POLICY.format(inline=" ".join(f"'sha256-{digest}'" for digest in digests)).replace(" ;", ";")


def hosts() -> frozenset[str]:
    """The names of DATELINE_HOSTS that a proxy in front of this server passes on, apart by commas or blanks."""
    named = re.split(r"[\s,]+", os.environ.get("DATELINE_HOSTS", ""))
    return frozenset(_name(host) for host in named if host)


def _name(host: str) -> str:
    """A Host header without its port."""
    lowered = host.strip().lower()
    return lowered if lowered.endswith("]") else re.sub(r":\d+$", "", lowered).rstrip(".")


class Doors:
    """See the module. ``address`` is what the server listens on."""

    def __init__(self, app: App, address: str = "") -> None:
        self._app = app
        self._alone = is_loopback(address)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request or one web socket."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        if refused is None:
            await self._app(scope, receive, _with_headers(send) if scope["type"] == "http" else send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _answer(_with_headers(send), *refused)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Status and reason, or None for a request that may pass."""
        host = next((v.decode("latin-1") for k, v in scope.get("headers", ()) if k == b"host"), "")
        if not self._is_ours(host):
            return (
                421,
                "This server answers for this machine alone. Behind a proxy, set DATELINE_HOSTS to its name.",
            )
        path = str(scope.get("path", ""))
        if scope["type"] == "http" and (upload := _UPLOAD.search(path)) and scope["method"] == "PUT":
            return _refused_upload(upload.group(1), _length(scope))
        if _METRICS.search(path) and not self._alone:
            return 404, "Not found"
        return None

    def _is_ours(self, host: str) -> bool:
        named = hosts()
        if named:
            return _name(host) in named or is_loopback(host)
        return not self._alone or is_loopback(host)


def _refused_upload(session: str, length: int) -> tuple[int, str] | None:
    from dateline.ui.session import is_editing

    if not is_editing(session):
        return 403, "Only an editor may upload files."
    held = _held(session)
    if len(held) >= MOST_FILES:
        return 413, f"At most {MOST_FILES} files at once."
    if sum(held) + length > MOST_BYTES:
        return 413, f"At most {MOST_BYTES // 1024 // 1024} MB at once."
    return None


def _held(session: str) -> list[int]:
    """The sizes of the files that the session has uploaded and not yet let go."""
    from streamlit import runtime

    if not runtime.exists():
        return []
    files = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return [len(file.data) for file in dict(files.get(session, {})).values()]


def _length(scope: Scope) -> int:
    said = next((v for k, v in scope["headers"] if k == b"content-length"), b"0")
    return int(said) if said.isdigit() and len(said) < 16 else 0


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            ours = [(b"content-security-policy", policy().encode()), *HEADERS]
            names = {name for name, _ in ours}
            kept = [(k, v) for k, v in message.get("headers", ()) if k.lower() not in names]
            message = {**message, "headers": [*kept, *ours]}
        await send(message)

    return sending


async def _answer(send: Send, status: int, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
