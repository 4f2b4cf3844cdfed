"""What is printed with an envelope: its label for the outside, and the 送达回证 to be signed."""

from typing import Any

from sqlalchemy import select

from grid.core.clock import SHANGHAI
from grid.models import Address, Case, DocumentLine, Packet, Party, Person, Task, Unit, db
from grid.rules.qrtext import packet_url
from grid.tools import pdf
from grid.tools.kit import Kit
from grid.tools.qr import qr_svg


def packet_sheets(task_ids: list[str], kit: Kit) -> list[pdf.Packet]:
    """Return label and form of each task in this order; every task must have a packet."""
    rows = {
        row.Task.id: row
        for row in db.session.execute(
            select(
                Task, Case.cause, Party.name_sealed, Party.name_masked, Address.text_sealed, Address.community,
                Person.name.label("officer"), Unit.name.label("court"), Unit.facts,
            )
            .join(Case, Case.id == Task.case_id)
            .join(Party, Party.id == Task.addressee_id)
            .join(Address, Address.id == Task.address_id)
            .join(Person, Person.id == Task.officer_id)
            .join(Unit, Unit.id == Task.court_id)
            .where(Task.id.in_(task_ids))
        )
    }  # fmt: skip
    lines: dict[str, list[pdf.DocumentLine]] = {task_id: [] for task_id in task_ids}
    for line in db.session.scalars(
        select(DocumentLine).where(DocumentLine.task_id.in_(task_ids)).order_by(DocumentLine.position)
    ):
        lines[line.task_id].append(pdf.DocumentLine(line.name, line.no, str(line.copies)))
    tokens = live_tokens(task_ids)
    return [_packet(rows[key], tuple(lines[key]), tokens[key], kit) for key in task_ids]


def live_tokens(task_ids: list[str]) -> dict[str, str]:
    """Return the token of each task's present packet: the newest that has not ended."""
    rows = db.session.execute(
        select(Packet.task_id, Packet.token)
        .where(Packet.task_id.in_(task_ids), Packet.revoked_at.is_(None))
        .order_by(Packet.issued_at)
    )
    return {row.task_id: row.token for row in rows}


def _packet(row: Any, lines: tuple[pdf.DocumentLine, ...], token: str, kit: Kit) -> pdf.Packet:
    task: Task = row.Task
    svg = qr_svg(packet_url(kit.settings.public_origin, token))
    due = task.due_at.astimezone(SHANGHAI) if task.due_at else None
    label = pdf.PacketLabelData(
        court=row.court,
        task_no=task.no,
        addressee_masked=row.name_masked,
        community=row.community,
        documents=lines,
        court_phone=row.facts.get("duty_phone", ""),
        due=f"{due.year}年{due.month}月{due.day}日前" if due else "",
        qr_svg=svg,
        qr_lines=(task.no, "网格员上门时用应用扫码核对"),
    )
    form = pdf.ServiceReceiptData(
        court=row.court,
        case_no=task.case_no,
        cause=row.cause,
        documents=lines,
        addressee=kit.vault.open_sealed(row.name_sealed, f"party.name:{task.addressee_id}"),
        address=kit.vault.open_sealed(row.text_sealed, f"address.text:{task.address_id}"),
        issuer=row.officer,
        serving_officer=row.officer,
        qr_svg=svg,
        qr_lines=(task.no, "本码供网格员核对文书袋"),
    )
    return pdf.Packet(label, form)
