"""What a problem is: declared once, raised anywhere, turned into RFC 9457 by the api alone."""

from enum import StrEnum
from typing import Any, ClassVar


class ProblemKind(StrEnum):
    """The few families of refusal; the api maps each to one HTTP status."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    GONE = "gone"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"


REGISTRY: dict[str, type["Problem"]] = {}


class Problem(Exception):
    """A refusal a user can act on: stable code, Chinese title that says the next step, facts without personal data."""

    code: ClassVar[str] = ""
    kind: ClassVar[ProblemKind] = ProblemKind.INVALID
    title: ClassVar[str] = ""

    def __init__(self, detail: str = "", **facts: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.facts = facts

    def __init_subclass__(cls) -> None:
        if cls.code:
            if cls.code in REGISTRY:
                raise TypeError(f"problem code {cls.code} is declared twice")
            REGISTRY[cls.code] = cls


class InvalidInput(Problem):
    """Fields do not fit; facts['fields'] maps each field path to its Chinese reasons."""

    code = "invalid_input"
    title = "有内容填写不对，请按提示修改后再提交"


class NotFound(Problem):
    """The thing is not there, or the actor may not know that it is."""

    code = "not_found"
    kind = ProblemKind.MISSING
    title = "没有找到这项内容，可能已被移走；请返回列表刷新"


class NotAllowed(Problem):
    """The actor may see the thing but not do this to it."""

    code = "not_allowed"
    kind = ProblemKind.FORBIDDEN
    title = "您的岗位不能进行这项操作；如有需要请联系本单位管理员"


class Conflict(Problem):
    """Somebody changed the thing meanwhile."""

    code = "conflict"
    kind = ProblemKind.CONFLICT
    title = "内容已被他人更新，请刷新后再操作"


class TryLater(Problem):
    """The server cannot do it just now; nothing was lost."""

    code = "try_later"
    kind = ProblemKind.UNAVAILABLE
    title = "服务器正忙，您的内容没有丢失，请稍后再试"
