"""Whether the evidence holds: every text is the one that was read, and every fragment stands in its lines.

The words of these rules stand in ``shapes/texts.ttl``. A text that is not there is one warning, however many claims
rest on it: their evidence could not be verified, which is not the same as being wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Store

from rzgraph.checks.findings import Finding, Locator, make_finding
from rzgraph.checks.rules import Rule, read_rules
from rzgraph.errors import InputError, RzgraphError
from rzgraph.namespaces import rz
from rzgraph.settings import Project
from rzgraph.sources import MOST_WORDS, SourceText, count_words, fragment_in_lines, read_lines, read_source

FOLDER = "SourceDocument-folder"
TEXT = "SourceDocument-text"
CHECKSUM = "SourceDocument-checksum"
LINES = "Claim-lines-in-text"
FRAGMENT = "Claim-fragment-in-lines"


@dataclass
class Evidence:
    """What came of checking the evidence: findings, and how much could be verified."""

    findings: list[Finding] = field(default_factory=list)
    documents: int = 0
    texts: int = 0
    claims: int = 0
    verified: int = 0


def check_evidence(store: Store, project: Project) -> Evidence:
    """Check the texts, lines and fragments, and count what was verified.

    Parameters
    ----------
    store
        With the catalogue and the claims; facts are not needed.
    project
        Says where the texts are.
    """
    checker = _Checker(store, project, read_rules(project), Locator(store, project))
    evidence = Evidence()
    named = [quad.subject for quad in store.quads_for_pattern(None, rz("fileName"), None)]
    documents = sorted({node.value for node in named if isinstance(node, NamedNode)})
    folder = project.sources.is_dir()
    if not folder:
        evidence.findings.append(checker.report(FOLDER, str(project.sources), value=str(project.sources)))
    for document in documents:
        evidence.documents += 1
        text = checker.read_text(evidence, document) if folder else None
        evidence.texts += text is not None
        for claim, fragment in checker.claims_of(document):
            evidence.claims += 1
            if text is not None:
                found = list(checker.check_claim(claim, fragment, text))
                evidence.findings += found
                evidence.verified += not found
    evidence.findings.sort(key=Finding.sort_key)
    return evidence


@dataclass(frozen=True)
class _Checker:
    store: Store
    project: Project
    rules: dict[str, Rule]
    locator: Locator

    def report(self, rule: str, subject: str, predicate: str = "", **values: str | RzgraphError) -> Finding:
        return make_finding(self.rules[rule], self.locator, subject, predicate, values)

    def claims_of(self, document: str) -> Iterator[tuple[str, str]]:
        """Give every claim of a document and its fragment, claims in order of their name."""
        pairs = {
            (quad.subject.value, quad.object.value)
            for ledger in self.locator.values(document, rz("ledger"))
            for quad in self.store.quads_for_pattern(None, rz("fragment"), None, NamedNode(ledger))
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }
        yield from sorted(pairs)

    def read_text(self, evidence: Evidence, document: str) -> SourceText | None:
        name = self.locator.values(document, rz("fileName"))[0]
        # A file name is a name, not a path: nothing outside the folder is read. The shapes report it.
        if "/" in name or "\\" in name:
            return None
        try:
            text = read_source(self.project.sources / name)
        except InputError as error:
            evidence.findings.append(self.report(TEXT, document, rz("fileName").value, value=error))
            return None
        checksums = [
            value for value in self.locator.values(document, rz("sha256")) if re.fullmatch("[0-9a-f]{64}", value)
        ]
        if checksums and text.sha256 not in checksums:
            evidence.findings.append(self.report(CHECKSUM, document, rz("sha256").value, value=text.sha256))
        return text

    def check_claim(self, claim: str, fragment: str, text: SourceText) -> Iterator[Finding]:
        """Check one claim; lines and fragments that are not well-formed are reported by the shapes."""
        for written in self.locator.values(claim, rz("lines"))[:1]:
            numbers = read_lines(written)
            if not numbers or not 1 <= count_words(fragment) <= MOST_WORDS:
                return
            last = len(text.lines)
            if numbers[1] > last:
                yield self.report(LINES, claim, rz("lines").value, value=written, last=str(last))
            elif not fragment_in_lines(text.lines, *numbers, fragment):
                yield self.report(FRAGMENT, claim, rz("fragment").value, value=fragment, lines=written)
