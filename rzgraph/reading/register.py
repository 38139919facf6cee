"""What the graph knows that helps to read a text: names and their kinds, and words that give a kind away.

Which names are looked for, and how, is asked by ``queries/coverage``.
"""

from pyoxigraph import NamedNode, Store

from rzgraph.namespaces import rz
from rzgraph.queries import read_question, run_question
from rzgraph.reading.lines import Found
from rzgraph.reading.naming import Gazetteer, Name, split_tokens
from rzgraph.settings import Project

#: The kinds of places, by the word of the option, in the order a name of two kinds is counted.
KINDS = {
    "persons": rz("Person"),
    "organisations": rz("Party"),
    "bodies": rz("Body"),
    "programmes": rz("Programme"),
    "amounts": rz("Amount"),
    "numbers": rz("Number"),
    "percentages": rz("Percentage"),
    "dates": rz("Date"),
    "urls": rz("Url"),
}
#: The kinds that are kinds of names.
NAMES = ("persons", "organisations", "bodies", "programmes")


def ask_rows(store: Store, project: Project, name: str) -> list[dict[str, str]]:
    """Return the rows of a question of ``queries/coverage`` as texts, empty where there is no value."""
    answer = run_question(store, read_question(project.queries / "coverage" / f"{name}.rq"))
    return [{column: getattr(value, "value", "") for column, value in row.items()} for row in answer.rows]


class Register:
    """The names that are looked for.

    Attributes
    ----------
    names, gazetteer
        All of them, and ready to be looked for.
    titles
        Words after which a person's name follows.
    own
        The things whose names are in our own words: a figure in such a name is a figure all the same.
    """

    def __init__(self, store: Store, project: Project) -> None:
        names = ask_rows(store, project, "names")
        self._kinds = {row["thing"]: row["kind"] for row in names}
        self.names = [Name(row["thing"], row["name"], row["capitals"]) for row in names]
        self.gazetteer = Gazetteer(self.names)
        self.own = frozenset(row["thing"] for row in names if row["own"] == "true")
        cues = ask_rows(store, project, "cues")
        self.titles = sorted(row["word"] for row in cues if row["kind"] == KINDS["persons"].value)
        self._bodies = {row["word"] for row in cues if row["kind"] == KINDS["bodies"].value}

    def kind(self, found: Found) -> NamedNode | None:
        """Return the kind of a name, guessed by its words where it is unknown; None for one nobody asks for."""
        if found.keys:
            named = {self._kinds[key] for key in found.keys}
            return next((KINDS[name] for name in NAMES if KINDS[name].value in named), None)
        if found.person:
            return KINDS["persons"]
        return KINDS["bodies" if self._bodies & set(split_tokens(found.words)) else "organisations"]

    def names_in(self, text: str) -> frozenset[str]:
        """Return all that a text on one line names."""
        return frozenset(key for _, _, keys in self.gazetteer.find(text) for key in keys)
