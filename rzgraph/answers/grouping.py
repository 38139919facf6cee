"""Rows for people: one group per fact, its evidence beside it.

Questions give one row per supporting claim, which is right for machines. A reader wants one line per fact with its
sources. The header of a query says which columns are the key of a group (``key: true``); without one, every column
outside the evidence counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rzgraph.queries import Answer, Row, Term

#: The columns that say where a row was read.
EVIDENCE = ("claim", "basis", "document", "file", "lines", "fragment")

Columns = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Evidence:
    """Where a claim was read; texts are empty where the answer does not give them."""

    claim: str
    basis: str
    document: str
    file: str
    lines: str
    fragment: str


@dataclass(frozen=True)
class Group:
    """One fact of an answer: its distinct values per column, and every claim that carries it."""

    cells: dict[str, tuple[Term, ...]]
    evidence: tuple[Evidence, ...]


def group_rows(answer: Answer, columns: Columns | None = None) -> list[Group]:
    """Return the rows of an answer grouped by fact, in the order in which the facts first appear.

    Parameters
    ----------
    answer
        From `rzgraph.queries.run_question`.
    columns
        The columns of the question's header, with their keys.
    """
    with_evidence = "claim" in answer.columns
    shown = [name for name in answer.columns if not (with_evidence and name in EVIDENCE)]
    key = _find_key(answer, columns or {}, shown)
    groups: dict[tuple[Term | None, ...], list[Row]] = {}
    for row in answer.rows:
        groups.setdefault(tuple(row[name] for name in key), []).append(row)
    return [_merge(rows, shown, with_evidence) for rows in groups.values()]


def _find_key(answer: Answer, columns: Columns, shown: list[str]) -> list[str]:
    flagged = [name for name in answer.columns if columns.get(name, {}).get("key")]
    if flagged:
        return [name for name in ("entity",) if name in answer.columns] + flagged
    # The claim keeps rows apart that say the same in another place.
    return shown + [name for name in ("claim",) if name in answer.columns]


def _merge(rows: list[Row], shown: list[str], with_evidence: bool) -> Group:
    cells = {name: tuple(dict.fromkeys(value for row in rows if (value := row[name]) is not None)) for name in shown}
    evidence = dict.fromkeys(_read_evidence(row) for row in rows) if with_evidence else ()
    return Group(cells, tuple(evidence))


def _read_evidence(row: Row) -> Evidence:
    values = (row.get(name) for name in EVIDENCE)
    return Evidence(*(getattr(value, "value", "") for value in values))
