"""Sources: add articles, and what each run read, kept and rejected."""

from dateline.ui import atlas, header, reading

scene = atlas.current()
header.draw(scene, "Sources")
reading.add()
reading.runs(scene)
