"""Visits: what a worker reports from the door; earlier versions of a mended report are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id

LATE = text("supplementary IS TRUE AND decided_at IS NULL")


class Visit(Base):
    """One attempt; id is minted on the phone, body is the whole report (sealed)."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("task_id", "ordinal"),
        Index("ix_visit_worker_id_received_at", "worker_id", "received_at"),
        Index("ix_visit_late", "task_id", postgresql_where=LATE, sqlite_where=LATE),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"))
    worker_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    device_id: Mapped[str | None] = mapped_column(Id)
    ordinal: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)
    outcome: Mapped[str] = mapped_column(String(32))
    contact: Mapped[str] = mapped_column(String(12), default="door")
    supplementary: Mapped[bool] = mapped_column(default=False)
    supplementary_reason: Mapped[str] = mapped_column(String(32), default="")
    decision: Mapped[str] = mapped_column(String(16), default="")
    decided_at: Mapped[datetime | None]
    signer_masked: Mapped[str] = mapped_column(String(80), default="")
    signer_relation: Mapped[str] = mapped_column(String(32), default="")
    body_sealed: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    lng: Mapped[float | None]
    lat: Mapped[float | None]
    accuracy_m: Mapped[float | None]
    flags: Mapped[list[Any]] = mapped_column(default=list)
    started_at: Mapped[datetime]
    made_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    received_at: Mapped[datetime]
    mended_at: Mapped[datetime | None]


class VisitRevision(Base):
    """An earlier version of a visit, kept whole when the report was mended."""

    __tablename__ = "visit_revision"

    visit_id: Mapped[str] = mapped_column(Id, ForeignKey("visit.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body_sealed: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime]
    received_at: Mapped[datetime]
