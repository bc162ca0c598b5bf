"""Corrections: what people say of the findings, kept beside them and laid over them.

A correction (:mod:`~dateline.corrections.correction`) is a row that is only ever added, by :func:`record`,
:func:`undo`, :func:`redo` or :func:`take_in`, each of which asks for the rights itself. When an atlas opens a snapshot
:func:`lay` puts the standing ones in force; the tables of findings stay as they were found.
"""

from dateline.corrections.anchor import Anchor, anchor_of
from dateline.corrections.correction import Correction, Draft, NotACorrection, reject_subject
from dateline.corrections.exchange import Imported, take_in, to_lines
from dateline.corrections.overlay import Overlay, lay
from dateline.corrections.recording import Conflict, Recorded, corrections, record, redo, undo
from dateline.corrections.standing import standing

__all__ = [
    "Anchor",
    "Conflict",
    "Correction",
    "Draft",
    "Imported",
    "NotACorrection",
    "Overlay",
    "Recorded",
    "anchor_of",
    "corrections",
    "lay",
    "record",
    "redo",
    "reject_subject",
    "standing",
    "take_in",
    "to_lines",
    "undo",
]
