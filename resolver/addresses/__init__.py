"""Several levels read together: from an address to the place it names.

In go the text of an address and its parent columns, out comes the best consistent reading over all versions of the
gazetteer. Read ``solver`` first. ``components`` finds which places the words of a part may name, ``place_tree``
knows what lies in what, ``readings`` weighs what the words may mean together, ``misspellings`` looks for misspelt
names, ``remainder`` weighs the words that name no place, ``answers`` turns a solution into a match.
``lists`` answers a phrase that names several units.
"""

__all__ = ["answers", "lists"]
