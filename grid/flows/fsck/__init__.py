"""Recompute everything the ledger stands for and name what does not fit (证据规定第93条: effective checking)."""

from datetime import datetime

from grid.flows import ledger
from grid.flows.fsck.files import check_files
from grid.flows.fsck.finding import Finding, Report
from grid.flows.fsck.rows import check_rows
from grid.flows.fsck.tree import check_tree
from grid.tools.kit import Kit

__all__ = ["Finding", "Report", "fsck"]


def fsck(kit: Kit, now: datetime, *, blobs: bool = True) -> Report:
    """Check tree, checkpoints, business rows and stored files; the result itself becomes a leaf."""
    report = Report()
    facts = check_tree(kit, report)
    check_rows(kit, facts, report)
    if blobs:
        check_files(kit, report)
    if all(finding.kind != "head" for finding in report.findings):  # a broken head takes no new leaf
        ledger.record(
            "ledger.checked", None, now, leaves=report.leaves, files=report.files, findings=len(report.findings)
        )
    return report
