"""Problems of correcting receipts."""

from grid.core.errors.base import Problem, ProblemKind


class ReceiptSettled(Problem):
    """The receipt was corrected or annulled already."""

    code = "receipt_settled"
    kind = ProblemKind.CONFLICT
    title = "这份凭证已更正或作废，请查看最新一份"


class CorrectionWaiting(Problem):
    """A wish for this receipt is waiting for its second person."""

    code = "correction_waiting"
    kind = ProblemKind.CONFLICT
    title = "已有一项申请在等待复核，请先处理"


class SecondPersonNeeded(Problem):
    """Who asked may not decide."""

    code = "second_person_needed"
    kind = ProblemKind.FORBIDDEN
    title = "须由另一人复核，申请人不能复核自己的申请"
