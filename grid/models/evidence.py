"""Evidence: what a report declared, by hash, and whether the bytes have arrived."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Evidence(Base):
    """One photo or signature declared by a visit; accepted bytes are never replaced."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_sha256", "sha256"),
        Index("ix_evidence_display_sha256", "display_sha256"),
        Index(
            "ix_evidence_unchecked",
            "original_at",
            sqlite_where=text("checked_at IS NULL"),
            postgresql_where=text("checked_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    visit_id: Mapped[str] = mapped_column(Id, ForeignKey("visit.id"), index=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    revision: Mapped[int] = mapped_column(default=1)
    position: Mapped[int]
    item: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str] = mapped_column(String(40))
    display_sha256: Mapped[str | None] = mapped_column(String(64))
    display_size: Mapped[int | None]
    grade: Mapped[str] = mapped_column(String(1))
    grade_reason: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[dict[str, Any] | None]
    made_at: Mapped[datetime]
    original_at: Mapped[datetime | None]
    display_at: Mapped[datetime | None]
    checks: Mapped[dict[str, Any] | None]
    checked_at: Mapped[datetime | None]
    dhash: Mapped[str | None] = mapped_column(String(16))
    stamped_sha256: Mapped[str | None] = mapped_column(String(64))
