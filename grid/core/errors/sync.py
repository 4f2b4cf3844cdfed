"""Problems of the phone's mutation queue."""

from grid.core.errors.base import Problem, ProblemKind


class SequenceGap(Problem):
    """A mutation is missing before this one; facts['expected_seq'] is the one to send."""

    code = "sequence_gap"
    kind = ProblemKind.CONFLICT
    title = "上传顺序有缺口，手机会自动补传"


class ContentConflict(Problem):
    """The same mutation id came with other content; both are kept."""

    code = "content_conflict"
    kind = ProblemKind.CONFLICT
    title = "同一编号收到两份不同内容，两份都已保存，请联系承办法官核对"


class ForeignDevice(Problem):
    """The device belongs to another account."""

    code = "foreign_device"
    kind = ProblemKind.MISSING
    title = "这台手机登记在其他账号名下，请重新登录"


class UnknownMutation(Problem):
    """The server does not know this kind of change."""

    code = "unknown_mutation"
    title = "服务器不认识这项操作，请更新应用后再试；内容仍保存在本机"


class UnknownProtocol(Problem):
    """The phone speaks another version of the protocol."""

    code = "unknown_protocol"
    title = "应用版本过旧，请联网更新后再上传；内容仍保存在本机"
