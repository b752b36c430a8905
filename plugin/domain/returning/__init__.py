"""How goods come back: by which ways and to where, the life of a label, batches at a hub, and what customs is told.

Beside the claim, which is named by its id only: the claim's own return leg follows what happens here.
"""
