"""Numbers that people read: task numbers per court and year."""

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from grid.models.base import Base


class Counter(Base):
    """The last number given out under a name."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int] = mapped_column(BigInteger)
