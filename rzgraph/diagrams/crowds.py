"""Where things stand around the middle of a drawing, and which become one box where there are more than can be read."""

from collections.abc import Sequence
from dataclasses import replace

from rzgraph.diagrams.ties import Ego, Tie
from rzgraph.namespaces import kind_of

#: More boxes than this cannot be read: the rest is grouped.
MOST = 60


def choose_columns(centre: str, ties: Sequence[Tie]) -> dict[str, int]:
    """Return the column of each thing: people with their bodies or parties to the right, the rest to the left."""
    column_of = {centre: 0}
    around = {tie.other(centre): tie for tie in ties if centre in (tie.source, tie.target)}
    beyond = {end for tie in ties if centre not in (tie.source, tie.target) for end in (tie.source, tie.target)}
    has_people = any(name_kind(iri) != "body" for iri in around)
    for iri, tie in sorted(around.items()):
        kind = name_kind(iri)
        if kind_of(centre) == "person":
            column_of[iri] = 1 if kind == "body" else -1
        elif kind in ("person", "office"):
            column_of[iri] = 1
        elif iri in beyond:
            column_of[iri] = 2
        elif kind_of(centre) == "body":
            column_of[iri] = -1 if kind == "body" and (has_people or tie.source == centre) else 1
        else:
            column_of[iri] = -1
    for iri in beyond - column_of.keys():
        column_of[iri] = 2
    return column_of


def name_kind(iri: str) -> str:
    """Return the kind of a thing, or of the things in a group."""
    return iri.split(" ")[1] if iri.startswith("group ") else kind_of(iri)


def group_ties(ego: Ego) -> tuple[list[Tie], dict[str, list[str]]]:
    """Return the ties of a drawing, and the groups in it with their members.

    Where there are too many things, those that hang alike from one other thing become one: first those tied in the
    same way, then those of the same kind, the largest groups first.
    """
    ties, groups = list(ego.ties), dict[str, list[str]]()
    count = len(ego.things)
    for is_strict in (True, False):
        alike = _find_alike(ties, ego.centre, is_strict)
        for (_, kind, *_), members in sorted(alike.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            if count <= MOST or len(members) < 2:
                break
            group = f"group {kind} {len(groups) + 1}"
            groups[group] = members
            inside = dict.fromkeys(members, group)
            ties = [
                replace(tie, source=inside.get(tie.source, tie.source), target=inside.get(tie.target, tie.target))
                for tie in ties
            ]
            count -= len(members) - 1
    return ties, groups


def _find_alike(ties: Sequence[Tie], centre: str, is_strict: bool) -> dict[tuple[str, ...], list[str]]:
    """Return things that hang from one other thing only, by that thing, their kind and how they are tied to it."""
    touching: dict[str, list[Tie]] = {}
    for tie in ties:
        for end in (tie.source, tie.target):
            touching.setdefault(end, []).append(tie)
    alike: dict[tuple[str, ...], list[str]] = {}
    for iri, own in sorted(touching.items()):
        others = {tie.other(iri) for tie in own}
        if iri != centre and len(others) == 1 and not iri.startswith("group "):
            said = sorted(f"{tie.sort} {tie.what} {tie.standing}" for tie in own) if is_strict else []
            alike.setdefault((*others, kind_of(iri), *said), []).append(iri)
    return alike
