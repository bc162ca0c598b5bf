"""What axe says of a page, less what is Streamlit's own and cannot be helped from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


@dataclass(frozen=True)
class Allowed:
    """A violation that is let pass: the rule's id, a part of the element's HTML, and why."""

    rule: str
    html: str
    reason: str


# Empty, and best kept so: every entry needs a reason.
ALLOWED: tuple[Allowed, ...] = ()


def violations(page: Page) -> list[str]:
    """One line an element that breaks a rule."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} — {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
        if not any(a.rule == rule["id"] and a.html in node["html"] for a in ALLOWED)
    ]
