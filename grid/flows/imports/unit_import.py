"""Import streets, communities and cells: parents by name or code, areas as GeoJSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
from sqlalchemy import select

from grid.core.actor import Actor
from grid.flows.imports.checked import PREVIEW, Checked, Gatherer, RowFaults
from grid.flows.units import CHILDREN, create_unit
from grid.models import ImportBatch, Unit, db
from grid.rules.text import normalise_text
from grid.tools.geo import read_polygon
from grid.tools.kit import Kit
from grid.tools.tabular import CellKind, Column, Table

KIND_LABELS = {
    "department": "部门",
    "district": "区综治中心",
    "street": "镇街",
    "community": "社区",
    "cell": "网格",
    "centre": "综治中心",
}
COLUMNS: tuple[Column, ...] = (
    Column("kind", "类型", ("单位类型", "级别"), CellKind.CHOICE, required=True,
           choices={label: kind for kind, label in KIND_LABELS.items()}
           | {"街道": "street", "镇": "street", "乡镇": "street", "村": "community", "村居": "community"}),
    Column("name", "名称", ("单位名称", "网格名称"), required=True, max_length=80),
    Column("code", "编码", ("代码", "单位编码", "网格编码"), CellKind.CODE, max_length=40,
           note="本院内不能重复；不填由系统编"),
    Column("parent", "上级单位", ("上级", "所属单位", "所属社区", "所属镇街"), required=True,
           note="写名称或编码；可以是本表前面的行", max_length=80),
    Column("phone", "联系电话", ("电话",), CellKind.CODE, max_length=40),
    Column("area", "边界", ("GeoJSON", "网格边界"), note="GeoJSON 面，WGS-84 经纬度；可以不填", max_length=200_000),
)  # fmt: skip
SAMPLES = (
    {"kind": "镇街", "name": "样例街道", "code": "34050399", "parent": "花山区综治中心"},
    {"kind": "社区", "name": "样例社区", "code": "3405039901", "parent": "样例街道"},
    {"kind": "网格", "name": "样例社区第1网格", "code": "340503990101", "parent": "样例社区"},
)
NOTES = (
    "先写上级，再写下级。",
    "没有边界的网格按社区名称分派任务。",
    "编码相同，或同一上级下名称相同的，视为已有，不会重复建立。",
)


class _Tree:
    """The court's units and those of the rows above, by name and by code."""

    def __init__(self, court_id: str) -> None:
        self.by_name: dict[str, list[tuple[str, str]]] = {}
        self.codes: set[str] = set()
        self.children: set[tuple[str, str]] = set()
        rows = db.session.execute(
            select(Unit.id, Unit.kind, Unit.name, Unit.code, Unit.parent_id).where(
                Unit.court_id == court_id, Unit.closed_at.is_(None)
            )
        )
        for row in rows:
            self.add(row.id, row.kind, row.name, row.code, row.parent_id or "")

    def add(self, key: str, kind: str, name: str, code: str, parent: str) -> None:
        """Know a unit; key is its id, or '#row' for one of this table."""
        for word in {name, code} - {""}:
            self.by_name.setdefault(word, []).append((key, kind))
        self.codes.add(code)
        self.children.add((parent, name))

    def find(self, word: str, kind: str) -> list[str]:
        """Return the units of that name or code that may have such a child."""
        return [key for key, above in self.by_name.get(word, []) if kind in CHILDREN.get(above, frozenset())]


def check_units(actor: Actor, table: Table, kit: Kit, now: datetime) -> Checked:
    """Sort the rows of a unit table; a unit that is there already creates nothing."""
    tree, gather = _Tree(actor.court_id), Gatherer(table, COLUMNS)
    for row in gather.rows:
        faults = gather.faults(row)
        prepared = _check(row.cells, tree, faults)
        if faults.found:
            gather.bad(faults)
        elif prepared["code"] in tree.codes - {""} or (prepared["parent"], prepared["name"]) in tree.children:
            gather.known()
        else:
            prepared["n"] = row.number
            tree.add(f"#{row.number}", prepared["kind"], prepared["name"], prepared["code"], prepared["parent"])
            gather.good(prepared)
    gather.checked.preview = [
        {"行": row["n"], "类型": KIND_LABELS[row["kind"]], "名称": row["name"], "编码": row["code"] or "由系统编",
         "上级单位": row["parent_text"], "边界": "有" if row["area"] else "无"}
        for row in gather.checked.rows[:PREVIEW]
    ]  # fmt: skip
    return gather.checked


def _check(cells: Any, tree: _Tree, faults: RowFaults) -> dict[str, Any]:
    kind, parent_text = cells["kind"] or "", normalise_text(cells["parent"] or "")
    parents = tree.find(parent_text, kind) if kind and parent_text else []
    if kind and parent_text and len(parents) != 1:
        reason = (
            f"有 {len(parents)} 个这样的上级，请写编码" if parents else f"没有能设{KIND_LABELS[kind]}的这个上级单位"
        )
        faults.add("parent", reason)
    area = _area(cells["area"], kind, faults)
    return {
        "kind": kind,
        "name": normalise_text(cells["name"] or ""),
        "code": cells["code"] or "",
        "parent": parents[0] if parents else "",
        "parent_text": parent_text,
        "phone": cells["phone"] or "",
        "area": area,
    }


def _area(text: str | None, kind: str, faults: RowFaults) -> dict[str, Any] | None:
    if not text:
        return None
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        found = None
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if kind != "cell":
        faults.add("area", "只有网格可以有边界")
    elif not isinstance(found, dict) or read_polygon(found) is None:
        faults.add("area", "边界不是有效的 GeoJSON 面（经纬度，WGS-84，不自相交）")
    return found if isinstance(found, dict) else None


def commit_units(
    actor: Actor, batch: ImportBatch, rows: Sequence[dict[str, Any]], kit: Kit, now: datetime
) -> int:  # fmt: skip
    """Create these units in their order; one that appeared since the dry run creates nothing."""
    tree = _Tree(batch.court_id)
    made: dict[str, Unit] = {}
    for row in rows:
        key = f"#{row['n']}"
        parent = made.get(row["parent"]) or _parent(tree, row)
        if parent is None:
            continue
        if (row["code"] and row["code"] in tree.codes) or (parent.id, row["name"]) in tree.children:
            continue
        unit = create_unit(
            actor, now, parent=parent, kind=row["kind"], name=row["name"],
            code=row["code"] or f"{parent.code}-{row['n']}", polygon=row["area"], contact_phone=row["phone"],
        )  # fmt: skip
        db.session.flush()
        tree.add(unit.id, unit.kind, unit.name, unit.code, parent.id)
        made[key] = unit
    return len(made)


def _parent(tree: _Tree, row: dict[str, Any]) -> Unit | None:
    """Find a parent that is no row of this table, or whose row turned out to be there already."""
    if not row["parent"].startswith("#"):
        return db.session.get(Unit, row["parent"])
    found = tree.find(row["parent_text"], row["kind"])
    return db.session.get(Unit, found[0]) if len(found) == 1 else None
