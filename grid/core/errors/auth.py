"""Problems of signing in and of sessions."""

from grid.core.errors.base import Problem, ProblemKind


class Unauthenticated(Problem):
    """No valid session came with the request."""

    code = "unauthenticated"
    kind = ProblemKind.UNAUTHENTICATED
    title = "登录已失效，请重新登录；手机上未上传的内容不会丢失"


class SignInFailed(Problem):
    """Identifier or password is wrong; which one is not told."""

    code = "sign_in_failed"
    kind = ProblemKind.UNAUTHENTICATED
    title = "账号或密码不正确，请核对后重试"


class AccountLocked(Problem):
    """Too many failures; facts['retry_at'] says when to try again."""

    code = "account_locked"
    kind = ProblemKind.THROTTLED
    title = "密码错误次数过多，账号已暂时锁定，请稍后再试或联系管理员重置"


class Throttled(Problem):
    """Too many requests from one place; facts['retry_after'] is in seconds."""

    code = "throttled"
    kind = ProblemKind.THROTTLED
    title = "操作太频繁，请稍等片刻再试"


class PasswordChangeRequired(Problem):
    """An initial password must be changed before anything else."""

    code = "password_change_required"
    kind = ProblemKind.FORBIDDEN
    title = "首次登录请先修改初始密码"


class CsrfFailed(Problem):
    """The request does not prove that it came from our own page."""

    code = "csrf_failed"
    kind = ProblemKind.FORBIDDEN
    title = "页面已过期，请刷新后重试"
