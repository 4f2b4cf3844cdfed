"""flask --app app kinds: begin a new kind of task."""

import re
from pathlib import Path

import click
from flask.cli import AppGroup

from grid.kinds import BY_CODE

BLANK = Path(__file__).parents[2] / "grid" / "kinds" / "blank"
command = AppGroup("kinds", help="The kinds of task.")


@command.command("list")
def list_kinds() -> None:
    """Print code, mark and name of every kind that can be sent out."""
    for kind in BY_CODE.values():
        click.echo(f"{kind.code:<16}{kind.mark} {kind.label}")


@command.command("new")
@click.argument("code")
@click.argument("label")
@click.argument("mark")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default=BLANK.parent, help="the kinds' folder"
)
@click.option("--dry-run", is_flag=True, help="only say what would be written")
def new(code: str, label: str, mark: str, into: Path, dry_run: bool) -> None:
    """Write the folder of a new kind: CODE like site_check, its Chinese LABEL, the MARK its numbers begin with."""
    if not re.fullmatch(r"[a-z][a-z_]{2,15}", code) or code in BY_CODE or (into / code).exists():
        raise click.UsageError("CODE: 3 to 16 lower-case letters and _, and not yet in use")
    if len(mark) != 1 or mark in {kind.mark for kind in BY_CODE.values()} or not label.strip():
        raise click.UsageError("MARK: one character no other kind has; LABEL: a name")
    words = {"样例任务": label.strip(), '"样"': f'"{mark}"', "Blank": code.title().replace("_", ""), "blank": code}
    for source in sorted(path for path in BLANK.iterdir() if path.is_file()):
        click.echo(into / code / source.name)
        if dry_run:
            continue
        text = source.read_text("utf-8")
        for old, fresh in words.items():
            text = text.replace(old, fresh)
        (into / code).mkdir(exist_ok=True)
        (into / code / source.name).write_text(text, "utf-8")
    constant = code.upper()
    click.echo(
        f"\ngrid/kinds/__init__.py:\n  from grid.kinds.{code} import KIND as {constant}\n  KINDS = (…, {constant})"
    )
