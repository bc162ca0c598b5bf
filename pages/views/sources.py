"""Sources: add articles, and what each run read, kept and rejected."""

from dateline.ui import atlas, correcting, header, reading, watching

scene = atlas.current()
header.draw(scene, "Sources")
reading.add()
watching.panel()
reading.runs(scene)
correcting.rejects(scene)
correcting.all_of_them(scene)
