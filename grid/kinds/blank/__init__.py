"""样例任务: what a new kind starts from; not in the table of kinds, so nobody can send it out."""

from functools import partial

from grid.core.words.deadlines import Step
from grid.kinds.base import Court, Kind
from grid.kinds.blank.court import QUESTIONS, RESULTS
from grid.kinds.blank.questions import BRIEF, BRIEF_REQUIRED, FORM
from grid.kinds.blank.rules import check
from grid.kinds.blank.samples import SAMPLES
from grid.kinds.blank.schema import BriefSchema, CourtSchema, VisitSchema
from grid.kinds.form import mask_answers, wire_form

KIND = Kind(
    code="blank",
    label="样例任务",
    mark="样",
    step=Step.REPORT_WITNESS,
    brief_schema=BriefSchema,
    visit_schema=VisitSchema,
    brief=BRIEF,
    brief_required=BRIEF_REQUIRED,
    outcomes=FORM.outcomes,
    items=FORM.items,
    check=check,
    demands=FORM.demands,
    missing_items=FORM.missing_items,
    mask=partial(mask_answers, FORM.questions),
    descriptor=partial(wire_form, FORM),
    samples=SAMPLES,
    court=Court(RESULTS, QUESTIONS, CourtSchema),
)
