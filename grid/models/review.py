"""Review decisions: each is a row, none is overwritten."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Review(Base):
    """One decision of an officer about one revision of a report."""

    __tablename__ = "review"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    visit_id: Mapped[str | None] = mapped_column(Id, ForeignKey("visit.id"))
    revision: Mapped[int | None]
    officer_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    decision: Mapped[str] = mapped_column(String(16))
    round: Mapped[int] = mapped_column(default=0)
    reason_code: Mapped[str] = mapped_column(String(32), default="")
    text: Mapped[str] = mapped_column(String(500), default="")
    comments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    receipt_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    facts_sealed: Mapped[str | None]
    at: Mapped[datetime]
