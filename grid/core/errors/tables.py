"""Problems of reading tables that offices send."""

from grid.core.errors.base import Problem, ProblemKind


class TableUnsupported(Problem):
    """The file is not a table we read; the detail says in Chinese how to save it so that we do."""

    code = "table_unsupported"
    kind = ProblemKind.UNSUPPORTED
    title = "不能读取这种文件，请用本页的模板填写，或另存为 .xlsx 或 .csv 后再导入"


class TableDamaged(Problem):
    """The file says it is a table but cannot be read."""

    code = "table_damaged"
    title = "文件已损坏，请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"


class TableTooLarge(Problem):
    """The table holds more than one import may; the detail names the limit."""

    code = "table_too_large"
    kind = ProblemKind.TOO_LARGE
    title = "表格太大，请分成几个文件导入"


class HeaderNotFound(Problem):
    """No row names the expected columns; facts: missing = column titles, found = titles seen in the best row."""

    code = "table_header_missing"
    title = "没有找到表头，请使用本页的模板，不要改动列名"


class ColumnTwice(Problem):
    """Two columns of the file have the same meaning; facts: columns = their titles."""

    code = "table_column_twice"
    title = "表中有两列意思相同，请只保留一列"
