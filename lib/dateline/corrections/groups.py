"""Stories under their corrections: which articles a person joined or told apart.

A merge says that the stories of certain articles are one, a split that certain articles tell another story than the
rest. Both name articles, not stories, and are applied to whatever the grouping says today: an article that joined one
of two merged stories since is in the merged one; of a story that was split, it stays with the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.corrections.correction import Correction


@dataclass(slots=True)
class Regrouped:
    """The story of each article whose story is corrected, the id of the correction, and those without effect."""

    story: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    orphans: list[str] = field(default_factory=list)


def regrouped(stories: Mapping[str, str], changes: Sequence[Correction]) -> Regrouped:
    """The stories with the standing corrections of kind ``story``, in their order.

    ``stories`` has the story of every article of all stories that the corrections name; articles that are not in it
    are not in the atlas. A merged story keeps the name of the first; a part split off is called after the correction.
    """
    state = dict(stories)
    members: dict[str, set[str]] = defaultdict(set)
    for article, story in stories.items():
        members[story].add(article)
    marked: dict[str, str] = {}
    orphans: list[str] = []

    def move(articles: set[str], story: str) -> None:
        for article in articles:
            members[state[article]].discard(article)
            state[article] = story
            members[story].add(article)

    for change in changes:
        merge = [a for a in change.after.get("merge") or () if a in state]
        split = [a for a in change.after.get("split") or () if a in state]
        rest = {a for a in change.after.get("rest") or () if a in state}
        if "confirmed" in change.after:
            continue
        if len({*merge}) >= 2:
            into = state[merge[0]]
            for article in merge[1:]:
                if state[article] != into:
                    move(set(members[state[article]]), into)
            marked |= dict.fromkeys(members[into], change.id)
        elif split and rest:
            apart = f"c{change.id}"
            for article in split:
                within = members[state[article]]
                move({article} if within & rest else set(within), apart)
            marked |= dict.fromkeys({*members[apart], *rest}, change.id)
        else:
            orphans.append(change.id)
    return Regrouped({article: state[article] for article in marked}, marked, orphans)
