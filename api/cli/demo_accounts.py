"""Make the demo district and print its accounts; nothing here runs outside demo mode."""

import json
from datetime import datetime
from pathlib import Path

import click
from flask import Flask

from grid.core.words.roles import ROLE_LABELS, Role
from grid.flows.demo import demo_password, make_district
from grid.flows.demo_tasks import AGE, make_tasks
from grid.tools.kit import Kit

FILE = "demo-accounts.json"


def make_demo(kit: Kit, now: datetime) -> None:
    """Create the demo district with its tasks; keep its accounts beside the data, readable by the owner only."""
    password = demo_password()
    accounts = make_district(kit, now - AGE, password)
    make_tasks(kit, now)
    path = kit.settings.data_dir / FILE
    path.touch(mode=0o600)
    path.write_text(json.dumps({"password": password, "accounts": accounts}, ensure_ascii=False), "utf-8")


def read_demo(data_dir: Path) -> dict[str, object] | None:
    """Return the demo accounts of this installation, or None."""
    path = data_dir / FILE
    return json.loads(path.read_text("utf-8")) if path.is_file() else None


def print_accounts(app: Flask) -> None:
    """Print one account per role with the demo password."""
    conf = app.config["GRID"]
    demo = read_demo(conf.data_dir) if conf.is_demo else None
    if demo is None:
        return
    click.echo(f"\n演示账号 / demo accounts （口令 password: {demo['password']}）")
    accounts = demo["accounts"]
    if isinstance(accounts, dict):
        for role, staff_no in accounts.items():
            click.echo(f"  {staff_no:<10} {ROLE_LABELS[Role(role)]}")
    click.echo("")
