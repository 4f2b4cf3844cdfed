"""What this machine can do at most with this stack: the smallest routes one can write, measured in the same run."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Any, Final

from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from marshmallow import Schema, fields
from sqlalchemy import String, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.load.client import Messages, Source
from tests.load.client import request as message
from tests.load.harness import Bench
from tests.load.rows import Row

ROWS: Final = 50_000
PHOTO_BYTES: Final = 340_000
DATABASE: Final = "denominators"


class _Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=_Base)


class Plain(db.Model):  # type: ignore[name-defined,misc]  # Flask-SQLAlchemy makes Model at run time
    """A row as small as a task's key facts."""

    id: Mapped[int] = mapped_column(primary_key=True)
    no: Mapped[str] = mapped_column(String(40), index=True)
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(200))


class PlainOut(Schema):
    """The same, on the wire."""

    id = fields.Int()
    no = fields.Str()
    state = fields.Str()
    note = fields.Str()


def create_app() -> Flask:
    """Build the app with the four routes; database and folder come from the environment."""
    app = Flask("denominators", static_folder=None)
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DENOMINATORS_DATABASE"]
    folder = Path(os.environ["DENOMINATORS_FOLDER"])
    db.init_app(app)
    schema = PlainOut()

    @app.get("/healthz")
    @app.get("/json")
    def plain() -> dict[str, Any]:
        return {"state": "ok", "count": 3}

    @app.get("/read/<int:number>")
    def read(number: int) -> Any:
        return schema.dump(db.session.get(Plain, number))

    @app.post("/write")
    def write() -> dict[str, Any]:
        row = Plain(no=secrets.token_hex(8), state="new", note="a note of a usual length")
        db.session.add(row)
        db.session.commit()
        return {"id": row.id}

    @app.put("/photo")
    def photo() -> dict[str, Any]:
        body = request.get_data()
        name = hashlib.sha256(body).hexdigest()
        _write_durably(folder, name, body)
        db.session.add(Plain(no=name[:40], state="photo", note=name))
        db.session.commit()
        return {"sha256": name}

    return app


def _write_durably(folder: Path, name: str, body: bytes) -> None:
    temporary = folder / f"{name}.{secrets.token_hex(4)}"
    with temporary.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    temporary.rename(folder / name)
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _fill(url: str) -> None:
    os.environ["DENOMINATORS_DATABASE"] = url
    os.environ["DENOMINATORS_FOLDER"] = "/"
    with create_app().app_context():
        db.create_all()
        rows = [{"no": f"T{number:09}", "state": "new", "note": "a note of a usual length"} for number in range(ROWS)]
        db.session.execute(insert(Plain), rows)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


def _reads(_client: int) -> Messages:
    while True:
        yield message("GET", f"/read/{1 + secrets.randbelow(ROWS)}")


def _photos(_client: int) -> Messages:
    base = secrets.token_bytes(PHOTO_BYTES)
    while True:
        yield message("PUT", "/photo", secrets.token_bytes(16) + base[16:])


def _same(text: bytes) -> Source:
    def source(_client: int) -> Messages:
        while True:
            yield text

    return source


def measure(bench: Bench) -> list[Row]:
    """Measure the four denominators at 8 clients."""
    bench.cluster.create(DATABASE)
    url = bench.cluster.url(DATABASE)
    _fill(url)
    photos = bench.folder / "photos"
    photos.mkdir()
    env = {"DENOMINATORS_DATABASE": url, "DENOMINATORS_FOLDER": str(photos)}
    sources: dict[str, Source] = {
        "Flask answers JSON, no I/O": _same(message("GET", "/json")),
        "ORM reads one row, marshmallow writes it": _reads,
        "ORM inserts one row and commits": _same(message("POST", "/write")),
        f"photo of {PHOTO_BYTES // 1000} KB: SHA-256, fsync of file and folder, one row": _photos,
    }
    with bench.server("tests.load.denominators:create_app", env) as server:
        rows = [Row(name, bench.median(server, source).figures()) for name, source in sources.items()]
    bench.cluster.drop(DATABASE)
    return rows
