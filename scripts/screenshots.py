"""The pictures of the README, made anew from the running app: ``python -m scripts.screenshots`` at the project's root.

Starts a dashboard of its own on a free port with an empty store, so it shows the sample; drives Chromium over three
views in the light and the dark theme; writes ``docs/images/NAME-THEME.webp``, 1440 pixels wide, each below 200 kB.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests import chromium
from tests.browser.dashboard import COLD, Dashboard
from tests.browser.server import Server, serving

IMAGES: Final = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDTH: Final = 1440
LARGEST: Final = 200_000
THEMES: Final = ("light", "dark")
HOME: Final = ("south-caucasus", "central-asia", "TR")
# Name → page, its address, and the height of the window.
VIEWS: Final = {
    "overview": ("Overview", "/", 1040),
    "map": ("Map", "/?page=map&region=south-caucasus&region=central-asia", 1040),
    "story": ("Stories", "/?page=stories&story={story}", 1040),
}
# Software rendering: the same pixels on every machine, and WebGL where there is no graphics card.
_FLAGS = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


def main() -> int:
    """Write all pictures; the exit code."""
    found = chromium.path()
    if found is None:
        print("There is no Chromium here; `python -m tests.chromium` installs it on Debian.", file=sys.stderr)
        return 2
    IMAGES.mkdir(parents=True, exist_ok=True)
    story = telling_story()
    with (
        tempfile.TemporaryDirectory(prefix="dateline-screenshots-") as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        for name, (title, address, height) in VIEWS.items():
            for theme in THEMES:
                picture = photograph(browser, server, address.format(story=story), title, theme, height)
                path = IMAGES / f"{name}-{theme}.webp"
                path.write_bytes(picture)
                print(f"{path.relative_to(IMAGES.parents[1])}  {len(picture) / 1000:.0f} kB")
        browser.close()
    return 0


def telling_story() -> str:
    """The story of the wider region told by the most articles, of those in which people were killed."""
    from dateline.filters import Filters
    from dateline.homes import members, sample_store
    from dateline.query import Atlas

    snapshot = sample_store().latest()
    if snapshot is None:
        raise LookupError("the sample atlas is empty")
    stories = Atlas(snapshot, members()).stories(Filters(regions=HOME), limit=1_000)
    told = stories[stories["killed"] > 0]
    return str(told.sort_values(["articles", "killed"], ascending=False)["story"].iloc[0])


def photograph(browser: Browser, server: Server, address: str, title: str, theme: str, height: int) -> bytes:
    """The window's picture once the page stands and its map has come to rest, as WebP."""
    context = browser.new_context(
        color_scheme=theme,  # type: ignore[arg-type]
        viewport={"width": WIDTH, "height": height},
    )
    context.set_default_timeout(COLD)
    try:
        view = Dashboard(context.new_page(), server).open(address, title)
        view.map_picture()
        # The pointer rests outside everything that would answer it with a tooltip.
        view.page.mouse.move(2, 2)
        return compressed(view.page.screenshot(animations="disabled"))
    finally:
        context.close()


def compressed(png: bytes) -> bytes:
    """The picture as WebP of the best quality that stays below LARGEST bytes."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (92, 85, 75, 65, 50):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() < LARGEST:
            return out.getvalue()
    raise ValueError(f"the picture does not fit into {LARGEST:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
