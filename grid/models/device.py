"""Phones: how far each one's numbered mutations have been taken in, and how it is doing."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Device(Base):
    """One installation of the app for one person; id is minted by the phone."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("person.id"), index=True)
    label: Mapped[str] = mapped_column(String(120), default="")
    last_seq: Mapped[int] = mapped_column(default=0)
    last_contact_at: Mapped[datetime]
    skew_ms: Mapped[int | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
