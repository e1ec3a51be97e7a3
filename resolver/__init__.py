"""Entity resolution and name normalisation for Vietnam and Cambodia.

>>> from resolver import Resolver
>>> Resolver().resolve("Kam Pốt", type="province").entity.id
'kh-province-kampot'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .annotation.mentions import Annotation
    from .clustering.cluster import Clustered, cluster
    from .clustering.cluster_frame import cluster_frame
    from .engine.resolver import Resolver
    from .errors import GazetteerError, InputError, OutputError, ResolverError, StaleGazetteerWarning, UsageError
    from .model import (
        Candidate,
        Change,
        Conversion,
        Entity,
        Evidence,
        Identifier,
        Match,
        Mention,
        Name,
        Place,
        Portion,
        Tenure,
        Version,
    )
    from .people.name_comparison import Comparison, compare_names
    from .tables.aggregation import Aggregation, Entry, Refusal, Total, aggregate
    from .tables.dataframes import convert_frame, normalize_frame

    __version__: str

__all__ = [
    "Aggregation",
    "Annotation",
    "Candidate",
    "Change",
    "Clustered",
    "Comparison",
    "Conversion",
    "Entity",
    "Entry",
    "Evidence",
    "GazetteerError",
    "Identifier",
    "InputError",
    "Match",
    "Mention",
    "Name",
    "OutputError",
    "Place",
    "Portion",
    "Refusal",
    "Resolver",
    "ResolverError",
    "StaleGazetteerWarning",
    "Tenure",
    "Total",
    "UsageError",
    "Version",
    "__version__",
    "aggregate",
    "cluster",
    "cluster_frame",
    "compare_names",
    "convert_frame",
    "normalize_frame",
]

_MODULES = (
    {"Resolver": "engine.resolver", "Annotation": "annotation.mentions", "cluster_frame": "clustering.cluster_frame"}
    | dict.fromkeys(("convert_frame", "normalize_frame"), "tables.dataframes")
    | dict.fromkeys(("Aggregation", "Entry", "Refusal", "Total", "aggregate"), "tables.aggregation")
    | dict.fromkeys(("Clustered", "cluster"), "clustering.cluster")
    | dict.fromkeys(("Comparison", "compare_names"), "people.name_comparison")
    | dict.fromkeys(
        ("GazetteerError", "InputError", "OutputError", "ResolverError", "StaleGazetteerWarning", "UsageError"),
        "errors",
    )
)


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``import resolver`` loads neither numpy nor pandas."""
    if name == "__version__":
        from importlib.metadata import version  # noqa: PLC0415  (slow and rarely needed)

        return version("resolver-vnkh")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f".{_MODULES.get(name, 'model')}", __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
