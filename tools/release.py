"""Record the ids of a release: ``python -m tools.release`` adds all ids of entities.csv to released_ids.txt.

From then on the rule ``ids-kept`` ensures that none of them is removed.
"""

from __future__ import annotations

from resolver.gazetteer.rules.released import RELEASED
from tools.tables import GAZETTEER, read

__all__ = ["release"]


def release() -> int:
    """Add the ids that are not listed yet; return how many."""
    file = GAZETTEER / RELEASED
    listed = set(file.read_text(encoding="utf-8").split()) if file.exists() else set()
    every = listed | {row["id"] for row in read("entities")}
    temporary = file.with_suffix(".txt.new")
    temporary.write_text("".join(f"{id_}\n" for id_ in sorted(every)), encoding="utf-8", newline="\n")
    temporary.replace(file)
    return len(every) - len(listed)


if __name__ == "__main__":
    print(f"{release()} new ids in {RELEASED}")
