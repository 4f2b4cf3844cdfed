"""Problems of data at rest and of passwords."""

from grid.core.errors.base import Problem, ProblemKind


class SealBroken(Problem):
    """A sealed field does not open: altered, moved to another row, or no seal at all. Never shown half-read."""

    code = "seal_broken"
    kind = ProblemKind.UNAVAILABLE
    title = "这项内容无法解密，可能已被改动，请联系系统管理员"


class SealKeyMissing(Problem):
    """The key a field was sealed with is not in the key file; facts: key_id."""

    code = "seal_key_missing"
    kind = ProblemKind.UNAVAILABLE
    title = "缺少解密这项内容的密钥，请联系系统管理员恢复密钥文件"


class PasswordTooWeak(Problem):
    """A new password is refused; the detail says in Chinese what to change."""

    code = "password_too_weak"
    title = "新密码不够安全，请按提示修改"
