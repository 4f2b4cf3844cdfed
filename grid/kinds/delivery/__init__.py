"""协助送达: a worker helps the court deliver papers and brings back facts and evidence; the court alone serves."""

from grid.core.words.deadlines import Step
from grid.kinds.base import Kind
from grid.kinds.delivery.checklists import ITEMS, demands, missing_items
from grid.kinds.delivery.descriptor import descriptor as describe
from grid.kinds.delivery.masks import mask_answers
from grid.kinds.delivery.outcomes import BY_CODE, Path
from grid.kinds.delivery.rules import check
from grid.kinds.delivery.samples import SAMPLES
from grid.kinds.delivery.schema import BriefSchema, VisitSchema

KIND = Kind(
    code="delivery",
    label="协助送达",
    mark="送",
    step=Step.REPORT_DELIVERY,
    brief_schema=BriefSchema,
    visit_schema=VisitSchema,
    brief={},
    outcomes=BY_CODE,
    items=ITEMS,
    check=check,
    demands=demands,
    missing_items=missing_items,
    mask=mask_answers,
    descriptor=describe,
    samples=SAMPLES,
    papers=True,
    handover=frozenset(code for code, outcome in BY_CODE.items() if outcome.path == Path.HANDOVER),
)
