"""Copy link: the address that opens the same articles, the same picture and the same snapshot elsewhere; and Download:
the selection as a file."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dateline import exports
from dateline.filters import link_query
from dateline.ui import atlas, names
from dateline.ui.atlas import Scene

_HTML = """<button type="button" class="copy"
  title="Copies an address with all filters, the view and the data">Copy link</button>"""

_CSS = """
.copy { width: 100%; min-height: 2.5rem; padding: .25rem .75rem; font: inherit; cursor: pointer;
  font-size: .875rem; color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, .5rem); }
.copy:hover, .copy:focus-visible { color: var(--st-primary-color); border-color: var(--st-primary-color); }
"""

# The address is put together in the browser: behind a proxy only the browser knows the host it came from.
# `execCommand` is for plain-http hosts on a local network, where the clipboard interface does not exist.
_JS = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button");
  // Links open at the root, with the page as a parameter (docs/decisions/pages-in-views.md).
  const root = window.location.pathname.replace(new RegExp("/" + data.page + "/?$"), "/");
  const link = window.location.origin + root + "?" + data.query;
  button.dataset.link = link;
  button.onclick = async () => {
    let done = true;
    try { await navigator.clipboard.writeText(link); }
    catch (refused) {
      const box = document.createElement("textarea");
      box.value = link; document.body.append(box); box.select();
      done = document.execCommand("copy"); box.remove();
    }
    if (!done) { window.prompt("Copy this address:", link); return; }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy link"; }, 2000);
  };
}
"""


def query(scene: Scene, page: str) -> str:
    """The parameters of the link: page, filters, view with its camera, and the snapshot."""
    camera = scene.view.camera or atlas.layers(scene).camera()
    view = replace(scene.view, camera=camera, snapshot=scene.atlas.snapshot.name)
    return link_query(page, scene.filters, view)


@st.cache_resource
def _component():  # type: ignore[no-untyped-def]
    return st.components.v2.component("dateline_copy_link", html=_HTML, css=_CSS, js=_JS)


def copy(scene: Scene, page: str) -> None:
    """The button; ``page`` is the address of the page on screen."""
    _component()(data={"query": query(scene, page), "page": page}, key="copy-link")


def download(scene: Scene) -> None:
    """The selection in each format of :mod:`dateline.exports`; a file is only made when somebody asks for it."""
    # Not a popover: at the foot of the bar it would open below the window.
    with st.expander("Download", key="download", on_change="rerun") as box:
        if not box.open:
            return
        st.caption("What is selected, as a file.")
        for form, made in exports.FORMATS.items():
            st.download_button(
                f"{made.label}: {made.holds}",
                data=partial(_file, scene, form),
                file_name=f"dateline-{scene.atlas.snapshot.name}.{form}",
                mime=made.media,
                type="tertiary",
                on_click="ignore",
                key=f"download-{form}",
                width="stretch",
            )


def _file(scene: Scene, form: str) -> bytes:
    return exports.write(scene.atlas, scene.filters, form, called=names.of)
