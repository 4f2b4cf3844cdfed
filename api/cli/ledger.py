"""flask --app app ledger: check the whole ledger, sign a checkpoint."""

import json

import click
from flask.cli import AppGroup

from api.context import kit
from grid.core import clock
from grid.flows.checkpoint import make_checkpoint
from grid.flows.fsck import fsck
from grid.flows.unit import transaction

command = AppGroup("ledger", help="The append-only ledger.")


@command.command("fsck")
@click.option("--no-blobs", is_flag=True, help="leave the stored files out")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object")
def check(no_blobs: bool, as_json: bool) -> None:
    """Recompute leaves, nodes, root, reports, receipts and files; exit 1 when anything does not fit."""
    with transaction():
        report = fsck(kit(), clock.now(), blobs=not no_blobs)
    if as_json:
        found = [[f.kind, f.key, f.text] for f in report.findings]
        facts = {"root": report.root, "leaves": report.leaves, "rows": report.rows, "files": report.files}
        click.echo(json.dumps(facts | {"findings": found}, ensure_ascii=False))
    else:
        for finding in report.findings:
            click.echo(f"{finding.kind} {finding.key}: {finding.text}")
        click.echo(f"leaves {report.leaves}, rows {report.rows}, files {report.files}, root {report.root}")
        click.echo("clean" if report.clean else f"{len(report.findings)} findings")
    if not report.clean:
        raise SystemExit(1)


@command.command("checkpoint")
def checkpoint() -> None:
    """Sign size and root when the ledger has grown."""
    with transaction():
        made = make_checkpoint(kit(), clock.now())
    click.echo(made.note if made else "nothing new")
