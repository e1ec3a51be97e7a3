"""Names in running text: a text in, the names in it out, each with its place in the text and what it means.

Read ``annotator`` first, which goes through the steps: ``windows`` (a long text in parts), ``folding`` (letters in one
form, with the way back), ``setting`` (the document's day), ``patterns`` and ``spotting`` (known names and words that
announce one), ``spans`` and ``growing`` (stretches that may be a name), ``asking`` and ``context`` (what each means, by
the pipeline that answers a cell of a table), ``choice`` (of those that overlap), ``people`` (short forms, and people
nobody knows). ``annotating`` is what ``Resolver`` offers of it, ``mentions`` the record that comes out.
"""

__all__ = ["annotating", "annotator", "mentions"]
