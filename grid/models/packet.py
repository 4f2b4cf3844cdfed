"""Packets: the signed QR printed with an envelope, used once."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Packet(Base):
    """One printed packet of a task; used_by_visit is set when a handover consumed it."""

    __tablename__ = "packet"

    cti: Mapped[str] = mapped_column(String(20), primary_key=True)
    task_id: Mapped[str] = mapped_column(Id, ForeignKey("task.id"), index=True)
    digest: Mapped[str] = mapped_column(String(32))
    kid: Mapped[str] = mapped_column(String(12))
    token: Mapped[str] = mapped_column(Text)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    used_by_visit: Mapped[str | None] = mapped_column(Id)
