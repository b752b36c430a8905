"""A claim: what a shopper asks of the shop about goods they bought, from the first word to the settled refund.

The record of events is the source (`record`); everything else is told from it (`replay`). Each part of a claim is a
machine of its own (`machines`), the claim's status is derived from them all (`status`), and what may happen next is
decided in `commands`. A withdrawal by law is a declaration, not a request: a track of its own that knows no refusal.
"""
