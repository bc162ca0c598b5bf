"""Sources: from locators to articles and rejects. Nothing is dropped silently and nothing read raises.

A locator is a file, a folder, ``-`` or a web address (``sources.web``); readers are registered by form in
``FORM_READERS`` and for addresses of other schemes in ``SCHEME_READERS``.
"""

from __future__ import annotations

from .reading import FORM_READERS, SCHEME_READERS, read, read_bytes

__all__ = ["FORM_READERS", "SCHEME_READERS", "read", "read_bytes"]
