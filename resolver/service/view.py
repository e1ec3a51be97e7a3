"""The content of pages about entities; their HTML is in ``templates``, their words in ``texts.csv``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context

from resolver.engine.resolver import Resolver
from resolver.history.history import History, Step
from resolver.history.lineage_svg import picture
from resolver.model import PLACE_TYPES, Change, Entity, Match, Tenure, Version
from resolver.service.related import offices_of
from resolver.service.texts import LANGUAGES, texts

__all__ = ["entity_page", "has_picture", "picture_of", "preview_page", "render"]

_MOST_CHANGES = 60
"""Most changes and tenures in one list of a page; the others are counted, and the history as JSON has all."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change in the list of a page, with the other entity as it was then."""

    change: Change
    entity: Entity | None


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("resolver.service", "templates"),
        autoescape=select_autoescape(default=True),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    templates.filters["day"] = _day
    return templates


@pass_context
def _day(context: Context, text: str) -> str:
    """Return a day as people read it: one that is not known exactly lies between two days."""
    return context["t"]["between"].format(*text.split("/")) if "/" in text else text


def render(template: str, language: str, **values: Any) -> str:
    """Return a template of this package filled with values and with the words of a language; texts are escaped."""
    shared = {"t": texts(language), "language": language, "languages": LANGUAGES}
    return _templates().get_template(template).render(**shared, **values)


def preview_page(resolver: Resolver, id_: str, base: str, language: str) -> str:
    """Return a small page about an entity. Raises UsageError where the id is unknown."""
    return render("preview.html", language, match=_match(resolver, id_, language), base=base)


def entity_page(resolver: Resolver, id_: str, base: str, language: str) -> str:
    """Return the page about an entity. Raises UsageError where the id is unknown."""
    match = _match(resolver, id_, language)
    assert match.entity is not None  # an id as a mention is its entity
    history = resolver.history(id_, language=language)
    changes = list(_changes(history))
    return render(
        "entity.html",
        language,
        base=base,
        match=match,
        history=history,
        versions=[(one, _parent(resolver, one, language)) for one in history.versions],
        names=_names(history),
        identifiers=resolver.identifiers(match.entity.id),
        changes=changes[:_MOST_CHANGES],
        more=max(len(changes) - _MOST_CHANGES, 0),
        tenures=history.tenures,
        held_offices=_held_offices(resolver, match.entity, language),
        has_picture=has_picture(history),
    )


def has_picture(history: History) -> bool:
    """Return whether an entity has a lineage to draw: a place that merged, was split or changed."""
    return history.entity.type in PLACE_TYPES and bool(history.before or history.after or history.own)


def picture_of(resolver: Resolver, id_: str, language: str) -> str:
    """Return the lineage of a place as SVG. Raises UsageError for an unknown id, and for anything but a place."""
    resolver.entity(id_)
    return picture(resolver.history(id_, language=language))


def _match(resolver: Resolver, id_: str, language: str) -> Match:
    resolver.entity(id_)
    return resolver.resolve(id_, language=language)


def _parent(resolver: Resolver, version: Version, language: str) -> str:
    """Return the parent of a version, as it was then."""
    if not version.parent_id:
        return ""
    parent = resolver.entity(version.parent_id, date=version.valid_from.partition("/")[0] or None, language=language)
    return parent.path or parent.name


def _names(history: History) -> Mapping[str, list[str]]:
    """Return the names of an entity by language, those of its versions first, each spelling once."""
    found: dict[str, dict[str, None]] = {}
    spelt = [(one.language, one.name) for one in reversed(history.versions)]
    for language, text in [*spelt, *((one.language, one.text) for one in history.names)]:
        found.setdefault(language, {})[text] = None
    order = {language: place for place, language in enumerate(LANGUAGES)}
    return {tag: list(found[tag]) for tag in sorted(found, key=lambda tag: (order.get(tag, len(order)), tag))}


def _changes(history: History) -> Iterator[Told]:
    """Yield the changes to and from an entity and its own, in the order of time."""
    steps: list[Step] = [*history.before, *history.after]
    told = [Told(step.change, step.entity) for step in steps] + [Told(change, None) for change in history.own]
    yield from sorted(told, key=lambda one: one.change.date)


def _held_offices(resolver: Resolver, entity: Entity, language: str) -> list[tuple[Entity, tuple[Tenure, ...]]]:
    """Return the offices of a place or an organisation with their holders, the latest first."""
    if entity.type not in (*PLACE_TYPES, "organisation"):
        return []
    found = []
    for id_ in offices_of(entity.id)[:_MOST_CHANGES]:
        history = resolver.history(id_, language=language)
        latest = sorted(history.tenures, key=lambda one: one.valid_from or max(one.attested, default=""), reverse=True)
        found.append((history.entity, tuple(latest)))
    return sorted(found, key=lambda one: not one[1])
