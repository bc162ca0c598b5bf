"""The session: who looks at this dashboard, and with which rights."""

from __future__ import annotations

import streamlit as st

from dateline.rights import Actor, local_actor

_LOCAL = frozenset({"", "localhost", "127.0.0.1", "::1"})


def actor() -> Actor:
    """Whoever runs the server, where it is served on this machine alone; else a reader."""
    if str(st.get_option("server.address") or "") in _LOCAL:
        return local_actor()
    return Actor("reader", "reader")
