"""The strict shape of a witness task's brief, visits and result, made from its questions."""

from grid.kinds.schema import questions_schema, visit_schema
from grid.kinds.witness.court import QUESTIONS as COURT_QUESTIONS
from grid.kinds.witness.questions import BRIEF, BRIEF_REQUIRED, FORM

_OWN = {key: question for key, question in FORM.questions.items() if key != "narrative"}

BriefSchema = questions_schema("WitnessBrief", BRIEF, BRIEF_REQUIRED)
VisitSchema = visit_schema("WitnessVisit", FORM.outcomes, FORM.items, questions_schema("WitnessAnswers", _OWN))
CourtSchema = questions_schema("WitnessCourt", COURT_QUESTIONS)
