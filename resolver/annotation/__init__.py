"""Names in running text: a text in, the names in it out, each with its position in the text and what it means.

Begin with ``annotator``, which lists the steps. ``windows`` cuts a long text into parts, ``folding`` brings letters
into one form, and ``dateline`` finds the document's day. ``patterns`` and ``spotting`` find known names and the words
that announce a name; ``spans``, ``type_words``, ``person_spans`` and ``growing`` make spans of them that may be a name.
``batching`` resolves the spans, by the same pipeline as the cells of a table; ``periods`` says on which other days an
answer holds, and ``retelling`` tells it again for those. ``context`` decides what they mean in this document, and
``choice`` chooses among those that overlap. ``people`` links short forms and titles to people named before.
``annotating`` has the calls of ``Resolver``, ``mentions`` the record that comes out.
"""

__all__ = ["annotating", "annotator", "mentions"]
