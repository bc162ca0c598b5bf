"""The server process: Streamlit, told at once that app.py and not the folder pages/ says which pages there are.

Streamlit takes a folder named pages/ for its older kind of app until `st.navigation` has run once, so the first link
opened after a start would be answered with "Page not found" (docs/decisions/pages-in-views.md).
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run Streamlit's own command line with this process's arguments."""
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.web import cli

    from dateline.ui import warming

    warming.start()
    PagesManager.uses_pages_directory = False
    sys.exit(cli.main(prog_name="streamlit"))


if __name__ == "__main__":
    main()
