"""The built front end is served with its headers, and nothing of its sources is."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api import shell
from api.headers import PAGE_HEADERS
from app import create_app
from grid.core.settings import Settings

PAGES = ("/", "/tasks/3", "/desk", "/desk/cases", "/V", "/index.html", "/desk.html", "/verify.html")


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give a built front end of the least files, where the app looks for one."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    for name in ("index.html", "desk.html", "verify.html"):
        (dist / name).write_text(f"<!doctype html><title>{name}</title>", "utf-8")
    (dist / "sw.js").write_text("// worker", "utf-8")
    (dist / "manifest.webmanifest").write_text("{}", "utf-8")
    (dist / "assets" / "index-Ab12Cd34.js").write_text("// shell", "utf-8")
    (dist / "assets" / "zxing-Ab12Cd34.wasm").write_bytes(b"\0asm")
    monkeypatch.setattr(shell, "DIST", dist)
    return dist


@pytest.fixture
def app(built: Path, settings: Settings) -> Flask:
    """Give an app that found the front end at its start."""
    return create_app(settings)


def _get(app: Flask, path: str) -> TestResponse:
    # Buffered: the file behind the answer is read and closed at once.
    return app.test_client().get(path, buffered=True)


@pytest.mark.only_database("sqlite", reason="no row is read")
class TestShell:
    """One browser's first visit."""

    @pytest.mark.parametrize("path", PAGES)
    def test_every_page_carries_the_whole_policy(self, app: Flask, path: str) -> None:
        answer = _get(app, path)
        assert answer.status_code == 200
        assert answer.mimetype == "text/html"
        # The worker keeps the static file with its headers: an offline page must be as fenced as an online one.
        assert {name: answer.headers.get(name) for name in PAGE_HEADERS} == PAGE_HEADERS
        assert answer.headers["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize("path", ["/sw.js", "/manifest.webmanifest"])
    def test_what_decides_on_updates_is_asked_for_each_time(self, app: Flask, path: str) -> None:
        assert _get(app, path).headers["Cache-Control"] == "no-cache"

    def test_a_file_with_its_hash_in_its_name_is_kept_for_ever(self, app: Flask) -> None:
        answer = _get(app, "/assets/index-Ab12Cd34.js")
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize(
        ("path", "kind"),
        [("/manifest.webmanifest", "application/manifest+json"), ("/assets/zxing-Ab12Cd34.wasm", "application/wasm")],
    )
    def test_kinds_that_browsers_insist_on(self, app: Flask, path: str, kind: str) -> None:
        assert _get(app, path).mimetype == kind

    @pytest.mark.parametrize(
        "path",
        [
            "/static/pwa/package.json",
            "/static/pwa/src/phone/main.ts",
            "/static/pwa/node_modules/vue/package.json",
            "/static/pwa/.npmrc",
            "/src/phone/main.ts",
            "/../package.json",
            "/assets/..%2f..%2fpackage.json",
            "/pyproject.toml",
        ],
    )
    def test_sources_are_not_served(self, app: Flask, path: str) -> None:
        answer = _get(app, path)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
