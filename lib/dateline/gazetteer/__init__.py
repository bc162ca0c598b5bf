"""The places that exist: settlements, countries, divisions, districts, seas, regions, with names in many languages.

``load()`` opens the compiled index and compiles it first when it is missing; ``build(progress)`` only compiles.
"""

from dateline.gazetteer.compiler import build
from dateline.gazetteer.index import Candidate, Gazetteer, Place, load

__all__ = ["Candidate", "Gazetteer", "Place", "build", "load"]
