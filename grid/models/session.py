"""Signed-in sessions; the token itself is never stored, only its SHA-256."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class SignedSession(Base):
    """One sign-in on one browser; revoked sessions stay for the record."""

    __tablename__ = "signed_session"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    csrf: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(Id)
    device_label: Mapped[str] = mapped_column(String(120), default="")
    ip: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
