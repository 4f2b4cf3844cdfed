"""Add a party or an address to a case: numbers checked, personal data sealed, masked forms beside it."""

from datetime import date, datetime
from typing import Any

import orjson

from grid.core.clock import local_date
from grid.core.words.service import AddresseeKind
from grid.flows.faults import Faults
from grid.models import Address, Party
from grid.rules import identity
from grid.rules.masking import mask_address
from grid.tools.vault import Vault

ADULT = 18


def build_party(case_id: str, data: dict[str, Any], path: str, faults: Faults, vault: Vault, now: datetime) -> Party:
    """Return a sealed party of the case; what does not fit is noted in faults under `path`."""
    natural = data["kind"] == AddresseeKind.NATURAL
    name = identity.normalise_name(data["name"]) if natural else identity.normalise_text(data["name"])
    if len(name) < 2:
        faults.add(f"{path}name", "请填写姓名或名称，至少两个字")
    number = _number(data.get("id_no", ""), natural=natural, today=local_date(now), path=path, faults=faults)
    phone = _phone(data.get("phone", ""), path, faults)
    party_id = data["id"]

    def seal(column: str, text: str) -> str | None:
        return vault.seal(text, f"party.{column}:{party_id}") if text else None

    return Party(
        id=party_id,
        case_id=case_id,
        role=data["role"],
        kind=data["kind"],
        name_sealed=seal("name", name or "-"),
        name_index=vault.blind_index(name, "party.name"),
        name_masked=identity.mask_party_name(name, natural=natural)[:80],
        id_no_sealed=seal("id_no", number),
        id_no_index=vault.blind_index(number, "party.id_no") if number else None,
        id_no_masked=identity.mask_id(number) if number else "",
        phone_sealed=seal("phone", phone),
        phone_masked=identity.mask_phone(phone) if phone else "",
        legal_rep_sealed=seal("legal_rep", identity.normalise_name(data.get("legal_rep") or "")),
        agents_sealed=seal("agents", _agents(data.get("agents") or [])),
        minor=bool(data.get("minor")) or is_minor(number, natural=natural, today=local_date(now)),
        incapacitated=bool(data.get("incapacitated")),
        facts={},
        created_at=now,
    )


def is_minor(number: str, *, natural: bool, today: date) -> bool:
    """Tell whether an identity number that passed its check says that its owner is under 18."""
    if not natural or not number:
        return False
    born = number[6:14] if len(number) == 18 else f"19{number[6:12]}"
    return int(f"{today:%Y%m%d}") - int(born) < ADULT * 10_000


def _number(text: str, *, natural: bool, today: date, path: str, faults: Faults) -> str:
    if not text.strip():
        return ""
    checked = (
        faults.check(f"{path}id_no", identity.check_id_no, text, today)
        if natural
        else faults.check(f"{path}id_no", identity.check_credit_code, text)
    )
    return checked.value if checked else ""


def _phone(text: str, path: str, faults: Faults) -> str:
    if not text.strip():
        return ""
    checked = faults.check(f"{path}phone", identity.check_phone, text)
    return checked.value if checked else ""


def _agents(agents: list[dict[str, Any]]) -> str:
    if not agents:
        return ""
    return orjson.dumps(
        [{"name": identity.normalise_name(a["name"]), "relation": a.get("relation", "")} for a in agents]
    ).decode()


def build_address(
    party_id: str, data: dict[str, Any], path: str, faults: Faults, vault: Vault, now: datetime
) -> Address:
    """Return a sealed address of the party; the street is filled in when the task is routed."""
    text = identity.normalise_text(data["text"])
    community = identity.normalise_text(data.get("community") or "")
    if len(text) < 4:
        faults.add(f"{path}text", "地址太短，请写到门牌号")
    confirmed_on = data.get("confirmed_on")
    if confirmed_on is not None and confirmed_on > local_date(now):
        faults.add(f"{path}confirmed_on", "确认日期不能晚于今天")
    if (data.get("lng") is None) != (data.get("lat") is None):
        faults.add(f"{path}lng", "经度和纬度要一起填写")
    return Address(
        id=data["id"],
        party_id=party_id,
        text_sealed=vault.seal(text, f"address.text:{data['id']}"),
        text_masked=masked_address(text, community),
        street="",
        community=community,
        source=data["source"],
        confirmed_on=confirmed_on,
        lng=data.get("lng"),
        lat=data.get("lat"),
        datum=data.get("datum") or "wgs84",
        created_at=now,
    )


def masked_address(text: str, community: str = "", street: str = "") -> str:
    """Return an address down to its community, as lists show it."""
    if community:
        return f"{street}{community}***"[:200]
    return mask_address(text)[:200]
