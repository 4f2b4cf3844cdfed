"""Set one of a court's settings: a new version with a reason, never an overwrite."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import NotFound
from grid.core.errors.settings import SettingChanged
from grid.core.ids import new_id
from grid.flows import ledger
from grid.models import CourtSetting, Unit, db
from grid.rules import permissions
from grid.rules.court_settings import BY_NAME, check_value
from grid.rules.permissions import Action, ObjectFacts


def set_value(
    actor: Actor | None, court_id: str, name: str, value: Any, now: datetime, *, reason: str = "",
    version: int | None = None,
) -> CourtSetting:  # fmt: skip
    """Store a new version that holds from today; raises NotFound, InvalidInput, SettingChanged."""
    if name not in BY_NAME:
        raise NotFound
    if actor is not None:
        permissions.check(actor, Action.SETTING_WRITE, ObjectFacts(court_id, ""))
    checked = check_value(name, value)
    # The court's own row is the lock: two people setting at once get two versions, one of them refused.
    db.session.execute(select(Unit.id).where(Unit.id == court_id).with_for_update())
    last = db.session.scalar(
        select(func.max(CourtSetting.version)).where(CourtSetting.court_id == court_id, CourtSetting.name == name)
    )
    if version is not None and version != (last or 0):
        raise SettingChanged(version=last or 0)
    setting = CourtSetting(
        id=new_id(),
        court_id=court_id,
        name=name,
        version=(last or 0) + 1,
        value={"value": checked},
        effective_on=local_date(now),
        set_by=actor.id if actor else None,
        set_at=now,
    )
    db.session.add(setting)
    ledger.record(
        "setting.changed", actor, now, object_id=setting.id, name=name, version=setting.version, reason=reason
    )
    return setting
