"""Carriers' own accounts (UPS, FedEx, USPS, DHL, DPD, GLS, Royal Mail), read by karrio: the optional extra `carriers`.

Here stand the kinds, which web may show; what loads karrio is in `worker` and loaded when an account is first opened.
"""
