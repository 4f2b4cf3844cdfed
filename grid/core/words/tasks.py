"""Task states and modes of delivery with their Chinese names."""

from enum import StrEnum


class TaskState(StrEnum):
    """Where a task stands; moves only along grid.rules.lifecycle."""

    DRAFT = "draft"
    DISPATCHED = "dispatched"
    ROUTED = "routed"
    TAKEN = "taken"
    WORKING = "working"
    REPORTED = "reported"
    VERIFYING = "verifying"
    CLOSED = "closed"
    ARCHIVED = "archived"
    RETURNED_UNIT = "returned_unit"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class DeliveryMode(StrEnum):
    """How the worker assists a delivery; the court enables each per document type."""

    GUIDE = "guide"
    VERIFY_ADDRESS = "verify_address"
    NOTIFY_PICKUP = "notify_pickup"
    ENTRUSTED_HANDOVER = "entrusted_handover"
    WITNESS_LEFT = "witness_left"
    POSTING_PHOTO = "posting_photo"


STATE_LABELS: dict[TaskState, str] = {
    TaskState.DRAFT: "草稿",
    TaskState.DISPATCHED: "待分派",
    TaskState.ROUTED: "待接单",
    TaskState.TAKEN: "已接单",
    TaskState.WORKING: "办理中",
    TaskState.REPORTED: "已反馈",
    TaskState.VERIFYING: "核实中",
    TaskState.CLOSED: "已办结",
    TaskState.ARCHIVED: "已归卷",
    TaskState.RETURNED_UNIT: "已退回单位",
    TaskState.SUSPENDED: "已中止",
    TaskState.CANCELLED: "已撤回",
}

MODE_LABELS: dict[DeliveryMode, str] = {
    DeliveryMode.GUIDE: "带路协助",
    DeliveryMode.VERIFY_ADDRESS: "核实住址",
    DeliveryMode.NOTIFY_PICKUP: "通知领取",
    DeliveryMode.ENTRUSTED_HANDOVER: "转交文书",
    DeliveryMode.WITNESS_LEFT: "见证留置",
    DeliveryMode.POSTING_PHOTO: "张贴拍照",
}
