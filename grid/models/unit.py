"""Units: court, departments, district, streets and towns, communities, grid cells, governance centres."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id, UnitPath


class Unit(Base):
    """One node of a court's tree; path is '/<id>/<id>/' from the root down to and including itself."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("court_id", "code"),
        Index("ix_unit_path", "path"),
        Index("ix_unit_court_kind_name", "court_id", "kind", "name"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    court_id: Mapped[str] = mapped_column(Id, index=True)
    parent_id: Mapped[str | None] = mapped_column(Id, ForeignKey("unit.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(40))
    path: Mapped[str] = mapped_column(UnitPath)
    polygon: Mapped[dict[str, Any] | None]
    contact_phone: Mapped[str] = mapped_column(String(40), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
