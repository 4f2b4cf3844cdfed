"""flask --app app serve: the real server and the scheduler, with addresses for people."""

import os
import signal
import socket
import subprocess
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from api.auth import settings
from api.cli.demo_accounts import print_accounts
from api.cli.setup import prepare
from grid.core.settings import Settings
from grid.models import db
from grid.tools.qr import qr_terminal

STOP_SECONDS = 10


def lan_address() -> str:
    """Return this machine's address as others on the network see it; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def print_addresses() -> None:
    """Print where phone, desk and verification are, and the phone's address as a QR."""
    conf = settings()
    origin = conf.public_origin
    phone = f"http://{lan_address()}:{conf.listen_port}/" if conf.is_demo else f"{origin}/"
    click.echo(f"\n网格协执已启动 / Grid Assist is running\n  手机端 phone   {origin}/\n  办公端 desk    {origin}/desk")
    click.echo(f"  核验页 verify  {origin}/V\n  手机扫码（同一网络） phone on this network: {phone}")
    click.echo(qr_terminal(phone))
    if phone.startswith("http://"):
        click.echo("  说明：浏览器只在 https 或 localhost 下允许离线和拍照，见 docs/operate.md「连接真手机」")


def server_command(conf: Settings, workers: int | None = None) -> list[str]:
    """Return the command line of the real server, also for tests and benchmarks."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "app:create_server"),
        *("--host", conf.listen_host, "--port", str(conf.listen_port)),
        *("--workers", str(workers or conf.server_workers), "--blocking-threads", str(conf.server_threads)),
        *("--no-ws", "--log-level", "warning", "--respawn-failed-workers", "--backpressure", "64"),
        # A worker that is still starting loses the signal to stop; without a limit the server would wait for ever.
        *("--workers-kill-timeout", str(STOP_SECONDS)),
    ]


@click.command("serve")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="server processes")
@click.option("--no-scheduler", is_flag=True, help="do not start the scheduler process")
@click.option("--setup", "first", is_flag=True, help="first do what setup does, in the same process")
@with_appcontext
def command(workers: int | None, no_scheduler: bool, first: bool) -> None:
    """Run the server and the scheduler until interrupted."""
    if first:
        prepare()
        db.session.remove()
    conf = settings()
    scheduler = None
    if not no_scheduler:
        scheduler = subprocess.Popen([sys.executable, "-m", "flask", "--app", "app", "schedule", "--with-parent"])
    server = subprocess.Popen(server_command(conf, workers))  # noqa: S603 - our own command

    def stop(_signal: int, _frame: object) -> None:
        for process in (server, scheduler):
            if process is not None and process.poll() is None:
                process.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print_addresses()
    print_accounts(current_app)
    code = server.wait()
    stop(0, None)
    os._exit(0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else 1)
