"""Check a table of tasks row by row: numbers, papers the law lets go, officers, deadlines, and rows known before."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from grid.core.actor import Actor
from grid.core.clock import local_date
from grid.core.errors import Problem
from grid.core.words.roles import Role
from grid.core.words.tasks import MODE_LABELS, DeliveryMode
from grid.flows.dispatch import LONGEST
from grid.flows.imports.checked import PREVIEW, Checked, Gatherer, RowFaults
from grid.flows.imports.known import fingerprint, known_fingerprints
from grid.flows.imports.task_columns import COLUMNS
from grid.flows.papers import check_line
from grid.flows.parties import is_minor, masked_address
from grid.models import Case, Person, db
from grid.reads.court_settings import court_values, enabled_modes
from grid.reads.places import picture_of
from grid.rules import identity
from grid.rules.paper_text import MOST_COPIES, read_papers
from grid.tools.kit import Kit
from grid.tools.tabular import Row, Table

ORGANISATION = (
    "公司",
    "厂",
    "店",
    "中心",
    "合作社",
    "银行",
    "学校",
    "医院",
    "事务所",
    "委员会",
    "协会",
    "集团",
    "部",
    "局",
    "站",
)
MOST_PAPERS = 40


class TaskCheck:
    """What every row is checked against, read once."""

    def __init__(self, actor: Actor, kit: Kit, now: datetime) -> None:
        self.actor, self.kit = actor, kit
        self.today = local_date(now)
        values = court_values(actor.court_id, self.today)
        self.enabled = enabled_modes(values)
        self.minors_wait = bool(values["minors_need_approval"])
        officers = db.session.execute(
            select(Person.id, Person.name, Person.staff_no).where(
                Person.court_id == actor.court_id,
                Person.role == Role.CASE_OFFICER.value,
                Person.deactivated_at.is_(None),
            )
        ).all()
        self.officers: dict[str, list[str]] = {}
        for row in officers:
            for name in (row.name, row.staff_no.upper()):
                self.officers.setdefault(name, []).append(row.id)
        self.case_officers: dict[str, str] = {}
        self.papers = lru_cache(maxsize=4096)(self._papers)

    def know_cases(self, numbers: set[str]) -> None:
        """Read whose the cases are that exist already."""
        wanted = sorted(numbers)
        for start in range(0, len(wanted), 1000):
            rows = db.session.execute(
                select(Case.case_no, Case.officer_id).where(
                    Case.court_id == self.actor.court_id, Case.case_no.in_(wanted[start : start + 1000])
                )
            )
            self.case_officers |= {row.case_no: row.officer_id for row in rows}

    def row(self, cells: Any, faults: RowFaults) -> dict[str, Any]:
        """Return a row ready to create; whatever does not fit is in faults."""
        number = faults.check("case_no", identity.parse_case_no, cells["case_no"]) if cells["case_no"] else None
        case_no = number.text if number else ""
        mode = DeliveryMode(cells["mode"] or DeliveryMode.ENTRUSTED_HANDOVER)
        party = self._party(cells, faults)
        papers, refusals = self.papers(cells["papers"] or "", mode)
        for reason in refusals:
            faults.add("papers", reason)
        return {
            "case_no": case_no,
            "serial": number.serial if number else 0,
            "cause": cells["cause"] or "",
            "instrument": self._instrument(cells["instrument"], faults),
            "officer": self._officer(cells["officer"], case_no, faults),
            "party": party,
            "creditor": identity.normalise_text(cells["creditor"] or ""),
            "address": self._address(cells, faults),
            "papers": papers,
            "paper_no": cells["paper_no"] or "",
            "mode": str(mode),
            "urgent": bool(cells["urgent"]),
            "due_on": self._due(cells["due_on"], faults),
            "instruction": cells["instruction"] or "",
            "notes": cells["notes"] or "",
            "sensitive": party["minor"] and self.minors_wait,
        }

    def _instrument(self, text: str | None, faults: RowFaults) -> str:
        checked = faults.check("instrument", identity.check_title_instrument, text) if text else None
        return checked.value if checked else ""

    def _party(self, cells: Any, faults: RowFaults) -> dict[str, Any]:
        written = cells["name"] or ""
        kind = cells["kind"] or ("legal" if is_organisation(written, cells["id_no"] or "") else "natural")
        natural = kind == "natural"
        name = identity.normalise_name(written) if natural else identity.normalise_text(written)
        if written and len(name) < 2:
            faults.add("name", "姓名或名称至少两个字")
        id_no = phone = None
        if cells["id_no"]:
            rule = identity.check_id_no if natural else identity.check_credit_code
            id_no = faults.check("id_no", rule, cells["id_no"], *((self.today,) if natural else ()))
        if cells["phone"]:
            phone = faults.check("phone", identity.check_phone, cells["phone"])
        number = id_no.value if id_no else ""
        return {
            "role": cells["role"] or "debtor",
            "kind": kind,
            "name": name,
            "id_no": number,
            "phone": phone.value if phone else "",
            "legal_rep": identity.normalise_name(cells["legal_rep"] or ""),
            "minor": is_minor(number, natural=natural, today=self.today),
        }

    def _officer(self, written: str | None, case_no: str, faults: RowFaults) -> str:
        holder = self.case_officers.get(case_no)
        if self.actor.role == Role.CASE_OFFICER:
            if holder not in (None, self.actor.id):
                faults.add("case_no", "这个案号由他人承办，请由承办人导入")
            return self.actor.id
        if written:
            named = set(self.officers.get(written, [])) | set(self.officers.get(written.upper(), []))
            if len(named) != 1:
                faults.add("officer", "有同名的承办人，请改填工号" if named else "没有这位执行法官，请填姓名或工号")
                return ""
            officer = named.pop()
            if holder not in (None, officer):
                faults.add("officer", "与系统中该案的承办人不一致")
            return officer
        if holder is None:
            faults.add("officer", "新案件请填承办人")
        return holder or ""

    def _address(self, cells: Any, faults: RowFaults) -> dict[str, Any]:
        text = identity.normalise_text(cells["address"] or "")
        if cells["address"] and len(text) < 4:
            faults.add("address", "地址太短，请写到门牌号")
        confirmed: date | None = cells["confirmed_on"]
        if confirmed and confirmed > self.today:
            faults.add("confirmed_on", "确认日期不能晚于今天")
        lng, lat = _degrees(cells["lng"], 180), _degrees(cells["lat"], 90)
        if (cells["lng"] and lng is None) or (cells["lat"] and lat is None) or (lng is None) != (lat is None):
            faults.add("lng", "经纬度应成对填写小数，如 118.506310 和 31.701950")
        return {
            "text": text,
            "community": identity.normalise_text(cells["community"] or ""),
            "source": cells["source"] or "other",
            "confirmed_on": confirmed.isoformat() if confirmed else None,
            "lng": lng,
            "lat": lat,
        }

    def _papers(self, text: str, mode: DeliveryMode) -> tuple[tuple[tuple[str, str, int], ...], tuple[str, ...]]:
        """Read and check one spelling of papers once, however many rows repeat it."""
        papers, refusals = [], []
        for paper in read_papers(text):
            try:
                papers.append((paper.code, check_line(paper.code, paper.name, mode, self.enabled), paper.copies))
            except Problem as problem:
                said = problem.detail or problem.title
                refusals.append(said if said.startswith(paper.name) else f"{paper.name}：{said}")
            if not 1 <= paper.copies <= MOST_COPIES:
                refusals.append(f"{paper.name}：份数应为 1 到 {MOST_COPIES}")
        if len(papers) > MOST_PAPERS:
            refusals.append(f"一件任务最多 {MOST_PAPERS} 份文书")
        if text and not papers and not refusals:
            refusals.append("没有认出文书，请用分号隔开，如：执行通知书1份；报告财产令1份")
        return tuple(papers), tuple(refusals)

    def _due(self, due_on: date | None, faults: RowFaults) -> str | None:
        if due_on is None:
            return None
        if not self.today <= due_on <= self.today + LONGEST:
            faults.add("due_on", f"办理期限应在今天到 {LONGEST.days} 天之内")
        return due_on.isoformat()


def is_organisation(name: str, number: str) -> bool:
    """Tell whether a name or number is a company's rather than a person's."""
    return name.endswith(ORGANISATION) or (len(number) == 18 and not number[:17].isdigit())


def _degrees(text: str | None, most: int) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and -most <= value <= most else None


def check_tasks(actor: Actor, table: Table, kit: Kit, now: datetime) -> Checked:
    """Sort the rows of a task table; a row known before, here or from an earlier file, creates nothing."""
    check, gather = TaskCheck(actor, kit, now), Gatherer(table, COLUMNS)
    check.know_cases({number for row in table.rows if (number := _case_no(row))})
    pending: list[dict[str, Any]] = []
    for row in gather.rows:
        faults = gather.faults(row)
        prepared = check.row(row.cells, faults)
        if faults.found:
            gather.bad(faults)
            continue
        prepared["n"] = row.number
        prepared["fp"] = fingerprint(kit.vault, "task", _content(prepared))
        pending.append(prepared)
    known = known_fingerprints(actor.court_id, [prepared["fp"] for prepared in pending])
    for prepared in pending:
        if prepared["fp"] in known:
            gather.known()
        else:
            known.add(prepared["fp"])
            gather.good(prepared)
    gather.checked.preview = _preview(actor, gather.checked.rows[:PREVIEW])
    return gather.checked


def _case_no(row: Row) -> str:
    try:
        return identity.parse_case_no(row.cells["case_no"] or "").text
    except Problem:
        return ""  # the row's own check names the reason


def _content(row: dict[str, Any]) -> tuple[object, ...]:
    """What makes two rows the same assignment: case, person, place, papers and mode."""
    party, address = row["party"], row["address"]
    papers = ";".join(f"{code}/{name}/{copies}" for code, name, copies in row["papers"])
    return (row["case_no"], party["role"], party["name"], party["id_no"], address["text"], papers, row["mode"])


def _preview(actor: Actor, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    picture = picture_of(actor.court_id)
    found = []
    for row in rows:
        address = row["address"]
        goal = picture.destination(address["text"], address["community"], address["lng"], address["lat"])
        cell = picture.places.cells.get(goal.cell_id or "")
        natural = row["party"]["kind"] == "natural"
        found.append(
            {
                "行": row["n"],
                "案号": row["case_no"],
                "受送达人": identity.mask_party_name(row["party"]["name"], natural=natural),
                "送达地址": masked_address(address["text"], address["community"] or goal.community),
                "文书": "；".join(f"{name}{copies}份" for _, name, copies in row["papers"]),
                "协助方式": MODE_LABELS[DeliveryMode(row["mode"])],
                "办理期限": row["due_on"] or "按工作日历",
                "分派": cell.name if cell else goal.note,
            }
        )
    return found
