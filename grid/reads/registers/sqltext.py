"""Instants and days as text, written by the database: nothing is converted row by row in Python."""

from typing import Any

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class moment_text(FunctionElement[str]):  # noqa: N801 - reads like the SQL function it is
    """An instant as 2026-11-24 10:30 in Shanghai; '' when there is none."""

    type = String()
    inherit_cache = True
    name = "moment_text"


class day_text(FunctionElement[str]):  # noqa: N801 - reads like the SQL function it is
    """A local date as 2026-11-24; '' when there is none."""

    type = String()
    inherit_cache = True
    name = "day_text"


@compiles(moment_text, "postgresql")
def _moment_postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"coalesce(to_char({inner} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI'), '')"


@compiles(moment_text)
def _moment_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    # Stored as UTC text; Shanghai has kept eight hours, without summer time, since 1991.
    return f"coalesce(strftime('%Y-%m-%d %H:%M', {compiler.process(element.clauses, **options)}, '+8 hours'), '')"


@compiles(day_text, "postgresql")
def _day_postgresql(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce(to_char({compiler.process(element.clauses, **options)}, 'YYYY-MM-DD'), '')"


@compiles(day_text)
def _day_sqlite(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    return f"coalesce({compiler.process(element.clauses, **options)}, '')"
