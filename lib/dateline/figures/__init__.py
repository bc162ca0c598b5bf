"""Figures: small data frames in, plotly figures and pydeck decks out; nothing here reads the store or the page."""
