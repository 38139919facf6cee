"""Every node of the graph with its properties, read in one pass, so that pages need no query of their own.

In goes the store; out comes one look-up of subject, property and values, with the way back from a value to the
nodes that name it. Values come in a fixed order.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

from rzgraph.namespaces import kind_of, term

Value = NamedNode | Literal | BlankNode | Triple


@lru_cache(maxsize=512)
def iri_of(prefixed: str) -> str:
    """Return the full IRI of a term written as ``prefix:name``."""
    return term(prefixed).value


@dataclass(frozen=True)
class Things:
    """All nodes of a store.

    Attributes
    ----------
    properties
        Subject IRI to property IRI to values, sorted.
    named_by
        IRI to the subjects that name it in any property, sorted.
    """

    properties: dict[str, dict[str, tuple[Value, ...]]]
    named_by: dict[str, tuple[str, ...]]

    def values(self, iri: str, prefixed: str) -> tuple[Value, ...]:
        """Return the values of a property of a node, none when it has none."""
        return self.properties.get(iri, {}).get(iri_of(prefixed), ())

    def links(self, iri: str, prefixed: str) -> list[str]:
        """Return the IRIs a property of a node points at."""
        return [value.value for value in self.values(iri, prefixed) if isinstance(value, NamedNode)]

    def text(self, iri: str, prefixed: str, lang: str = "") -> str:
        """Return one text of a property, in the language asked for where there is a choice; else an empty one."""
        texts = [value for value in self.values(iri, prefixed) if not isinstance(value, Triple)]
        chosen = [text for text in texts if isinstance(text, Literal) and text.language == lang]
        return (chosen or texts)[0].value if texts else ""

    def of_class(self, prefixed: str) -> list[str]:
        """Return the nodes that are said to be of a class, by IRI."""
        wanted = iri_of(prefixed)
        return [iri for iri in self.named_by.get(wanted, ()) if wanted in self.links(iri, "rdf:type")]

    def of_kind(self, kind: str) -> list[str]:
        """Return the things whose IRI is of a kind and that say of what class they are, by IRI."""
        return sorted(iri for iri in self.properties if kind_of(iri) == kind and self.values(iri, "rdf:type"))


def read_things(store: Store) -> Things:
    """Read every node of a store, over all its graphs."""
    properties: dict[str, dict[str, set[Value]]] = defaultdict(lambda: defaultdict(set))
    named_by: dict[str, set[str]] = defaultdict(set)
    for subject, predicate, value, _ in store:
        if isinstance(subject, NamedNode):
            properties[subject.value][predicate.value].add(value)
            if isinstance(value, NamedNode):
                named_by[value.value].add(subject.value)
    return Things(
        {
            subject: {predicate: sort_values(values) for predicate, values in sorted(found.items())}
            for subject, found in sorted(properties.items())
        },
        {iri: tuple(sorted(subjects)) for iri, subjects in named_by.items()},
    )


def sort_values(values: Iterable[Value]) -> tuple[Value, ...]:
    """Return values in a fixed order: by their written form."""
    return tuple(sorted(values, key=str))
