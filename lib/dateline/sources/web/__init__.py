"""The web as a source, polite and guarded: ``harvest`` reads locators, ``Memory`` spares what did not change."""

from __future__ import annotations

from .harvest import harvest
from .memory import Memory
from .settings import WebSettings, from_environment

__all__ = ["Memory", "WebSettings", "from_environment", "harvest"]
