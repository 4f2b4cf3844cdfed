"""Addresses of parties with where each came from; the text is sealed, lists show it down to the community."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Address(Base):
    """One address of a party; an address confirmed in writing stays valid for enforcement (解释137)."""

    __tablename__ = "address"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    party_id: Mapped[str] = mapped_column(Id, ForeignKey("party.id"), index=True)
    text_sealed: Mapped[str]
    text_masked: Mapped[str] = mapped_column(String(200), default="")
    street: Mapped[str] = mapped_column(String(80), default="")
    community: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(String(24))
    confirmed_on: Mapped[date | None]
    lng: Mapped[float | None]
    lat: Mapped[float | None]
    datum: Mapped[str] = mapped_column(String(8), default="wgs84")
    created_at: Mapped[datetime]
