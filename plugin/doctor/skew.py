"""How far a clock is from ours, and from when on that breaks something."""

from datetime import timedelta

from plugin.doctor.finding import Finding, failed, ok, warning

_ODD = timedelta(seconds=30)
_BREAKS = timedelta(minutes=5)
"""Signed requests and tokens of platforms are refused from about here on; legal days turn at the wrong moment."""


def judged(check: str, ahead: timedelta) -> Finding:
    """`ahead`: how much later it is there than here."""
    apart = abs(ahead)
    told = f"{apart.total_seconds():.0f} s {'ahead of' if ahead > timedelta() else 'behind'} this machine's"
    if apart < _ODD:
        return ok(check, f"within {_ODD.seconds} s of this machine's")
    judge = warning if apart < _BREAKS else failed
    return judge(check, told, "set both by NTP (timedatectl set-ntp true)")
