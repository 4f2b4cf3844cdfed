"""A court's settings as they hold today: its own newest value, else the default."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from grid.core.words.deadlines import Step
from grid.kinds.delivery.diligence import DiligenceRule
from grid.models import CourtSetting, Person, db
from grid.rules import court_settings as rules
from grid.rules.sla import Sla


def court_values(court_id: str, today: date) -> dict[str, Any]:
    """Return every setting's value for a court."""
    values = {setting.name: setting.default for setting in rules.SETTINGS}
    rows = db.session.execute(
        select(CourtSetting.name, CourtSetting.value)
        .where(CourtSetting.court_id == court_id, CourtSetting.effective_on <= today)
        .order_by(CourtSetting.version)
    )
    values.update({row.name: row.value["value"] for row in rows if row.name in values})
    return values


def enabled_modes(values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return which ways of assisting the court has enabled per document type."""
    return dict(values["modes"])


def sla_of(values: Mapping[str, Any]) -> dict[Step, Sla]:
    """Return the court's deadlines."""
    return rules.sla_table(values)


def diligence_rule(values: Mapping[str, Any]) -> DiligenceRule:
    """Return how hard a worker must try before reporting 未送达."""
    return DiligenceRule(
        visits=values["diligence_visits"],
        days=values["diligence_days"],
        off_hours=values["diligence_off_hours"],
        evening_from=rules.evening_from(values),
    )


def setting_rows(court_id: str, today: date) -> list[dict[str, Any]]:
    """Return the settings page: value, default, bounds, version and who set it."""
    found = {
        row.name: row
        for row in db.session.execute(
            select(
                CourtSetting.name, CourtSetting.version, CourtSetting.set_at, Person.name.label("set_by")
            )
            .outerjoin(Person, Person.id == CourtSetting.set_by)
            .where(CourtSetting.court_id == court_id)
            .order_by(CourtSetting.version)
        )
    }  # fmt: skip
    values = court_values(court_id, today)
    return [_row(setting, values[setting.name], found.get(setting.name)) for setting in rules.SETTINGS]


def _row(setting: rules.Setting, value: Any, row: Any) -> dict[str, Any]:
    bounds = {"min": setting.low, "max": setting.high} if setting.kind == "int" else {}
    return {
        "name": setting.name,
        "label": setting.label,
        "group": setting.group,
        "kind": setting.kind,
        "value": value,
        "default": setting.default,
        "note": setting.note,
        "choices": [{"code": code, "label": label} for code, label in setting.choices],
        "unit": setting.unit,
        "version": row.version if row else 0,
        "updated_at": row.set_at if row else None,
        "updated_by": row.set_by if row else None,
        **bounds,
    }
