"""How the ledger's events are called on a task's timeline, and the marks a list shows beside a task."""

TIMELINE_LABELS: dict[str, str] = {
    "task.created": "新建任务",
    "task.imported": "批量导入",
    "task.sensitive_approved": "批准敏感任务",
    "task.dispatched": "派发",
    "task.routed": "分派到网格",
    "task.taken": "接单",
    "task.returned": "退回单位",
    "task.begun": "开始办理",
    "task.reported": "反馈",
    "task.verifying": "开始核实",
    "task.sent_back": "退回修改",
    "task.left_recorded": "登记留置送达",
    "task.approved": "核实通过",
    "task.archived": "归卷",
    "task.recalled": "撤回",
    "task.suspended": "中止",
    "task.resumed": "恢复办理",
    "task.transferred": "转派",
    "task.reopened": "重新核实",
    "task.printed": "打印文书袋",
    "visit.recorded": "走访记录",
    "visit.mended": "修改走访记录",
    "visit.supplementary": "收到补充材料",
    "visit.place_added": "补记位置",
    "evidence.received": "收到证据文件",
    "receipt.issued": "签发凭证",
    "personal.revealed": "查看个人信息",
}

TASK_MARKS: dict[str, tuple[str, str]] = {
    "overdue": ("逾期", "bad"),
    "waits_for_approval": ("待批准", "warn"),
    "sent_back": ("退回修改", "bad"),
    "supplementary": ("有补充材料", "warn"),
    "safety_incident": ("安全情况", "bad"),
    "supervised": ("督办", "bad"),
    "livelihood": ("涉民生", "info"),
    "extension_requested": ("申请延期", "warn"),
}
"""Code → label and level of what stands beside a task in a list."""
