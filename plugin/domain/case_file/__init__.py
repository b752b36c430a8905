"""The case file: everything that is on record of one claim, as one signed document that anybody can check.

What is in it is decided by `contents`, how its bytes are made and signed by `signed`, and what is wrong with bytes that
say they are one by `verify`. `docs/case-file.md` tells whoever checks it without this program.
"""
