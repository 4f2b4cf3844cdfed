"""Problems of numbers and names people type."""

from grid.core.errors.base import Problem


class BadFormat(Problem):
    """A number breaks its rule; detail says in Chinese how, without repeating the number; facts: what."""

    code = "bad_format"
    title = "号码填写不对，请按提示核对后重新填写"
