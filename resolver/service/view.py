"""What a page about an entity shows: its facts, laid out; the HTML is in ``templates``."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from resolver.engine.resolver import Resolver
from resolver.history.history import History
from resolver.history.lineage_svg import picture
from resolver.model import PLACE_TYPES, Match

__all__ = ["entity_page", "preview_page", "render"]


@cache
def _templates() -> Environment:
    loader = PackageLoader("resolver.service", "templates")
    return Environment(loader=loader, autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True)


def render(template: str, **values: Any) -> str:
    """Return a template of this package filled with values; texts are escaped."""
    return _templates().get_template(template).render(**values)


def preview_page(resolver: Resolver, id_: str, base: str) -> str:
    """Return a small page about an entity. Raises UsageError where the id is unknown."""
    return render("preview.html", match=_match(resolver, id_), base=base)


def entity_page(resolver: Resolver, id_: str, base: str, language: str) -> str:
    """Return the page about an entity. Raises UsageError where the id is unknown."""
    match = _match(resolver, id_, language)
    history = resolver.history(id_, language=language or None)
    return render("entity.html", match=match, history=history, picture=_picture(history), base=base)


def _match(resolver: Resolver, id_: str, language: str = "") -> Match:
    resolver.entity(id_)
    return resolver.resolve(id_, language=language or None)


def _picture(history: History) -> str:
    if history.entity.type not in PLACE_TYPES or not (history.before or history.after or history.own):
        return ""
    return picture(history)
