"""The change feed of phones: numbered under the ledger's lock, so commit order is number order."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base, Id


class Feed(Base):
    """Something one person's phone should fetch again."""

    __tablename__ = "feed"
    __table_args__ = (Index("ix_feed_person_id_seq", "person_id", "seq"),)

    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(12))
    object_id: Mapped[str] = mapped_column(Id)
    at: Mapped[datetime]
