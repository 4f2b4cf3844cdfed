"""协助送达台账: one line a task, names masked; the same statement feeds a page of the screen and a whole file."""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from grid.core.actor import Actor
from grid.core.words.review import SERVED_VERDICTS, VERDICT_LABELS, Verdict
from grid.core.words.service import METHOD_LABELS, ServiceMethod
from grid.core.words.tasks import MODE_LABELS, STATE_LABELS, TaskState
from grid.kinds import DELIVERY, UNSERVED_LABEL
from grid.kinds.delivery.outcomes import BY_CODE
from grid.models import Address, Party, Person, Task, Unit, db
from grid.reads.cases import exact_case_no
from grid.reads.paging import Order, page_of_ids
from grid.reads.registers.period import begins, ends, period_text
from grid.reads.registers.sqltext import day_text, moment_text
from grid.reads.registers.table import Column, Heading, kept_for_a_moment
from grid.reads.scope import task_scope
from grid.rules.permissions import Action
from grid.tools.kit import Kit
from grid.tools.spreadsheet import ValueKind as K
from grid.tools.spreadsheet import safe_text

TITLE = "协助送达台账"
COLUMNS: tuple[Column, ...] = (
    Column("no", "任务编号", K.CODE, sortable=True),
    Column("case_no", "案号", K.CODE, sortable=True),
    Column("addressee", "受送达人"),
    Column("documents", "文书名称及份数"),
    Column("copies", "份数合计", K.COUNT),
    Column("mode", "协助方式"),
    Column("street", "镇街"),
    Column("community", "社区"),
    Column("cell", "网格"),
    Column("worker", "网格员"),
    Column("dispatched_at", "派发时间", K.DATE, sortable=True),
    Column("due_on", "办理期限", K.DATE, sortable=True),
    Column("visits", "走访次数", K.COUNT),
    Column("reported_at", "反馈时间", K.DATE, sortable=True),
    Column("outcome", "走访结果"),
    Column("method", "送达方式"),
    Column("signer", "签收人及关系"),
    Column("receipt_on", "签收日期", K.DATE),
    Column("effective_on", "送达日期", K.DATE),
    Column("verdict", "法院核实结果"),
    Column("original", "回证原件是否交回"),
    Column("overdue", "是否超期"),
    Column("state", "状态"),
)
PERSONAL: tuple[Column, ...] = (
    Column("full_name", "受送达人姓名（完整）"),
    Column("full_id_no", "证件号码（完整）", K.CODE),
    Column("full_phone", "电话（完整）", K.CODE),
    Column("full_address", "送达地址（完整）"),
)
"""Added to a file only with reason and approval; never on a screen."""
NOTES = (
    "每行为一项已派发的协助送达任务，按派发日期统计；姓名已脱敏。",
    "签收日期、送达日期由执行法官依据纸质送达回证核定，手机时间不作为依据。",
    "是否超期：首次反馈晚于办理期限，或期限已过仍未反馈；法院撤回、中止的任务不计超期。",
    "送达方式由法院认定；网格员只协助，不是送达人。",
)
SORTS: dict[str, tuple[Any, ...]] = {
    "dispatched_at": (Task.dispatched_at, Task.id),
    "no": (Task.no, Task.id),
    "case_no": (Task.case_no, Task.id),
    "due_on": (Task.due_at, Task.id),
    "reported_at": (Task.reported_at, Task.id),
}
_Street, _Cell = aliased(Unit), aliased(Unit)
_FIRST_REPORT = func.coalesce(Task.first_reported_at, Task.reported_at)
PIECE = 2_000


def heading(args: dict[str, Any], unit_label: str) -> Heading:
    """Return what stands around the rows."""
    first, last = args.get("from"), args.get("to")
    return Heading(TITLE, first, last, period_text(first, last), unit_label, NOTES)


