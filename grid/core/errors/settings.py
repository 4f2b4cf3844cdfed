"""Problems of a court's settings."""

from grid.core.errors.base import Problem, ProblemKind


class SettingChanged(Problem):
    """Somebody set it meanwhile; facts['version'] is the present one."""

    code = "setting_changed"
    kind = ProblemKind.CONFLICT
    title = "这项设置刚被他人修改，请刷新查看后再改"
