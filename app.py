"""Dateline's dashboard: page config, navigation, the filter bar; nothing else."""

import streamlit as st

from dateline.ui import warming

st.set_page_config(
    page_title="Dateline", page_icon="static/icon.png", layout="wide", initial_sidebar_state=330
)
with warming.told():
    # Here and not above: before the modules are loaded, the page should say that it is on its way.
    from dateline.figures import theme
    from dateline.store import StoreError
    from dateline.ui import atlas, header, sidebar, state, telling

    st.html(f"<style>{theme.css(atlas.is_dark())}</style>")

    # The files lie in pages/views: a page whose address equals its file's name directly under pages/ would be run
    # without this script, so without filters, by the first request to it (docs/decisions/pages-in-views.md).
    PAGES = {
        name: st.Page(
            f"pages/views/{name}.py", title=title, icon=icon, url_path=name, default=name == "overview"
        )
        for name, title, icon in (
            ("overview", "Overview", ":material/dashboard:"),
            ("map", "Map", ":material/map:"),
            ("timeline", "Timeline", ":material/timeline:"),
            ("topics", "Topics", ":material/category:"),
            ("stories", "Stories", ":material/article:"),
            ("sources", "Sources", ":material/input:"),
        )
    }

    page = st.navigation(list(PAGES.values()))
    state.begin()
    if (wanted := st.session_state.pop("go", None)) in PAGES and PAGES[wanted] != page:
        st.switch_page(PAGES[wanted])
    try:
        scene = telling.followed(atlas.scene())
    except StoreError as error:
        header.broken(error)
        st.stop()
sidebar.draw(scene, next(name for name, known in PAGES.items() if known == page))
state.write_address(scene.filters, scene.view)
st.session_state["scene"] = scene
page.run()
