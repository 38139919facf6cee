"""Names of everything in the graph, in each language: one look-up, so that questions need not join labels."""

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.namespaces import slug_of, term

# A name for people: the preferred label of things and codes, the label of terms, the title of documents.
_LABEL_PROPERTIES = ("dcterms:title", "rdfs:label", "skos:prefLabel")


@dataclass(frozen=True)
class Labels:
    """The labels of a store, by IRI and language."""

    by_iri: dict[str, dict[str, str]]

    def label(self, iri: str, lang: str) -> str:
        """Return the label in a language, else in any other, else the slug."""
        labels = self.by_iri.get(iri)
        if not labels:
            return slug_of(iri)
        return labels.get(lang) or labels[min(labels)]


def load_labels(store: Store) -> Labels:
    """Read every label of a store."""
    by_iri: dict[str, dict[str, str]] = {}
    for name in _LABEL_PROPERTIES:
        found: dict[tuple[str, str], list[str]] = {}
        for quad in store.quads_for_pattern(None, term(name), None):
            text = quad.object
            if isinstance(text, Literal) and isinstance(quad.subject, NamedNode):
                found.setdefault((quad.subject.value, text.language or ""), []).append(text.value)
        # Two labels in one language are an error of the data; until it is mended the first by alphabet counts.
        for (iri, lang), texts in found.items():
            by_iri.setdefault(iri, {})[lang] = min(texts)
    return Labels(by_iri)
