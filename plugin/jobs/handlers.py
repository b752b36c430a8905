"""Job -> one use case; what the worker does with each effect."""

from typing import assert_never

import structlog

from plugin.domain.effects import CheckEvidence, CompilePromises, Effect, ExecuteRefund, RebuildEntitlements, SendMail
from plugin.jobs import codec
from plugin.ports.deps import Deps
from plugin.usecases.check_evidence import check_evidence
from plugin.usecases.compile_promises import compile_promises
from plugin.usecases.execute_refund import execute_refund
from plugin.usecases.rebuild_entitlements import rebuild_entitlements
from plugin.usecases.send_mail import send_mail

_log = structlog.get_logger("aftercare.jobs")
_NOTHING_DONE = frozenset({"changed_0", "compiled_0"})


def run(effect: Effect, deps: Deps) -> None:
    """Carry out one effect; safe to run twice. Raises what the ports raise, for the engine to retry.

    What found nothing to do is told for debugging alone: every first start queues such jobs by the dozen.
    """
    outcome = _perform(effect, deps)
    tell = _log.debug if outcome in _NOTHING_DONE else _log.info
    tell("job", job=codec.name_of(effect), merchant=effect.merchant, outcome=outcome)


def _perform(effect: Effect, deps: Deps) -> str:
    match effect:
        case SendMail(merchant, mail_id):
            return send_mail(mail_id, merchant=merchant, units=deps.units, mailer=deps.mailer, now=deps.clock.now())
        case RebuildEntitlements(merchant, orders):
            now = deps.clock.now()
            changed = rebuild_entitlements(orders, merchant=merchant, units=deps.units, law=deps.law, now=now)
            return f"changed_{changed}"
        case CompilePromises(merchant):
            compiled = compile_promises(merchant=merchant, units=deps.units, now=deps.clock.now())
            return f"compiled_{compiled}"
        case CheckEvidence(merchant, evidence):
            held = check_evidence(
                evidence, merchant=merchant, units=deps.units, keeping=deps.evidence, ids=deps.ids, now=deps.clock.now()
            )
            return "settled_before" if held is None else held.refusal or "kept"
        case ExecuteRefund(merchant, refund):
            now = deps.clock.now()
            return execute_refund(refund, merchant=merchant, units=deps.units, actions=deps.actions, now=now)
        case _:
            assert_never(effect)
