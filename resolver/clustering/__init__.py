"""Groups of mentions that stand for the same person or organisation, whether the gazetteer knows them or not.

In go mentions with dates and context, out comes a group number for each. Read ``cluster`` first; ``blocking`` says
which names are compared at all, ``cluster_file`` is the job behind ``resolver cluster``.
"""

__all__ = ["cluster", "cluster_file"]
