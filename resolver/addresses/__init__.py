"""Several levels read together: from an address to the place it names.

Input: the text of an address and its parent columns. Output: the best consistent reading over all versions of the
gazetteer. Read ``solver`` first. ``components`` finds which places the words of a part may name, ``place_tree``
knows which place lies in which, ``readings`` scores the consistent readings, ``misspellings`` searches for misspelt
names, ``remainder`` scores the words that name no place, ``answers`` turns a solution into a match.
``lists`` answers a phrase that names several units, ``other_addresses`` doubts an answer that a bracket contradicts.
"""

__all__ = ["answers", "lists", "other_addresses"]
