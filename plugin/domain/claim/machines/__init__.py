"""The machines a claim is made of, one per part; its status is derived from them all."""
