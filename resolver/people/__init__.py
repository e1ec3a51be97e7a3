"""People: comparison of personal names, and people meant by their office.

In go names or mentions of roles, out come whether two names can be one person's, and who held an office on a day.
Read ``name_comparison`` for two names, ``office_mentions`` for texts that name nobody, ``roles`` for “the Interior
Minister” and “Gen. Quang, Minister of ...”.
"""

__all__ = ["name_comparison", "office_mentions", "respelt", "roles"]
