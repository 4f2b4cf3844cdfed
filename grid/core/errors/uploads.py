"""Problems of uploading evidence."""

from grid.core.errors.base import Problem, ProblemKind


class EvidenceUnknown(Problem):
    """No report declared this piece of evidence yet; the text goes first."""

    code = "evidence_unknown"
    kind = ProblemKind.CONFLICT
    title = "请先上传走访记录，再上传照片；手机会自动重试"


class EvidenceMismatch(Problem):
    """Hash or size is not what the report declared."""

    code = "evidence_mismatch"
    title = "文件与走访记录中登记的不一致，不能替换，请联系承办法官"


class UploadTooLarge(Problem):
    """The file is over the limit; facts: max_bytes."""

    code = "upload_too_large"
    kind = ProblemKind.TOO_LARGE
    title = "文件太大，请用较小的尺寸重拍"


class UploadQuota(Problem):
    """Too much was uploaded today by this account."""

    code = "upload_quota"
    kind = ProblemKind.THROTTLED
    title = "今天上传的文件已达上限，明天会自动继续，内容没有丢失"


class TusRefused(Problem):
    """The request does not follow tus 1.0.0; detail names the header."""

    code = "tus_refused"
    title = "上传方式不正确，请更新应用后再试"


class TusVersion(Problem):
    """Another version of the tus protocol was asked for."""

    code = "tus_version"
    title = "上传协议版本不一致，请更新应用后再试"


class TusMedia(Problem):
    """A chunk must be application/offset+octet-stream."""

    code = "tus_media"
    kind = ProblemKind.UNSUPPORTED
    title = "上传内容格式不正确，请更新应用后再试"
