"""The command that proposes candidate claims for a document nobody has read yet.

They are written where no output reads them. A file a curator has worked in is never overwritten: the first line of
each file keeps the SHA-256 of what was proposed, so that a change of one sign is seen.
"""

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import TextIO

from pyoxigraph import Literal

from rzgraph.answers.tables import write_answer
from rzgraph.candidates.draft import Draft, draft_candidates, name_file
from rzgraph.candidates.housestyle import make_slug
from rzgraph.candidates.known import load_known
from rzgraph.errors import InputError, UsageError
from rzgraph.facts import open_store
from rzgraph.labels import load_labels
from rzgraph.messages import message
from rzgraph.namespaces import rz
from rzgraph.queries import Answer, Row
from rzgraph.reading.register import ask_rows
from rzgraph.settings import Project
from rzgraph.sources import SourceText, fold, read_source

#: The largest text, in bytes: fifty times the longest of the documents.
MOST_BYTES = 5_000_000
_MARK = re.compile(r"# (?P<words>.*) \(SHA-256 (?P<sum>[0-9a-f]{64})\)\n")
# Signs that no text holds, form feeds and the marks of old files aside.
_BINARY = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")
_SLUG = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def run_new(
    project: Project,
    path: Path,
    slug: str | None,
    to: Path | None,
    force: bool,
    lang: str,
    form: str,
    stream: TextIO,
    notes: TextIO,
) -> int:
    """Write candidates for a text, and say how many and what to do next; return the exit code.

    Parameters
    ----------
    project
        Whose register is looked for in the text.
    path
        The text.
    slug
        What the document will be called; after its file when None.
    to
        Where to write; ``candidates`` in the data folder when None.
    force
        Whether to overwrite what a curator has worked in.
    lang, form
        Language and form of the rows.
    stream, notes
        Where the rows go, and what is said about them.

    Raises
    ------
    UsageError
        When the document is in the catalogue already, its slug cannot be used, the folder is part of the graph, or a
        file there was changed by hand.
    InputError
        When the text cannot be read, holds nothing or is no text, or the files cannot be written.
    """
    source = read_new(path)
    slug = make_slug(path.stem) if slug is None else slug
    folder = to.resolve() if to else project.candidates
    _refuse_folder(project, folder, to)
    store = open_store(project)
    _refuse_known(ask_rows(store, project, "documents"), source, slug)
    draft = draft_candidates(source, path, slug, load_known(store, project), project)
    files = {folder / f"{slug}.ttl": draft.ledger, folder / f"{slug}.register.ttl": draft.needs}
    if not force:
        for file in files:
            _refuse_changed(file)
    for file, content in files.items():
        _write(file, _sign(content, path.name))
    names = ("sort", "candidates", "complete")
    columns = {name: {tag: message(f"candidates.column-{name}", tag) for tag in ("nl", "en")} for name in names}
    columns["sort"]["thing"] = "class"
    write_answer(Answer(names, count_candidates(draft)), load_labels(store), lang, form, stream, columns)
    ledger, needs = (str(file) for file in files)
    words = {"ledger": ledger, "needs": needs, "slug": slug, "file": name_file(path, slug), "sources": project.sources}
    for key in ("written", "step-text", "step-document", "step-register", "step-claims", "step-check", "step-cover"):
        notes.write(message(f"candidates.{key}", lang, **words) + "\n")
    return 0


def read_new(path: Path) -> SourceText:
    """Return the text of a new document.

    Raises
    ------
    InputError
        When it cannot be read, is too large, holds nothing, or is no text.
    """
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError("error.not-read", path=path, reason=error.strerror or error) from None
    if size > MOST_BYTES:
        raise InputError("error.text-too-large", path=path, bytes=size, most=MOST_BYTES)
    source = read_source(path)
    if any(_BINARY.search(line) for line in source.lines):
        raise InputError("error.not-a-text", path=path)
    if not any(fold(line) for line in source.lines):
        raise InputError("error.empty-text", path=path)
    return source


def _refuse_known(documents: list[dict[str, str]], source: SourceText, slug: str) -> None:
    if not _SLUG.fullmatch(slug):
        raise UsageError("error.no-slug", slug=slug)
    for row in documents:
        name = row["document"].rpartition("/")[2]
        if row["sha256"] == source.sha256:
            raise UsageError("error.document-known", document=name)
        if name == slug:
            raise UsageError("error.slug-taken", slug=slug)


def _refuse_folder(project: Project, folder: Path, to: Path | None) -> None:
    """Refuse a folder whose Turtle is read as part of the graph."""
    inside = any(folder.is_relative_to(part) for part in (project.data, project.ontology, project.shapes))
    if inside and not folder.is_relative_to(project.candidates):
        raise UsageError("error.folder-of-graph", folder=to or folder)


def _refuse_changed(file: Path) -> None:
    try:
        content = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("error.not-read", path=file, reason=error) from None
    found = _MARK.match(content)
    if not found or found["sum"] != _sum(content[found.end() :]):
        raise UsageError("error.candidates-changed", path=file)


def _sign(content: str, name: str) -> str:
    words = " ".join(message("candidates.head", "nl", file=fold(name)).split())
    return f"# {words} (SHA-256 {_sum(content)})\n{content}"


def _sum(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _write(file: Path, content: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError("error.not-written", path=file, reason=error.strerror or error) from None


def count_candidates(draft: Draft) -> list[Row]:
    """Return a row per class of claim and of entry: how many are proposed, and how many need nothing more."""
    counts = Counter([candidate.cls for _, candidate in draft.claims] + [entry.cls for entry in draft.entries])
    complete = Counter([candidate.cls for _, candidate in draft.claims if not candidate.note])
    complete += Counter([entry.cls for entry in draft.entries if entry.complete])
    return [
        {"sort": rz(name), "candidates": Literal(counts[name]), "complete": Literal(complete[name])}
        for name in sorted(counts)
    ]
