"""Stored files against the evidence rows: every arrived file is read and hashed anew."""

from sqlalchemy import select

from grid.core.errors.storage import BlobDamaged, BlobMissing
from grid.flows.fsck.finding import Report
from grid.models import Evidence, db
from grid.tools.kit import Kit


def check_files(kit: Kit, report: Report) -> None:
    """Check that each accepted original and display copy is there and unchanged; name files nobody declared."""
    wanted: dict[str, str] = {}
    for row in db.session.execute(
        select(
            Evidence.id, Evidence.sha256, Evidence.original_at, Evidence.display_sha256, Evidence.display_at,
            Evidence.stamped_sha256,
        )
    ):  # fmt: skip
        if row.original_at is not None:
            wanted[row.sha256] = row.id
        if row.display_at is not None and row.display_sha256:
            wanted[row.display_sha256] = row.id
        if row.stamped_sha256:
            wanted[row.stamped_sha256] = row.id
    for sha256, evidence_id in wanted.items():
        report.files += 1
        try:
            kit.blobs.verify(sha256)
        except BlobMissing:
            report.add("file", evidence_id, f"证据文件丢失：{sha256}")
        except BlobDamaged:
            report.add("file", evidence_id, f"证据文件损坏：{sha256}")
    for sha256 in kit.blobs.list():
        if sha256 not in wanted:
            report.add("file", sha256, "存储中有未登记的文件")
