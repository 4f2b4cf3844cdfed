"""Problems of signed codes, short codes and signing keys."""

from grid.core.errors.base import Problem, ProblemKind


class TokenRefused(Problem):
    """A token did not pass its check; facts['verdict'] is the Verdict, the detail says it in Chinese."""

    code = "token_refused"
    title = "二维码没有通过核验，请对着原件重新扫描；仍不行请联系法院"


class QrNotOurs(Problem):
    """A scanned text is not a code of this court; facts['verdict'] is the QrVerdict."""

    code = "qr_not_ours"
    title = "这不是法院的二维码，请对准文书袋或回证上的码"


class ShortCodeWrong(Problem):
    """A typed short code has a wrong length, character or check character."""

    code = "short_code_wrong"
    title = "短码不对，请对照纸面逐字再输一遍（10 位）"


class SigningKeyMissing(Problem):
    """No active key for the purpose; the operator has to create or rotate keys."""

    code = "signing_key_missing"
    kind = ProblemKind.UNAVAILABLE
    title = "签名密钥未就绪，暂时不能签发，内容没有丢失；请联系系统管理员"


class SigningKeyUnsafe(Problem):
    """A key file is damaged, does not match its record, or can be read by others."""

    code = "signing_key_unsafe"
    kind = ProblemKind.UNAVAILABLE
    title = "签名密钥文件异常，已停止签发；请联系系统管理员检查密钥目录"
