"""Problems of long work and its files."""

from grid.core.errors.base import Problem, ProblemKind


class JobNotReady(Problem):
    """The file is asked for before the job is done; facts: state."""

    code = "job_not_ready"
    kind = ProblemKind.CONFLICT
    title = "文件还没有生成好，请稍等片刻再下载"


class JobFileGone(Problem):
    """The file was removed after its time."""

    code = "job_file_gone"
    kind = ProblemKind.GONE
    title = "文件已过期清除，请重新生成"


class TooManyJobs(Problem):
    """One person has more unfinished jobs than is reasonable; facts: limit."""

    code = "too_many_jobs"
    kind = ProblemKind.THROTTLED
    title = "您还有多项任务正在生成，请等它们完成后再提交"
