"""An engine over four entities, for tests of what stands around the engine: tables, files, overrides."""

from __future__ import annotations

from collections.abc import Iterable

from resolver.errors import UsageError
from resolver.model import Candidate, Change, Entity, Evidence, Match, Mention

KIEN_GIANG = Entity(
    "vn-province-kien-giang", "province", "VN", "Kiên Giang", "Tỉnh Kiên Giang", "91", "tỉnh", "", "2025-07-01"
)
AN_GIANG = Entity(
    "vn-province-an-giang-2025", "province", "VN", "An Giang", "Tỉnh An Giang", "91", "tỉnh", "2025-07-01", ""
)
KAMPOT = Entity("kh-province-kampot", "province", "KH", "Kampot", "Khaet Kampot", "07", "khaet", "", "")
KAMPOT_DISTRICT = Entity(
    "kh-district-kampot-0708", "district", "KH", "Kampot", "Krong Kampot, Khaet Kampot", "0708", "krong", "", ""
)
MERGER = Change(
    "2025-07-01", "merged", KIEN_GIANG.id, AN_GIANG.id, "whole", "whole", "202/2025/QH15", "", "vn-202-2025-qh15"
)
ENTITIES = {entity.id: entity for entity in (KIEN_GIANG, AN_GIANG, KAMPOT, KAMPOT_DISTRICT)}
BOTH = tuple(
    Candidate(entity, score, "exact", "", (Evidence("name", 1.0, "the name is the same"),))
    for entity, score in ((KAMPOT, 0.55), (KAMPOT_DISTRICT, 0.45))
)


class SmallEngine:
    """Knows "Kiên Giang", which is merged, and "Kampot", which is ambiguous unless types say which is meant."""

    date = "2026-09-25"

    def __init__(self) -> None:
        self.asked: list[Mention] = []

    def resolve_many(
        self,
        mentions: Iterable[str | Mention],
        *,
        to: str | None = None,
        language: str | None = None,
        min_score: float | None = None,
    ) -> list[Match]:
        asked = [Mention(mention) if isinstance(mention, str) else mention for mention in mentions]
        self.asked += asked
        return [self._one(mention) for mention in asked]

    def entity(self, id: str, *, date: str | None = None, language: str | None = None) -> Entity:
        if id not in ENTITIES:
            raise UsageError(f"there is no entity {id!r}")
        return ENTITIES[id]

    def settle(self, mention: Mention, id: str, *, to: str | None = None, language: str | None = None) -> Match:
        if not id:
            return Match(mention, "unmatched", method="override", score=1.0)
        return self._match(mention, ENTITIES[id], "override", 1.0)

    def _one(self, mention: Mention) -> Match:
        text = mention.text.strip()
        if not text:
            return Match(mention, "blank")
        if text == "Kiên Giang":
            return self._match(mention, KIEN_GIANG, "exact", 0.98765)
        if text == "Kampot" and mention.types == ("province",):
            return self._match(mention, KAMPOT, "exact", 0.97)
        if text == "Kampot":
            return Match(mention, "ambiguous", score=0.55, candidates=BOTH, note="A province or a district.")
        return Match(mention, "unmatched", note="Nothing of this name.")

    def _match(self, mention: Mention, entity: Entity, method: str, score: float) -> Match:
        gone = entity is KIEN_GIANG
        dating = "" if not mention.date else "ended" if gone and mention.date >= "2025-07" else "in_force"
        return Match(
            mention,
            "matched",
            entity,
            score,
            method,
            dating,  # type: ignore[arg-type]
            changes=(MERGER,) if gone else (),
            current=(AN_GIANG,) if gone else (entity,),
        )
