"""The papers of a task, line by line, as they stand on the service receipt."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class DocumentLine(Base):
    """One paper to hand over: type by the catalogue, its number and copies; handed is the court-visible result."""

    __tablename__ = "document_line"
    __table_args__ = (UniqueConstraint("task_id", "position"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    position: Mapped[int]
    type: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(80))
    no: Mapped[str] = mapped_column(String(80), default="")
    copies: Mapped[int] = mapped_column(default=1)
    handed: Mapped[bool | None]
    not_handed_reason: Mapped[str] = mapped_column(String(120), default="")
