"""Every problem the product can raise, one file per area."""

from grid.core.errors.base import REGISTRY, Conflict, InvalidInput, NotAllowed, NotFound, Problem, ProblemKind, TryLater

__all__ = ["REGISTRY", "Conflict", "InvalidInput", "NotAllowed", "NotFound", "Problem", "ProblemKind", "TryLater"]
