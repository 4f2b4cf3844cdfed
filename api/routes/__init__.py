"""One resource per file; register() is the list of them."""

from importlib import import_module

from flask import Flask

from api.auth import action_of
from api.wire import Documented

RESOURCES = (
    "cases",
    "evidence",
    "health",
    "jobs",
    "ledger",
    "metrics",
    "receipts",
    "reviews",
    "session",
    "settings",
    "sync",
    "task_verbs",
    "tasks",
    "uploads",
    "verify",
)


def register(app: Flask) -> None:
    """Mount every resource; a route without a declared permission stops the start."""
    app.config.update(
        API_TITLE="网格协执", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=None, SPEC_PROCESSOR=None
    )
    documented = Documented(app)
    for name in RESOURCES:
        documented.register_blueprint(import_module(f"api.routes.{name}").bp)
    for rule in app.url_map.iter_rules():
        if action_of(app.view_functions[rule.endpoint]) is None:
            raise RuntimeError(f"route {rule.rule} has no permission entry")
    app.extensions["grid_openapi"] = documented.spec
