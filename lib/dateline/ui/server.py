"""The server process: Streamlit with the doors of :mod:`dateline.ui.doors` in front of it, told at once that app.py
and not the folder pages/ says which pages there are.

Streamlit takes a folder named pages/ for its older kind of app until `st.navigation` has run once, so the first link
opened after a start would be answered with "Page not found" (docs/decisions/pages-in-views.md).
"""

from __future__ import annotations

import sys
from typing import Any


def main() -> None:
    """Run Streamlit's own command line with this process's arguments."""
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    from dateline.ui import warming

    warming.start()
    PagesManager.uses_pages_directory = False
    _put_doors()
    sys.exit(cli.main(prog_name="streamlit"))


def _put_doors() -> None:
    """Our middleware outside of all of Streamlit's: `streamlit run` has no option for one."""
    from starlette.middleware import Middleware
    from streamlit import config
    from streamlit.web.server.starlette import starlette_app

    from dateline.ui.doors import Doors

    inner = starlette_app.create_streamlit_middleware

    def with_doors() -> list[Any]:
        address = str(config.get_option("server.address") or "")
        return [Middleware(Doors, address=address), *inner()]

    starlette_app.create_streamlit_middleware = with_doors


if __name__ == "__main__":
    main()
