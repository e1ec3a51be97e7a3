"""Doubts about the readings of an address: what their evidence, added up, does not say.

A reading is scored by itself; a doubt compares it with the others: a place of the same name, a commune named beside
it, a name that is misspelt or known elsewhere. Each is a function of one signature (``doubt``). ``order`` lists
them and applies them; ``spelling``, ``namesakes``, ``siblings``, ``neighbours``, ``houses`` and ``unexplained`` have
them by subject.
"""
