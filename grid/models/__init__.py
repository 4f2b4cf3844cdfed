"""Every table, one per file."""

from grid.models.address import Address
from grid.models.base import Base, Instant, db, glance
from grid.models.case import Case
from grid.models.counter import Counter
from grid.models.device import Device
from grid.models.document_line import DocumentLine
from grid.models.evidence import Evidence
from grid.models.feed import Feed
from grid.models.import_batch import ImportBatch
from grid.models.import_key import ImportKey
from grid.models.job import Job
from grid.models.ledger import LedgerCheckpoint, LedgerHead, LedgerLeaf, LedgerNode
from grid.models.message import Message
from grid.models.mutation import KeptContent, Mutation
from grid.models.packet import Packet
from grid.models.party import Party
from grid.models.person import Person
from grid.models.receipt import Receipt
from grid.models.receipt_correction import ReceiptCorrection
from grid.models.review import Review
from grid.models.session import SignedSession
from grid.models.setting import CourtSetting
from grid.models.slip import Slip
from grid.models.task import Task
from grid.models.task_seen import TaskSeen
from grid.models.unit import Unit
from grid.models.upload import Upload
from grid.models.visit import Visit, VisitRevision

__all__ = [
    "Address",
    "Base",
    "Case",
    "Counter",
    "CourtSetting",
    "Device",
    "DocumentLine",
    "Evidence",
    "Feed",
    "ImportBatch",
    "ImportKey",
    "Instant",
    "Job",
    "KeptContent",
    "LedgerCheckpoint",
    "LedgerHead",
    "LedgerLeaf",
    "LedgerNode",
    "Message",
    "Mutation",
    "Packet",
    "Party",
    "Person",
    "Receipt",
    "ReceiptCorrection",
    "Review",
    "SignedSession",
    "Slip",
    "Task",
    "TaskSeen",
    "Unit",
    "Upload",
    "Visit",
    "VisitRevision",
    "db",
    "glance",
]
