"""Problems of reviewing reports."""

from grid.core.errors.base import Problem, ProblemKind


class NothingToReview(Problem):
    """The task has no visit of its present worker that could be judged or mended."""

    code = "nothing_to_review"
    kind = ProblemKind.CONFLICT
    title = "这项任务没有可以核实的走访记录，请刷新后查看办理经过"


class ReceiptPhotoMissing(Problem):
    """Served needs the image of the signed paper (CPL 87), and it has not arrived; facts: items."""

    code = "receipt_photo_missing"
    kind = ProblemKind.CONFLICT
    title = "回证照片还没有传到，请等网格员联网上传后再通过，或退回补拍"


class OriginalMissing(Problem):
    """A served task is archived only with the paper receipt."""

    code = "original_missing"
    kind = ProblemKind.CONFLICT
    title = "回证原件还没有交回，请先登记“回证原件已交回”再归卷"


class AnotherWorkersVisit(Problem):
    """Only the author can mend a report, and the task is another worker's now."""

    code = "another_workers_visit"
    kind = ProblemKind.CONFLICT
    title = "这次走访是前一位网格员做的，不能退回给现在的网格员；请选择其他走访或转派"


class NoRefusal(Problem):
    """Papers are left after a refusal only, never because nobody was there (CPL 89); facts: outcome."""

    code = "no_refusal"
    kind = ProblemKind.CONFLICT
    title = "走访结果不是拒收，不能登记留置送达；家中无人不是拒收"


class AlreadyDecided(Problem):
    """The late material was decided before."""

    code = "already_decided"
    kind = ProblemKind.CONFLICT
    title = "这份补充材料已经处理过，请刷新查看"
