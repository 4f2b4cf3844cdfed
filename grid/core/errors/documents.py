"""Problems of which papers may go to the grid and how."""

from grid.core.errors.base import Problem


class DocumentNotDispatchable(Problem):
    """The paper is for the court alone (domain handbook §3.4, rule 27); facts: doc_type."""

    code = "document_not_dispatchable"
    title = "这类文书只能由法院人员送达，不能派给网格员；请从任务中删去"


class ModeNotAllowed(Problem):
    """The paper may not go out in this mode, or the court has not enabled it; facts: doc_type, mode, modes."""

    code = "mode_not_allowed"
    title = "这种文书不能用所选的协助方式；请换一种方式或删去这份文书"


class UnknownDocument(Problem):
    """The catalogue has no such type; facts: doc_type."""

    code = "unknown_document"
    title = "文书种类不在目录中；请从目录里选择"
