"""Every kind of job there is, by its code."""

from grid.flows import exports, prints
from grid.flows.imports import batch, commit
from grid.flows.job_kinds import JobKind

HANDLERS: dict[str, JobKind] = {
    exports.KIND: exports.EXPORT,
    prints.KIND: prints.PRINT,
    batch.JOB: commit.IMPORT,
}


def label_of(kind: str) -> str:
    """Return what a kind is called; an old row may name a kind that is gone."""
    return HANDLERS[kind].label if kind in HANDLERS else kind
