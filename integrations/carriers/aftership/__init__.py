"""AfterShip's Tracking API, version 2026-07."""
