"""Give out numbers that people read, without gaps between those who ask at once."""

from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from grid.models import Counter, db


def next_number(name: str, count: int = 1) -> int:
    """Reserve `count` numbers under a name and return the first; others who ask wait for this transaction's end."""
    postgresql = db.session.get_bind().dialect.name == "postgresql"
    insert = insert_postgresql if postgresql else insert_sqlite
    statement = insert(Counter).values(name=name, value=count)
    last = db.session.execute(
        statement.on_conflict_do_update(index_elements=[Counter.name], set_={"value": Counter.value + count}).returning(
            Counter.value
        )
    ).scalar_one()
    return int(last) - count + 1


def task_numbers(court_id: str, year: int, count: int = 1, mark: str = "送") -> list[str]:
    """Reserve task numbers of a court and year, like 送2026-000123; mark is the kind's character."""
    first = next_number(f"task:{court_id}:{year}", count)
    return [f"{mark}{year}-{number:06d}" for number in range(first, first + count)]
