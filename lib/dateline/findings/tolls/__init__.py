"""Tolls: how many people an article says were killed, injured, missing or displaced, with the words that say it.

A toll is a group of people (``quantities``) tied to a word of harm by one of a few constructions: the object of an
active verb ("killed 37 people"), the subject of a passive or intransitive one ("37 people have died"), a count
before a state ("17 dead"), or a noun ("the death toll rose to 37"). Harm to animals, money, games and figures of
speech are left out. English only.
"""

from dateline.findings.tolls.choice import foremost, own
from dateline.findings.tolls.finder import find

__all__ = ["find", "foremost", "own"]
