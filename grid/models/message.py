"""Messages in the app; no personal data in their text."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Message(Base):
    """One notice to one person; dedupe_key keeps a reminder from being sent twice."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_person_id_at", "person_id", "at"), Index("ix_message_at", "at"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(String(300), default="")
    task_id: Mapped[str | None] = mapped_column(Id, index=True)
    dedupe_key: Mapped[str | None] = mapped_column(String(120), unique=True)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    sent_out_at: Mapped[datetime | None]
