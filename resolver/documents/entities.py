"""The entities named in documents: a table with their counts, and a graph of those named together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from resolver.annotation.mentions import Annotation
from resolver.atomic import Sink
from resolver.tables.formats import table_writer

__all__ = ["COLUMNS", "Entities", "Named"]

COLUMNS = ("id", "name", "kind", "status", "mentions", "documents", "by_document", "path")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERS = frozenset({COLUMNS.index("mentions"), COLUMNS.index("documents")})
_MOST_TOGETHER = 200
"""Most entities of a document whose pairs are counted, the most frequent ones: pairs grow with the square."""


class Named:
    """An entity, or a person whom the gazetteer does not know, and how often each document names it."""

    __slots__ = ("by_document", "kind", "name", "path", "status")

    def __init__(self, name: str, kind: str, status: str, path: str) -> None:
        self.name = name
        self.kind = kind
        self.status = status
        self.path = path
        self.by_document: Counter[str] = Counter()


class Entities:
    """Counts the entities that documents name; an unknown person is counted separately in each document."""

    def __init__(self) -> None:
        self.named: dict[str, Named] = {}
        self._of_document: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, document: str, mark: Annotation) -> None:
        """Count a name; an ambiguous one is not counted."""
        entity = mark.match.entity
        if entity is None and mark.kind != "person":
            return
        key = entity.id if entity else f"{document}#{mark.cluster}"
        known = self.named.get(key)
        if known is None:
            name, path = (entity.name, entity.path) if entity else (mark.text, "")
            known = Named(name, mark.kind, mark.match.status, path)
            self.named[key] = known
        known.by_document[document] += 1
        self._of_document[document][key] += 1

    def write(self, sink: Sink, path: str | Path) -> None:
        """Write the table, or the graph if the file's name ends in ``.graphml``."""
        if Path(path).suffix.lower() == ".graphml":
            self._write_graph(sink)
        else:
            self._write_table(sink, path)

    def _write_table(self, sink: Sink, path: str | Path) -> None:
        with table_writer(path, sink) as writer:
            writer.begin(COLUMNS, _NUMBERS)
            for row in self._rows():
                writer.write(row)

    def _rows(self) -> Iterator[list[str]]:
        """Yield the row of each entity, the most frequent first."""
        for key, one in sorted(self.named.items(), key=lambda item: (-item[1].by_document.total(), item[0])):
            by_document = "|".join(f"{document}:{count}" for document, count in one.by_document.most_common())
            counts = (str(one.by_document.total()), str(len(one.by_document)), by_document)
            yield [key if one.status == "matched" else "", one.name, one.kind, one.status, *counts, one.path]

    def _write_graph(self, sink: Sink) -> None:
        """Write GraphML: a node for each entity, an edge between two with the number of documents that name both."""
        together: Counter[tuple[str, str]] = Counter()
        for counted in self._of_document.values():
            most = sorted(key for key, _ in counted.most_common(_MOST_TOGETHER))
            together.update(combinations(most, 2))
        sink.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for name, of, type_ in (
            ("name", "node", "string"),
            ("kind", "node", "string"),
            ("mentions", "node", "int"),
            ("documents", "node", "int"),
            ("weight", "edge", "int"),
        ):
            sink.write(f'  <key id="{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n')
        sink.write('  <graph edgedefault="undirected">\n')
        for key, one in sorted(self.named.items()):
            data = {
                "name": one.name,
                "kind": one.kind,
                "mentions": one.by_document.total(),
                "documents": len(one.by_document),
            }
            told = "".join(f'<data key="{name}">{escape(_legal(str(value)))}</data>' for name, value in data.items())
            sink.write(f"    <node id={quoteattr(_legal(key))}>{told}</node>\n")
        for (one_key, other), count in sorted(together.items()):
            ends = f"source={quoteattr(_legal(one_key))} target={quoteattr(_legal(other))}"
            sink.write(f'    <edge {ends}><data key="weight">{count}</data></edge>\n')
        sink.write("  </graph>\n</graphml>\n")


def _legal(text: str) -> str:
    """Return a text without the characters that XML does not allow."""
    return _NOT_XML.sub("", text)
