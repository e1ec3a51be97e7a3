"""Groups of mentions that stand for the same person or organisation, whether the gazetteer knows them or not.

In go mentions with dates and context, out comes a group for each. Read ``cluster`` first, then its steps:
``nodes``, ``joining``, ``wording``. ``names`` says how names are told apart, ``blocking`` which are compared at all,
``offices`` which mentions are no names; ``cluster_file`` is the job behind ``resolver cluster``.
"""

__all__ = ["cluster", "cluster_file"]
