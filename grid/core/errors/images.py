"""Problems of photos; every title is for the person who holds the phone."""

from grid.core.errors.base import Problem, ProblemKind


class ImageUnsupported(Problem):
    """Not a JPEG, PNG or WebP by its own bytes; facts: found = what it looks like."""

    code = "image_unsupported"
    kind = ProblemKind.UNSUPPORTED
    title = "这不是可用的照片，请用本应用的相机重新拍摄"


class ImageDamaged(Problem):
    """The picture does not decode to its end."""

    code = "image_damaged"
    title = "照片已损坏或不完整，请重新拍摄"


class ImageTooLarge(Problem):
    """More bytes or more pixels than a photo may have; facts: limit."""

    code = "image_too_large"
    kind = ProblemKind.TOO_LARGE
    title = "照片太大，请在相机设置中选小一档的尺寸后重拍"


class ImageUncheckable(Problem):
    """Decoding took more time or memory than any photo needs, or brought the checking process down."""

    code = "image_uncheckable"
    title = "这张照片无法安全打开，请重新拍摄"
