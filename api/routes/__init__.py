"""One resource per file; every module of this folder is mounted."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask

from api.auth import action_of
from api.wire import Documented

RESOURCES = (
    "cases",
    "devices",
    "evidence",
    "exports",
    "health",
    "imports",
    "jobs",
    "ledger",
    "messages",
    "metrics",
    "people",
    "prints",
    "receipts",
    "reference",
    "registers",
    "reviews",
    "session",
    "settings",
    "sync",
    "task_verbs",
    "tasks",
    "units",
    "uploads",
    "verify",
)


def register(app: Flask) -> None:
    """Mount every resource; a route without a declared permission stops the start."""
    app.config.update(
        API_TITLE="网格协执", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=None, SPEC_PROCESSOR=None
    )
    documented = Documented(app)
    for module in sorted(iter_modules(__path__), key=lambda found: found.name):
        documented.register_blueprint(import_module(f"{__name__}.{module.name}").bp)
    for rule in app.url_map.iter_rules():
        if action_of(app.view_functions[rule.endpoint]) is None:
            raise RuntimeError(f"route {rule.rule} has no permission entry")
    app.extensions["grid_openapi"] = documented.spec
