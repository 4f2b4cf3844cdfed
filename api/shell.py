"""Serves the built front end: phone at /, desk at /desk, verification at /V; never the sources."""

import re
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, Response, send_from_directory
from whitenoise import WhiteNoise

from api.auth import permit
from api.headers import PAGE_HEADERS
from grid.core.errors import NotFound, TryLater
from grid.rules.permissions import Action

DIST = Path(__file__).resolve().parent.parent / "static" / "pwa" / "dist"
IMMUTABLE = re.compile(r"^/assets/.+-[A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
NO_CACHE = ("sw.js", "v-sw.js", ".html", ".webmanifest")


def _static_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    if path.endswith(NO_CACHE):
        headers["Cache-Control"] = "no-cache"
    if path.endswith(".html"):
        # WhiteNoise hands over wsgiref's Headers, which has no update().
        for name, value in PAGE_HEADERS.items():
            headers[name] = value
    if path.endswith(("sw.js", "v-sw.js")):
        headers["Content-Security-Policy"] = PAGE_HEADERS["Content-Security-Policy"]


def _page(name: str) -> Response:
    if not (DIST / name).is_file():
        raise TryLater("the front end is not built")
    response = send_from_directory(DIST, name, mimetype="text/html", max_age=0)
    response.headers["Cache-Control"] = "no-cache"
    return response


def register(app: Flask) -> None:
    """Serve pages by route and built files through WhiteNoise."""

    @app.get("/")
    @app.get("/<path:path>")
    @permit(Action.PUBLIC_REFERENCE)
    def phone(path: str = "") -> Response:
        """Serve the phone's page for its own routes only."""
        first = path.split("/", 1)[0]
        if first not in {"", "tasks", "task", "scan", "messages", "me", "outbox", "sign-in", "password", "visit"}:
            raise NotFound
        return _page("index.html")

    @app.get("/desk")
    @app.get("/desk/<path:path>")
    @permit(Action.PUBLIC_REFERENCE)
    def desk(path: str = "") -> Response:
        """Serve the desk's page."""
        return _page("desk.html")

    @app.get("/V")
    @app.get("/v")
    @app.get("/P")
    @permit(Action.PUBLIC_VERIFY)
    def verify() -> Response:
        """Serve the verification page; /P is where a packet's QR leads a stranger."""
        return _page("verify.html")

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap
        app.wsgi_app,
        root=DIST if DIST.is_dir() else None,
        prefix="/",
        mimetypes={".webmanifest": "application/manifest+json", ".wasm": "application/wasm"},
        immutable_file_test=lambda path, url: bool(IMMUTABLE.match(url)),
        add_headers_function=_static_headers,
    )
