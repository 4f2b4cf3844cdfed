"""Problems of counting days."""

from grid.core.errors.base import Problem


class CalendarYearMissing(Problem):
    """The holiday table has no such year; facts: year."""

    code = "calendar_year_missing"
    title = "工作日历里没有这一年的放假安排，请改用较近的日期，或请系统管理员更新日历"
