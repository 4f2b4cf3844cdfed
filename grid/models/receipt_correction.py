"""Wishes to correct or annul a receipt; a second person decides, the receipt itself is never edited."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class ReceiptCorrection(Base):
    """One wish with who asked and who decided."""

    __tablename__ = "receipt_correction"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="two_people"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    cti: Mapped[str] = mapped_column(String(20), ForeignKey("receipt.cti"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    asked_by: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(Id, ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
