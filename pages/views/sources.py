"""Sources: add articles, and what each run read, kept and rejected."""

from dateline.ui import atlas, header, reading, watching

scene = atlas.current()
header.draw(scene, "Sources")
reading.add()
watching.panel()
reading.runs(scene)
