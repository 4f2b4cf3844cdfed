"""Receipts: signed once, corrected or annulled only by a later row."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Receipt(Base):
    """One signed receipt of a visit; seq counts corrections of the same visit."""

    __tablename__ = "receipt"
    __table_args__ = (
        UniqueConstraint("visit_id", "seq"),
        CheckConstraint("(annulled_at IS NULL) = (annulled_by IS NULL)", name="annulled_by_somebody"),
    )

    cti: Mapped[str] = mapped_column(String(20), primary_key=True)
    short_code: Mapped[str] = mapped_column(String(10), unique=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    visit_id: Mapped[str] = mapped_column(Id, ForeignKey("visit.id"))
    revision: Mapped[int] = mapped_column(default=1)
    seq: Mapped[int] = mapped_column(default=0)
    kid: Mapped[str] = mapped_column(String(12), index=True)
    token: Mapped[str] = mapped_column(Text)
    manifest: Mapped[list[Any]]
    root: Mapped[str] = mapped_column(String(64))
    method: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="valid")
    confirmed_at: Mapped[datetime | None]
    corrected_by: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
    annulled_at: Mapped[datetime | None]
    annulled_by: Mapped[str | None] = mapped_column(Id)
    issued_at: Mapped[datetime]
