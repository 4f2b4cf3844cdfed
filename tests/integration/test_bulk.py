"""Rows written many at a time read back as rows written one by one: backslashes, tabs, breaks and empty cells too."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Column, DateTime, Integer, LargeBinary, MetaData, String, Table, select

from grid.flows.bulk import FEW, insert_rows
from grid.models import db

NASTY = [
    "", "张三", "a\\b", "a\\\\b", "\\N", "\\\\N", "C:\\new\\t", "\t", "一\n二", "一\r\n二", "\\.",
    "'\"", "\\\\", "\\x41\\x42",
]  # fmt: skip


def rows() -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for place in range(FEW + 3):
        text = NASTY[place % len(NASTY)]
        raw = None if place % 3 == 1 else bytes([place, 92, 9, 10])
        data = {"text": text if place % 2 else ""}
        found.append((place, text, raw, data, datetime(2026, 11, 24, 1, 2, 3, place, UTC)))
    return found


def test_nasty_cells_read_back_as_they_were(app) -> None:
    table = Table(
        "bulk_probe", MetaData(), Column("id", Integer, primary_key=True), Column("text", String),
        Column("raw", LargeBinary), Column("data", JSON), Column("at", DateTime(timezone=True)),
        Column("mark", String, default="预设\\n"),
    )  # fmt: skip
    written = rows()
    with app.app_context():
        connection = db.session.connection()
        table.create(connection)
        insert_rows(connection, table, ("id", "text", "raw", "data", "at"), written)
        found = connection.execute(select(table).order_by(table.c.id)).all()
        db.session.rollback()
    assert [(row.id, row.text, row.raw, row.data) for row in found] == [row[:4] for row in written]
    assert [row.at.replace(tzinfo=UTC) for row in found] == [row[4] for row in written]
    assert {row.mark for row in found} == {"预设\\n"}
