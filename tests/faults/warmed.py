"""Imported once by the process that the killed ones are forked from: what they need is loaded, no table is open."""

import pandas as pd

from dateline import ingest, upkeep  # noqa: F401
from dateline.annotate import annotate
from tests.upkeep.atlas import brief

annotate(pd.DataFrame([brief(0).to_dict()], dtype="object"))
