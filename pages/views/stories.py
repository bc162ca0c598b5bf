"""Stories: the articles that tell the same event, and one story with its evidence."""

from dateline.ui import atlas, header, listing, telling

scene = atlas.current()
header.draw(scene, "Stories")
if not header.empty(scene):
    if scene.filters.story:
        telling.story(scene)
    else:
        listing.stories(telling.page(scene), key="story")
