"""flask --app app setup: bring a fresh or existing installation up to date; keeps all data."""

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from api.auth import settings
from api.cli.demo_accounts import make_demo
from api.context import kit
from grid.core import clock
from grid.flows.demo_tasks import AGE
from grid.flows.unit import transaction
from grid.models import Unit, db
from grid.tools.vault import Vault


@click.command("setup")
@with_appcontext
def command() -> None:
    """Create or migrate the database, make signing keys, and in demo mode an invented district."""
    prepare()


def prepare() -> None:
    """Do what setup does; nothing is left to do the second time."""
    upgrade()
    now = clock.now()
    empty = db.session.scalar(db.select(Unit.id).limit(1)) is None
    # Keys are made only beside an empty database: beside old data a new key would hide that the old one is lost.
    Vault.open(kit().vault_directory, create=empty)
    demo = empty and settings().is_demo
    kit().keys.ensure(now - AGE if demo else now)
    if demo:
        with transaction():
            make_demo(kit(), now)
        click.echo("demo district created")
    click.echo("setup done")