def conditions(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> list[ColumnElement[bool]]:
    """Return which tasks the register holds for this person with these filters."""
    found: list[ColumnElement[bool]] = [
        task_scope(actor, Action.REGISTER_READ),
        Task.kind == DELIVERY.code,
        Task.dispatched_at.is_not(None),
    ]
    if args.get("from"):
        found.append(Task.dispatched_at >= begins(args["from"]))
    if args.get("to"):
        found.append(Task.dispatched_at < ends(args["to"]))
    for name, column in (
        ("street", Task.street_id),
        ("officer", Task.officer_id),
        ("worker", Task.worker_id),
        ("cell", Task.cell_id),
        ("state", Task.state),
        ("result", Task.verdict),
    ):
        if args.get(name):
            found.append(column == args[name])
    if args.get("original") is not None:
        owed = Task.verdict.in_([verdict.value for verdict in SERVED_VERDICTS])
        here = Task.original_received_on.is_not(None)
        found.append(here if args["original"] else and_(owed, Task.original_received_on.is_(None)))
    if args.get("overdue"):
        found.append(_overdue_clause(now))
    q = (args.get("q") or "").strip()
    if q:
        named = select(Party.id).where(Party.name_index == kit.vault.blind_index(q, "party.name"))
        found.append(or_(Task.no == q, Task.case_no == (exact_case_no(q) or q), Task.addressee_id.in_(named)))
    return found


def _overdue_clause(now: datetime) -> ColumnElement[bool]:
    excused = Task.state.in_([TaskState.CANCELLED.value, TaskState.SUSPENDED.value])
    return and_(~excused, func.coalesce(_FIRST_REPORT, now) > Task.due_at)


def page(actor: Actor, args: dict[str, Any], unit_label: str, kit: Kit, now: datetime) -> dict[str, Any]:
    """Return one page of the register with its frame and totals."""
    where = conditions(actor, args, kit, now)
    sort = args["sort"] if args["sort"].lstrip("-") in SORTS else "-dispatched_at"
    columns = SORTS[sort.lstrip("-")]
    order = Order(
        columns,
        descending=sort.startswith("-"),
        nullable=columns[0] is Task.reported_at,
        unique=columns[0] is Task.no,
    )
    filters = {key: value for key, value in args.items() if key not in ("page", "size", "sort")}
    key = ("delivery", actor.id, actor.unit_id, tuple(sorted((name, str(value)) for name, value in filters.items())))
    ids, total = page_of_ids(where, order, args["page"], args["size"], (*key, sort))
    found = lines(ids, now)
    items = [found[task_id] for task_id in ids if task_id in found]
    totals = kept_for_a_moment(key, lambda: _totals(where), when=lambda _: total > 2_000)
    body = heading(args, unit_label).for_screen(COLUMNS)
    return body | {"items": items, "totals": totals, "page": args["page"], "size": args["size"], "total": total}


def lines(ids: Collection[str], now: datetime) -> dict[str, dict[str, Any]]:
    """Return the masked lines of some tasks by task id, as a screen shows them; the caller asks whether it may."""
    rows = db.session.execute(_statement([Task.id.in_(ids)], now)) if ids else ()
    return {row.id: {"task_id": row.id, **dict(zip(_KEYS, _shape(row, str), strict=True))} for row in rows}


def count(actor: Actor, args: dict[str, Any], kit: Kit, now: datetime) -> int:
    """Return how many lines a file would have."""
    return db.session.scalar(select(func.count(Task.id)).where(*conditions(actor, args, kit, now))) or 0


def _totals(where: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    sums = select(func.coalesce(func.sum(Task.visit_count), 0), func.coalesce(func.sum(Task.copies), 0)).where(*where)
    visits, copies = db.session.execute(sums).one()
    return {"visits": int(visits), "copies": int(copies)}


def _statement(where: Sequence[ColumnElement[bool]], now: datetime) -> Select[*tuple[Any, ...]]:
    """Return the raw columns of tasks, as text where the database can write it."""
    return (
        select(
            Task.id,
            Task.no,
            Task.case_no,
            Party.name_masked,
            Task.papers_text,
            Task.copies,
            Task.mode,
            func.coalesce(_Street.name, "").label("street"),
            Address.community,
            func.coalesce(_Cell.name, "").label("cell"),
            func.coalesce(Person.name, "").label("worker"),
            moment_text(Task.dispatched_at).label("dispatched_text"),
            day_text(Task.due_on).label("due_text"),
            Task.visit_count,
            moment_text(_FIRST_REPORT).label("reported_text"),
            Task.outcome,
            Task.verdict,
            Task.signer_text,
            day_text(Task.receipt_on).label("receipt_text"),
            day_text(Task.effective_on).label("effective_text"),
            day_text(Task.original_received_on).label("original_text"),
            case((_overdue_clause(now), "是"), else_="否").label("overdue"),
            Task.state,
        )
        .join(Party, Party.id == Task.addressee_id)
        .join(Address, Address.id == Task.address_id)
        .outerjoin(_Street, _Street.id == Task.street_id)
        .outerjoin(_Cell, _Cell.id == Task.cell_id)
        .outerjoin(Person, Person.id == Task.worker_id)
        .where(*where)
    )


_safe = lru_cache(maxsize=20_000)(safe_text)
"""Names of streets, workers and papers come again and again."""
_KEYS = tuple(column.key for column in COLUMNS)
_MODES = {str(code): label for code, label in MODE_LABELS.items()}
_STATES = {str(code): label for code, label in STATE_LABELS.items()}
_VERDICTS = {str(code): label for code, label in VERDICT_LABELS.items()}
_OUTCOMES = {code: outcome.label for code, outcome in BY_CODE.items()} | {"unserved": UNSERVED_LABEL}
_OWED = frozenset(verdict.value for verdict in SERVED_VERDICTS)
_METHODS = {
    Verdict.SERVED.value: METHOD_LABELS[ServiceMethod.DIRECT],
    Verdict.PARTLY_SERVED.value: METHOD_LABELS[ServiceMethod.DIRECT],
    Verdict.LEFT.value: METHOD_LABELS[ServiceMethod.LEFT],
}


def _shape(row: Any, guard: Callable[[str], str]) -> tuple[Any, ...]:
    """Turn raw columns into the values of COLUMNS, in their order; people's own words pass through `guard`."""
    (
        _id, no, case_no, name, documents, copies, mode, street, community, cell, worker, dispatched, due, visits,
        reported, outcome, verdict, signer, receipt, effective, original, overdue, state,
    ) = row  # fmt: skip
    return (
        no,
        case_no,
        guard(name),
        guard(documents),
        copies,
        _MODES.get(mode, mode),
        guard(street),
        guard(community),
        guard(cell),
        guard(worker),
        dispatched,
        due,
        visits,
        reported,
        _OUTCOMES.get(outcome, ""),
        _METHODS.get(verdict, ""),
        guard(signer),
        receipt,
        effective,
        _VERDICTS.get(verdict, ""),
        original or ("否" if verdict in _OWED else ""),
        overdue,
        _STATES[state],
    )


def stream(
    actor: Actor, args: dict[str, Any], kit: Kit, now: datetime, *, full: bool = False
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield every line of a file in pieces, in order of dispatch, in constant memory; columns as `file_columns`.

    Cells are text that no spreadsheet takes for a formula, or whole numbers: ready to be written as they are.
    """
    statement = _statement(conditions(actor, args, kit, now), now).order_by(Task.dispatched_at, Task.id)
    if full:
        statement = statement.add_columns(
            Party.id, Party.name_sealed, Party.id_no_sealed, Party.phone_sealed, Address.id, Address.text_sealed
        )
    # Core, not the session's loader: a row is a tuple here and nothing more.
    connection = db.session.connection().execution_options(stream_results=True, yield_per=PIECE)
    for part in connection.execute(statement).partitions(PIECE):
        if full:
            yield [(*_shape(row[:-6], _safe), *map(safe_text, _personal(row[-6:], kit))) for row in part]
        else:
            yield [_shape(row, _safe) for row in part]


def _personal(row: Sequence[Any], kit: Kit) -> tuple[str, ...]:
    party_id, name, id_no, phone, address_id, address = row
    opened = kit.vault.open_sealed
    return (
        opened(name, f"party.name:{party_id}"),
        opened(id_no, f"party.id_no:{party_id}") if id_no else "",
        opened(phone, f"party.phone:{party_id}") if phone else "",
        opened(address, f"address.text:{address_id}"),
    )


def file_columns(*, full: bool) -> tuple[Column, ...]:
    """Return the columns of a file."""
    return (*COLUMNS, *PERSONAL) if full else COLUMNS
