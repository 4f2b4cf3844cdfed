"""One TOML file plus GRID_* environment overrides, read once into a frozen dataclass."""

import os
import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any


class UnknownSetting(ValueError):
    """A setting name nobody reads: most likely a spelling mistake."""


class UnsafeSetting(ValueError):
    """A value that must not be used outside demo mode."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator may set; docs/operate.md explains each."""

    mode: str = "demo"
    data_dir: Path = Path("var")
    database_url: str = ""
    public_origin: str = "http://localhost:8000"
    listen_host: str = "0.0.0.0"  # noqa: S104 - phones on the local network must reach the demo; docs/operate.md
    listen_port: int = 8000
    server_workers: int = 2
    server_threads: int = 1
    trusted_proxies: int = 0
    worker_session_days: int = 30
    desk_session_hours: int = 12
    sign_in_failures: int = 5
    sign_in_lock_minutes: int = 15
    sign_in_per_minute: int = 20
    verify_per_minute: int = 120
    sync_per_minute: int = 600
    argon2_memory_kib: int = 19456
    argon2_time_cost: int = 2
    upload_max_mib: int = 20
    upload_quota_mib_per_day: int = 500
    upload_expiry_days: int = 7
    metrics_token: str = ""
    notify_urls: str = ""
    font_path: str = ""
    log_level: str = "INFO"

    @property
    def is_demo(self) -> bool:
        """Tell whether demo accounts may exist."""
        return self.mode == "demo"

    @property
    def effective_database_url(self) -> str:
        """Return the database URL, the embedded SQLite file when none is set."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'grid.sqlite3').resolve()}"


def load_settings(path: Path | None = None, environ: dict[str, str] | None = None) -> Settings:
    """Read settings from a TOML file and GRID_* variables; raises UnknownSetting, UnsafeSetting, ValueError."""
    environ = dict(os.environ) if environ is None else environ
    path = path or Path(environ.get("GRID_CONFIG", "grid.toml"))
    values: dict[str, Any] = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    for name, text in environ.items():
        if name.startswith("GRID_") and name != "GRID_CONFIG":
            values[name.removeprefix("GRID_").lower()] = text
    known = {field.name: field.type for field in fields(Settings)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise UnknownSetting(f"unknown settings: {', '.join(unknown)}")
    defaults = Settings()
    typed = {name: type(getattr(defaults, name))(value) for name, value in values.items()}
    settings = replace(defaults, **typed)
    # From here on a path means the same to everybody: whoever sends a file looks from another folder than we do.
    return check_safe(replace(settings, data_dir=settings.data_dir.absolute()))


def check_safe(settings: Settings) -> Settings:
    """Return settings that may be run; refuse demo shortcuts in production."""
    if settings.mode not in {"demo", "production"}:
        raise UnsafeSetting("mode must be demo or production")
    if not settings.is_demo and not settings.public_origin.startswith("https://"):
        raise UnsafeSetting("public_origin must be https:// in production")
    if not settings.is_demo and settings.argon2_memory_kib < 19456:
        raise UnsafeSetting("argon2_memory_kib must be at least 19456 in production")
    return settings
