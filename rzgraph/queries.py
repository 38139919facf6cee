"""Questions as files: reading ``.rq`` files with their headers, binding parameters, running them.

The header stands in ``#+`` lines (grlc style) and is YAML: summary, description, titles, descriptions, reader,
params, columns. A parameter ``body`` is the variable ``?_body_iri``; ``at`` is ``?_at_date``. Parameters are bound by
the engine, never pasted into the text; the engine wants them in the projection, and answers leave them out again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from rzgraph.errors import InputError

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple
Row = dict[str, Term | None]


@dataclass(frozen=True)
class Question:
    """A query file and what its header says.

    Attributes
    ----------
    name
        The file name without ``.rq``.
    params
        Parameter name to its label per language, in the order of the header.
    columns
        Column name to its label per language, in the order of the header.
    """

    name: str
    path: Path
    text: str
    header: Mapping[str, Any]

    @property
    def titles(self) -> dict[str, str]:
        """The title per language."""
        return dict(self.header.get("titles") or {})

    @property
    def descriptions(self) -> dict[str, str]:
        """The description per language."""
        return dict(self.header.get("descriptions") or {})

    @property
    def reader(self) -> str:
        """The reader the question is meant for."""
        return str(self.header.get("reader", ""))

    @property
    def params(self) -> dict[str, dict[str, str]]:
        """The parameters and their labels."""
        return dict(self.header.get("params") or {})

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """The columns and their labels."""
        return dict(self.header.get("columns") or {})


@dataclass(frozen=True)
class Answer:
    """Rows of terms under named columns, in the order the query gives."""

    columns: tuple[str, ...]
    rows: list[Row]


@lru_cache(maxsize=512)
def read_question(path: Path) -> Question:
    """Read a query file with its header.

    Raises
    ------
    InputError
        When the file is missing, or its header is not YAML.
    """
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
        # The C parser is twenty times faster; both are the safe loader, which makes plain values only.
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        header = yaml.load("\n".join(lines), Loader=loader)  # noqa: S506
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("error.query-not-read", path=path, reason=error) from None
    except yaml.YAMLError as error:
        raise InputError("error.header-not-yaml", path=path, reason=" ".join(str(error).split())) from None
    return Question(path.stem, path, text, header if isinstance(header, dict) else {})


def list_questions(folder: Path) -> list[Question]:
    """Return the questions of a folder, by name."""
    return [read_question(path) for path in sorted(folder.glob("*.rq"))]


def run_question(store: ox.Store, question: Question, bindings: Mapping[str, Term] | None = None) -> Answer:
    """Run a SELECT question over the union of all graphs.

    Parameters
    ----------
    store
        From `rzgraph.facts.open_store`.
    question
        From `read_question`.
    bindings
        Variable name (without ``?``) to term.

    Raises
    ------
    InputError
        When the query is not valid SPARQL, or not a SELECT.
    """
    substitutions = {ox.Variable(name): value for name, value in (bindings or {}).items()}
    try:
        solutions = store.query(question.text, use_default_graph_as_union=True, substitutions=substitutions)
        if not isinstance(solutions, ox.QuerySolutions):
            raise InputError("error.not-select", path=question.path)
        columns = tuple(v.value for v in solutions.variables if not v.value.startswith("_"))
        return Answer(columns, [{name: solution[name] for name in columns} for solution in solutions])
    except (SyntaxError, RuntimeError, OSError) as error:
        raise InputError("error.query-not-run", path=question.path, reason=error) from None
