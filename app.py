"""The composition root: settings, database, tools, routes and commands meet here and nowhere else."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import auth, compress, headers, logs, problems, routes, shell
from grid.core.settings import Settings, load_settings
from grid.models import db
from grid.tools.kit import Kit

MAX_BODY = 2 * 1024 * 1024


def create_server() -> Flask:
    """Build the application for a worker of the server."""
    return create_app(commands=False)


def create_app(settings: Settings | None = None, *, commands: bool = True) -> Flask:
    """Build the application; the same for server, commands and tests, but the server needs no commands."""
    conf = settings or told_settings()
    app = Flask("grid", static_folder=None)
    app.config.update(
        GRID=conf,
        MAX_CONTENT_LENGTH=MAX_BODY,
        SQLALCHEMY_DATABASE_URI=conf.effective_database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(conf.effective_database_url),
    )
    conf.data_dir.mkdir(parents=True, exist_ok=True)
    app.extensions["grid_kit"] = Kit(conf)
    logs.configure(conf.log_level)
    db.init_app(app)
    problems.register(app)
    auth.register(app)
    routes.register(app)
    headers.register(app)
    compress.register(app)
    shell.register(app)
    if commands:
        _add_commands(app)
    if conf.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # the documented way to wrap
            app.wsgi_app, x_for=conf.trusted_proxies, x_proto=conf.trusted_proxies, x_host=conf.trusted_proxies
        )
    return app


def _add_commands(app: Flask) -> None:
    # Migrations, scheduler and notifications are a tenth of a worker's memory: only who commands loads them.
    from flask_migrate import Migrate

    from api import cli

    Migrate(app, db, directory="migrations", compare_type=True, render_as_batch=True)
    cli.register(app)


def told_settings() -> Settings:
    """Read the settings; what is wrong with them is told in one line, not in a traceback."""
    try:
        return load_settings()
    except ValueError as error:
        raise SystemExit(f"设置有误，请核对 grid.toml 和 GRID_* 环境变量 / wrong setting: {error}") from None


def engine_options(url: str) -> dict[str, object]:
    """Return pool options: small, because one process serves one or two requests at a time."""
    if url.startswith("sqlite"):
        return {"connect_args": {"check_same_thread": False, "timeout": 10}}
    return {"pool_size": 4, "max_overflow": 4, "pool_recycle": 1800, "pool_pre_ping": False}
