"""flask --app app jobs: carry out waiting jobs by hand."""

import time

import click
from flask.cli import with_appcontext

from api.context import kit
from api.work import work_off


@click.group("jobs")
def command() -> None:
    """Long work off the request path: prints, exports."""


@command.command("work")
@click.option("--once", is_flag=True, help="carry out what waits now, then stop")
@with_appcontext
def work(once: bool) -> None:
    """Carry out waiting jobs; without --once look again every second (the scheduler does this already)."""
    while True:
        count = work_off(kit())
        if count or once:
            click.echo(f"{count} jobs carried out")
        if once:
            return
        time.sleep(1)
