"""The one wording engine: answers of the domain as sentences in the reader's language; every surface prints these.

`panel` words the clocks of an order line, `badge` and `banner` what a market may count on, `trace` the why.
"""
