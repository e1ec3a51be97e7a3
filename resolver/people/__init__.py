"""People: comparison of personal names, people meant by their office, and the bodies they belong to.

Input: names or mentions of roles. Output: whether two names can be one person's, and who held an office on a day.
Read ``name_comparison`` for two names, ``partial_names`` for parts of names, ``office_mentions`` for texts without a
person's name, ``roles`` for “the Interior Minister” and “Gen. Quang, Minister of ...”, ``respelt`` for names in another
spelling, ``bodies`` for offices and bodies named together with the bodies they belong to.
"""

__all__ = ["bodies", "name_comparison", "office_mentions", "partial_names", "respelt", "roles"]
