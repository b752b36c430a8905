"""Parcels in words: the same on the page, in the widget, in mails and at the desk."""
