"""到场见证: a worker stands by as the court seals, evicts or leaves papers, and signs the record; never more."""

from functools import partial

from grid.core.words.deadlines import Step
from grid.kinds.base import Court, Kind
from grid.kinds.form import mask_answers, wire_form
from grid.kinds.witness.court import QUESTIONS, RESULTS
from grid.kinds.witness.questions import BRIEF, BRIEF_REQUIRED, FORM
from grid.kinds.witness.rules import check
from grid.kinds.witness.samples import SAMPLES
from grid.kinds.witness.schema import BriefSchema, CourtSchema, VisitSchema

KIND = Kind(
    code="witness",
    label="到场见证",
    mark="证",
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
