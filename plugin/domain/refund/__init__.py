"""Money that goes back: what a refund is worth, to the minor unit, and the life of one from grant to settlement.

Granting (`allocate.quote`), executing (`plugin.ports.platform_actions`) and settling (`echo.settled_by`) are separate:
what is on its way counts as gone, so that no two refunds together ever exceed what was captured.
"""
