"""Problems of moving tasks."""

from grid.core.errors.base import Problem, ProblemKind


class StaleVersion(Problem):
    """The task changed since the screen was loaded; facts['version'] is the present one."""

    code = "stale_version"
    kind = ProblemKind.CONFLICT
    title = "任务刚被更新，请刷新查看最新情况后再操作"


class AlreadyTaken(Problem):
    """Another worker was first."""

    code = "already_taken"
    kind = ProblemKind.CONFLICT
    title = "这项任务已由同网格的其他人接单"


class ConflictOfInterest(Problem):
    """The worker declared a conflict and must hand the task back (民事诉讼法 47 by analogy)."""

    code = "conflict_of_interest"
    kind = ProblemKind.FORBIDDEN
    title = "您与当事人有利害关系，应当回避；请选择“退回”，由单位另行安排"


class CommitmentMissing(Problem):
    """No signed confidentiality commitment."""

    code = "commitment_missing"
    kind = ProblemKind.FORBIDDEN
    title = "请先签署保密承诺书再接单，签署请联系镇街综治中心"


class DiligenceMissing(Problem):
    """Not enough visits for an 'unserved' report; detail says what is missing."""

    code = "diligence_missing"
    title = "走访次数还不够，暂不能报告“未送达”，请按提示继续走访"


class VisitMissing(Problem):
    """The visit to mend is not known here."""

    code = "visit_missing"
    kind = ProblemKind.MISSING
    title = "服务器上没有这次走访记录，请先上传原记录"


class MendNotAsked(Problem):
    """A report can be mended only while it is sent back and only from its latest revision."""

    code = "mend_not_asked"
    kind = ProblemKind.CONFLICT
    title = "这份记录目前没有被退回，不能修改；补充内容请新增走访记录"


class PacketUsed(Problem):
    """The packet's QR was consumed by another handover."""

    code = "packet_used"
    kind = ProblemKind.CONFLICT
    title = "这个文书袋已经登记送达过，请核对是否拿错；如有疑问联系承办法官"


class ApprovalMissing(Problem):
    """A sensitive task may go out only after the court administrator approved it."""

    code = "approval_missing"
    kind = ProblemKind.CONFLICT
    title = "这是敏感任务，须先经法院管理员批准；已在待批准清单中"


class OtherKind(Problem):
    """A report came on the form of another kind of task; facts: kind = the task's."""

    code = "other_kind"
    kind = ProblemKind.CONFLICT
    title = "这份记录不是这类任务的表格，请更新页面后重新填写；已填内容保留在手机里"
