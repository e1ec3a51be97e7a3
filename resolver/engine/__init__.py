"""The whole pipeline behind one object: mentions in, matches out.

Read ``resolver`` for the public ``Resolver``, then ``engine`` for the order in which a batch of mentions is
answered: looked up in the ``lexicon`` of names scored in advance (``known``), or parsed and scored by
``resolver.matching``, ``resolver.addresses`` and ``resolver.people``. ``code_reader`` answers mentions that are
official codes.
"""

__all__ = ["lexicon", "resolver"]
