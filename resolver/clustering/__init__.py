"""Groups of mentions that stand for the same person or organisation, whether the gazetteer knows them or not.

Input: mentions with dates and context. Output: a group for each. Read ``cluster`` first, then its steps: ``nodes``,
``joining``, ``wording``. ``names`` says how names are compared, ``blocking`` which ones are compared, ``offices`` which
mentions are not names; ``cluster_file`` is the job behind ``resolver cluster``.
"""

__all__ = ["cluster", "cluster_file", "cluster_frame"]
