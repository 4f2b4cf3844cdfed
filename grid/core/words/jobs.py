"""Words of long work off the request path."""

from enum import StrEnum


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Approval(StrEnum):
    """Whether a job that needs another person's word has it; '' when it needs none."""

    NONE = ""
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
