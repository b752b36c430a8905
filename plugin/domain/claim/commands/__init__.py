"""What may be done to a claim: each command judges, and returns what is to be recorded; nothing is written here.

A command checks what the machines cannot know (who may, what the law forbids, what must come first). That the moves
themselves exist is judged once, by folding the drafts (`plugin.domain.claim.replay.after`).
"""
