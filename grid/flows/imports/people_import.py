"""Import people: accounts with initial passwords, which go into one file for whoever imported them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from grid.core.actor import Actor
from grid.core.words.roles import ROLE_LABELS, Role
from grid.flows.accounts import MAY_APPOINT, initial_password
from grid.flows.imports.checked import PREVIEW, Checked, Gatherer, RowFaults
from grid.flows.people import UNIT_KINDS, create_person
from grid.models import ImportBatch, Person, Unit, db
from grid.rules import identity, permissions
from grid.rules.permissions import Action, ObjectFacts
from grid.rules.text import normalise_text
from grid.tools.kit import Kit
from grid.tools.tabular import CellKind, Column, Table

COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", ("人员姓名", "网格员姓名"), required=True, max_length=60),
    Column("staff_no", "工号", ("编号", "网格员编号", "人员编号"), CellKind.CODE, required=True, max_length=40),
    Column("phone", "手机号", ("手机", "手机号码", "联系电话", "电话"), CellKind.CODE, required=True, max_length=40),
    Column("role", "岗位", ("角色", "职务"), CellKind.CHOICE, required=True,
           choices={label: str(role) for role, label in ROLE_LABELS.items()}),
    Column("unit", "单位", ("所属单位", "所属网格", "网格"), required=True,
           note="写名称或编码；有重名时写“镇街/社区/网格”", max_length=160),
    Column("employment", "用工性质", ("专职兼职", "类别"), CellKind.CHOICE, note="不填为专职",
           choices={"专职": "full_time", "兼职": "part_time"}),
    Column("is_committee_staff", "是否居村委会工作人员", ("居村委会工作人员", "是否社区工作人员"), CellKind.YESNO),
    Column("is_mediator", "是否人民调解员", ("人民调解员",), CellKind.YESNO),
)  # fmt: skip
SAMPLES = (
    {"name": "王演示", "staff_no": "WG990101", "phone": "13900000000", "role": "网格员", "unit": "样例社区第1网格",
     "employment": "专职", "is_committee_staff": "否"},
)  # fmt: skip
NOTES = (
    "工号或手机号已有账号的行不会重复建立。",
    "导入完成后可以下载一份初始密码表，请当面交给本人；首次登录必须修改。",
)


class _Office:
    """Units within reach by name, code and path; numbers in use."""

    def __init__(self, actor: Actor, kit: Kit) -> None:
        self.actor, self.kit = actor, kit
        rows = db.session.execute(
            select(Unit.id, Unit.kind, Unit.name, Unit.code, Unit.path).where(
                Unit.court_id == actor.court_id, Unit.closed_at.is_(None)
            )
        ).all()
        names = {row.id: row.name for row in rows}
        self.units: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if not permissions.can(actor, Action.PERSON_IMPORT, ObjectFacts(actor.court_id, row.path)):
                continue
            above = [names[part] for part in row.path.split("/") if part in names]
            words = {row.name, row.code, *("/".join(above[start:]) for start in range(len(above)))}
            for word in words:
                self.units.setdefault(word, []).append((row.id, row.kind))
        self.staff_nos = {row.lower() for row in db.session.scalars(select(Person.staff_no))}
        self.phones = set(db.session.scalars(select(Person.phone_index).where(Person.phone_index.is_not(None))))


def check_people(actor: Actor, table: Table, kit: Kit, now: datetime) -> Checked:
    """Sort the rows of a table of people; an account that is there already creates nothing."""
    office, gather = _Office(actor, kit), Gatherer(table, COLUMNS)
    for row in gather.rows:
        faults = gather.faults(row)
        prepared = _check(row.cells, office, faults)
        if faults.found:
            gather.bad(faults)
            continue
        index = kit.vault.blind_index(prepared["phone"], "person.phone")
        if prepared["staff_no"].lower() in office.staff_nos or index in office.phones:
            gather.known()
            continue
        office.staff_nos.add(prepared["staff_no"].lower())
        office.phones.add(index)
        prepared["n"] = row.number
        gather.good(prepared)
    gather.checked.preview = [
        {"行": row["n"], "姓名": row["name"], "工号": row["staff_no"], "手机号": identity.mask_phone(row["phone"]),
         "岗位": ROLE_LABELS[Role(row["role"])], "单位": row["unit_text"]}
        for row in gather.checked.rows[:PREVIEW]
    ]  # fmt: skip
    return gather.checked


def _check(cells: Any, office: _Office, faults: RowFaults) -> dict[str, Any]:
    name = identity.normalise_name(cells["name"] or "")
    if cells["name"] and len(name) < 2:
        faults.add("name", "姓名至少两个字")
    phone = faults.check("phone", identity.check_mobile, cells["phone"]) if cells["phone"] else None
    role = Role(cells["role"]) if cells["role"] else None
    if role is not None and role not in MAY_APPOINT.get(office.actor.role, frozenset()):
        faults.add("role", "您只能导入本单位网格人员；法院账号请联系系统管理员")
    word = normalise_text(cells["unit"] or "").replace(" / ", "/")
    found = office.units.get(word, [])
    fits = [unit_id for unit_id, kind in found if role is None or kind in UNIT_KINDS[role]]
    if word and len(fits) != 1:
        if len(found) > 1 and len(fits) > 1:
            faults.add("unit", f"有 {len(fits)} 个同名单位，请写“镇街/社区/网格”或编码")
        else:
            faults.add("unit", "这个岗位不能设在所写单位" if found else "没有这个单位，或不在您的管理范围")
    return {
        "name": name,
        "staff_no": cells["staff_no"] or "",
        "phone": phone.value if phone else "",
        "role": str(role or ""),
        "unit": fits[0] if fits else "",
        "unit_text": word,
        "employment": cells["employment"] or "full_time",
        "is_committee_staff": bool(cells["is_committee_staff"]),
        "is_mediator": bool(cells["is_mediator"]),
    }


def commit_people(
    actor: Actor, batch: ImportBatch, rows: Sequence[dict[str, Any]], kit: Kit, now: datetime
) -> list[dict[str, str]]:  # fmt: skip
    """Open these accounts; returns what goes into the file of initial passwords."""
    handed: list[dict[str, str]] = []
    for row in rows:
        index = kit.vault.blind_index(row["phone"], "person.phone")
        taken = (func.lower(Person.staff_no) == row["staff_no"].lower()) | (Person.phone_index == index)
        unit = db.session.get(Unit, row["unit"])
        if unit is None or db.session.scalar(select(Person.id).where(taken).limit(1)):
            continue
        password = initial_password()
        create_person(
            actor, now, unit=unit, role=Role(row["role"]), name=row["name"], staff_no=row["staff_no"],
            phone=row["phone"], password=password, vault=kit.vault, passwords=kit.passwords,
            employment=row["employment"], is_committee_staff=row["is_committee_staff"], is_mediator=row["is_mediator"],
        )  # fmt: skip
        handed.append({"name": row["name"], "staff_no": row["staff_no"], "unit": unit.name, "password": password})
    return handed
