"""Versioned settings of a court; a change is a new row with the day from which it holds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class CourtSetting(Base):
    """One value of one named setting from one day on."""

    __tablename__ = "court_setting"
    __table_args__ = (UniqueConstraint("court_id", "name", "version"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    court_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    value: Mapped[dict[str, Any]]
    effective_on: Mapped[date]
    set_by: Mapped[str | None] = mapped_column(Id)
    set_at: Mapped[datetime]
