"""flask --app app schedule: jobs, reminders, nightly checks, clearing away."""

import os
import signal
import threading

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from api.auth import settings
from api.scheduler import serve
from api.singleton import scheduler_lock
from grid.models import db


@click.command("schedule")
@click.option("--with-parent", is_flag=True, help="stop when the process that started this one is gone")
@with_appcontext
def command(with_parent: bool) -> None:
    """Run the scheduler until interrupted; a second one waits until the first is gone."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # threads need the app itself
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    parent = os.getppid()
    lock = scheduler_lock(db.engine, settings().data_dir)
    serve(app, lock, stop, (lambda: os.getppid() == parent) if with_parent else (lambda: True))
