"""The session: who looks at this dashboard, with which rights, and how they sign in.

Served on this machine alone, whoever opens it is an editor. Served to others, or with a way to sign in, everybody is a
reader until they have signed in: with the token of DATELINE_EDITOR_TOKEN, or by Streamlit's OpenID Connect login with a
mail address listed in DATELINE_EDITORS (docs/security.md).
"""

from __future__ import annotations

import os
from collections import OrderedDict
from typing import Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dateline.rights import (
    LONGEST_NAME,
    Actor,
    Attempts,
    NotAllowed,
    SignIn,
    WeakToken,
    is_loopback,
    local_actor,
    signed_name,
)

READER: Final = Actor("reader", "reader")
# What a proxy adds: a request with one of these came from elsewhere, though from this machine by its address.
_FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
_NAME, _TOLD = "signed-in", "sign-in-told"
_KEPT: Final = 10_000

_attempts = Attempts()
# The sessions of editors, for the door of uploads, which knows a session's id and nothing else of it.
_editing: OrderedDict[str, None] = OrderedDict()


def actor() -> Actor:
    """Whoever is in front of this session; it is asked anew on each run and whenever something is written."""
    found = _actor()
    _note(found.role == "editor")
    return found


def _actor() -> Actor:
    ways = sign_in_ways()
    if not ways:
        return local_actor() if _alone() else READER
    if name := st.session_state.get(_NAME):
        return Actor(str(name), "editor")
    if ways.mails and _login_is_set():
        claims = st.user.to_dict()
        if claims.get("is_logged_in") is True:
            name = str(claims.get("email") or "signed in")
            return Actor(name, "editor" if ways.knows_mail(claims) else "reader")
    return READER


def sign_in_ways() -> SignIn:
    """How editors are told on this server; a token that is too short is none, and the server does not start with it."""
    try:
        return SignIn.from_environment(os.environ)
    except WeakToken:
        return SignIn(mails=frozenset({"nobody@invalid"}))


def _alone() -> bool:
    """Whether the server is for this machine alone, and the request was made on it, for it, past no proxy."""
    if not is_loopback(str(st.get_option("server.address") or "")):
        return False
    headers = st.context.headers
    host = headers.get("Host")
    return (host is None or is_loopback(host)) and not any(headers.get(name) for name in _FORWARDED)


def is_editing(session: str) -> bool:
    """Whether the session of that id is an editor's."""
    return session in _editing


def _note(editor: bool) -> None:
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    if not editor:
        _editing.pop(context.session_id, None)
        return
    _editing[context.session_id] = None
    _editing.move_to_end(context.session_id)
    while len(_editing) > _KEPT:
        _editing.popitem(last=False)


def _login_is_set() -> bool:
    """Whether [auth] is in Streamlit's secrets."""
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return "auth" in st.secrets
    except (StreamlitSecretNotFoundError, FileNotFoundError):
        return False


def badge() -> None:
    """Who is signed in, and the way out; for whoever only reads, one line on how to sign in, and the form."""
    from dateline.ui import listing

    who, ways = actor(), sign_in_ways()
    if who.role == "editor":
        if ways:
            left, right = st.columns([4, 1], vertical_alignment="center")
            left.caption(f"Signed in as {listing.plain(who.name)}, an editor.")
            right.button("Sign out", on_click=_sign_out, type="tertiary", key="sign-out")
        return
    if not ways:
        st.info(
            "This server is read-only: its keeper has set no way to sign in. They can with DATELINE_EDITOR_TOKEN or "
            "DATELINE_EDITORS."
        )
        return
    st.info("You are reading. To add articles or correct findings, sign in as an editor.")
    if ways.mails and _login_is_set():
        st.button("Sign in with your account", on_click=_log_in, key="log-in")
    if ways.token:
        _token_form()


def told(error: Exception) -> str:
    """An error for whoever looks: a reader learns that there is one, not where the atlas lies."""
    if isinstance(error, NotAllowed) or _actor().role == "editor":
        return str(error)
    return "The atlas on this server cannot be read or written; its keeper can find out why with `dateline check`."


def _token_form() -> None:
    with st.form("sign-in", border=False, width=420):
        st.text_input(
            "Your name, as it will stand beside your changes", key="sign-in-name", max_chars=LONGEST_NAME
        )
        st.text_input(
            "Editor's token", key="sign-in-token", type="password", max_chars=500, autocomplete="off"
        )
        st.form_submit_button("Sign in", on_click=_sign_in, type="primary")
    if told := st.session_state.pop(_TOLD, None):
        st.error(told)


def _sign_in() -> None:
    """Compare what was written with the token, and forget it; wrong ones are counted against the caller."""
    written = str(st.session_state.get("sign-in-token") or "")
    st.session_state["sign-in-token"] = ""
    caller = st.context.ip_address or "this machine"
    if (left := _attempts.wait(caller)) > 0:
        st.session_state[_TOLD] = f"Too many wrong tokens. Try again in {left:.0f} seconds."
    elif sign_in_ways().knows_token(written):
        st.session_state[_NAME] = signed_name(str(st.session_state.get("sign-in-name") or ""))
    else:
        _attempts.failed(caller)
        st.session_state[_TOLD] = "This is not the token."


def _log_in() -> None:
    st.login()


def _sign_out() -> None:
    st.session_state.pop(_NAME, None)
    _note(False)
    if _login_is_set() and st.user.to_dict().get("is_logged_in") is True:
        st.logout()
