"""The five clocks of an order line, one file per right; `engine.entitlements` answers for a whole order."""
