"""Problems of keeping files: blobs and unfinished uploads."""

from grid.core.errors.base import Problem, ProblemKind


class StorageFull(Problem):
    """The disk has no room; nothing of the refused bytes is kept."""

    code = "storage_full"
    kind = ProblemKind.UNAVAILABLE
    title = "服务器存储空间不足，文件仍保存在您的设备上，请稍后再传并告知管理员"


class StorageFailed(Problem):
    """The disk answered with an error; nothing of the refused bytes is kept."""

    code = "storage_failed"
    kind = ProblemKind.UNAVAILABLE
    title = "服务器暂时无法保存文件，文件仍保存在您的设备上，请稍后再传"


class BlobMissing(Problem):
    """No file is kept under this hash."""

    code = "blob_missing"
    kind = ProblemKind.MISSING
    title = "没有找到这份文件，可能尚未上传完成；请稍后刷新"


class BlobDamaged(Problem):
    """The kept file is not the one its name promises; facts: sha256."""

    code = "blob_damaged"
    kind = ProblemKind.UNAVAILABLE
    title = "服务器上的这份文件已损坏，请联系管理员从备份恢复"


class PartMissing(Problem):
    """The unfinished upload is not there: finished, dropped or expired."""

    code = "upload_gone"
    kind = ProblemKind.GONE
    title = "这次上传已过期或已取消，请重新上传"


class PartBusy(Problem):
    """Another request is writing to the same upload."""

    code = "upload_busy"
    kind = ProblemKind.CONFLICT
    title = "这份文件正在上传，请稍等几秒再试"


class PartOffsetWrong(Problem):
    """The chunk does not start where the upload stands; facts: offset = where it stands."""

    code = "upload_offset_wrong"
    kind = ProblemKind.CONFLICT
    title = "上传位置不一致，将从服务器已收到的位置继续"


class PartTooLong(Problem):
    """The chunk would run past the announced length; facts: length."""

    code = "upload_too_long"
    kind = ProblemKind.TOO_LARGE
    title = "上传内容比声明的大小多，请重新选择文件上传"


class PartIncomplete(Problem):
    """The upload cannot be finished: bytes are missing; facts: offset, length."""

    code = "upload_incomplete"
    kind = ProblemKind.CONFLICT
    title = "文件还没有传完，请继续上传"


class ChunkDamaged(Problem):
    """The chunk does not have the announced checksum; it was thrown away."""

    code = "upload_checksum_wrong"
    kind = ProblemKind.INVALID
    title = "传输中数据有误，这一段将自动重传"


class ChecksumUnknown(Problem):
    """The checksum is not `sha256` or `sha1` with a value of the right length."""

    code = "upload_checksum_unknown"
    kind = ProblemKind.INVALID
    title = "不支持的校验方式，请更新应用后再上传"


class DigestMismatch(Problem):
    """The whole file is not the declared one; the upload was dropped. facts: declared, found."""

    code = "upload_digest_mismatch"
    kind = ProblemKind.INVALID
    title = "收到的文件与登记的不一致，已丢弃，请重新上传"
