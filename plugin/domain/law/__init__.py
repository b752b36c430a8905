"""What the law gives a shopper: pure functions of typed facts, the rulebook and the holiday calendar."""
