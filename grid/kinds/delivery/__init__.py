"""协助送达: a worker helps the court deliver papers and brings back facts and evidence; the court alone serves."""

from grid.core.words.tasks import TaskKind
from grid.kinds.base import Kind
from grid.kinds.delivery.checklists import demands
from grid.kinds.delivery.descriptor import descriptor as describe
from grid.kinds.delivery.outcomes import OUTCOMES
from grid.kinds.delivery.samples import SAMPLES
from grid.kinds.delivery.schema import BriefSchema, VisitSchema

KIND = Kind(
    code=TaskKind.DELIVERY,
    brief_schema=BriefSchema,
    visit_schema=VisitSchema,
    outcomes={outcome.code: outcome.label for outcome in OUTCOMES},
    demands=demands,
    descriptor=describe,
    samples=SAMPLES,
)
