"""The strict shape of a blank task's brief, visits and result, made from its questions."""

from grid.kinds.blank.court import QUESTIONS as COURT_QUESTIONS
from grid.kinds.blank.questions import BRIEF, BRIEF_REQUIRED, FORM
from grid.kinds.schema import questions_schema, visit_schema

_OWN = {key: question for key, question in FORM.questions.items() if key != "narrative"}

BriefSchema = questions_schema("BlankBrief", BRIEF, BRIEF_REQUIRED)
VisitSchema = visit_schema("BlankVisit", FORM.outcomes, FORM.items, questions_schema("BlankAnswers", _OWN))
CourtSchema = questions_schema("BlankCourt", COURT_QUESTIONS)
