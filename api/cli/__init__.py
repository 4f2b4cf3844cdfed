"""Command groups, one per file."""

from importlib import import_module

from flask import Flask

GROUPS = ("setup", "serve", "jobs", "schedule", "ledger", "kinds")


def register(app: Flask) -> None:
    """Add every command group to `flask --app app`."""
    for name in GROUPS:
        app.cli.add_command(import_module(f"api.cli.{name}").command)
