"""People: comparison of personal names, people meant by their office, and the bodies they belong to.

In go names or mentions of roles, out come whether two names can be one person's, and who held an office on a day.
Read ``name_comparison`` for two names, ``partial_names`` for parts of names, ``office_mentions`` for texts that name
nobody, ``roles`` for “the Interior Minister” and “Gen. Quang, Minister of ...”, ``respelt`` for names in another
spelling, ``bodies`` for offices and bodies named with all that they belong to.
"""

__all__ = ["bodies", "name_comparison", "office_mentions", "partial_names", "respelt", "roles"]
