"""Parties of a case; names, numbers and phones are sealed, lists show the masked forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Party(Base):
    """A creditor, debtor, outsider or third party of one case."""

    __tablename__ = "party"
    __table_args__ = (Index("ix_party_name_index", "name_index"), Index("ix_party_id_no_index", "id_no_index"))

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    case_id: Mapped[str] = mapped_column(Id, ForeignKey("enforcement_case.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(12))
    name_sealed: Mapped[str]
    name_index: Mapped[str] = mapped_column(String(64))
    name_masked: Mapped[str] = mapped_column(String(80))
    id_no_sealed: Mapped[str | None]
    id_no_index: Mapped[str | None] = mapped_column(String(64))
    id_no_masked: Mapped[str] = mapped_column(String(24), default="")
    phone_sealed: Mapped[str | None]
    phone_masked: Mapped[str] = mapped_column(String(20), default="")
    legal_rep_sealed: Mapped[str | None]
    agents_sealed: Mapped[str | None]
    minor: Mapped[bool] = mapped_column(default=False)
    incapacitated: Mapped[bool] = mapped_column(default=False)
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
