"""Problems of bulk imports."""

from grid.core.errors.base import Problem, ProblemKind


class ImportNotReady(Problem):
    """The import was committed before, or is being committed; facts: state."""

    code = "import_not_ready"
    kind = ProblemKind.CONFLICT
    title = "这次导入已经提交，请刷新查看结果；要再导入请重新上传文件"


class NothingToImport(Problem):
    """No row of the file can be created."""

    code = "nothing_to_import"
    title = "没有可以导入的行，请按提示修改文件后重新上传"
