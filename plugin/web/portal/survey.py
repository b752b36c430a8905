"""One question after a claim was settled: answered without signing in, changed as often as the shopper likes."""

from flask import Response, request

from plugin.domain.attempts import TooManyAttempts
from plugin.domain.claim.machines.survey import SurveyAnswer
from plugin.usecases.claim.hear_shopper import answer_question
from plugin.web.deps import deps
from plugin.web.portal.status import LONGEST_MESSAGE, claim_at, done, wait
from plugin.web.portal.visit import written


def answer(shop_key: str, token: str) -> Response:
    """Keep the answer; what is none of the three changes nothing."""
    words = written(request.form.get("words", ""), LONGEST_MESSAGE)
    at, claim, desk = claim_at(shop_key, token)
    try:
        chosen = SurveyAnswer(request.form.get("answer", ""))
    except ValueError:
        return at.see("status", token=token)
    try:
        return done(at, token, lambda: answer_question(claim, chosen, words, desk=desk, now=deps().clock.now()))
    except TooManyAttempts as error:
        return wait(shop_key, token, error, survey_words=words)
