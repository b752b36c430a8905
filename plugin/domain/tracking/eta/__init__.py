"""When a parcel should arrive: a range of days from how long the same way took before, or none where nobody can say.

Why it is counted as it is: `docs/decisions/2026-11-22-arrival-days.md`.
"""
