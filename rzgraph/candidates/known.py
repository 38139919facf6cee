"""What the graph knows that a candidate takes over: classes, kinds, spellings of the register, and known addresses."""

from dataclasses import dataclass

from pyoxigraph import Store

from rzgraph.namespaces import slug_of
from rzgraph.queries import read_question, run_question
from rzgraph.reading.naming import split_tokens
from rzgraph.reading.register import Register
from rzgraph.settings import Project


@dataclass(frozen=True)
class Known:
    """The register as a candidate needs it.

    Attributes
    ----------
    register
        The names that are looked for.
    classes, kinds
        Per thing its class, and the codes of its kind.
    spellings
        Per thing and words the spelling of the register.
    addresses
        Per web address the document it leads to.
    """

    register: Register
    classes: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    spellings: dict[tuple[str, tuple[str, ...]], str]
    addresses: dict[str, str]

    def spell(self, thing: str, written: str) -> str:
        """Return a name as written, with the spaces of the register: a line break leaves none or too many."""
        known = self.spellings.get((thing, split_tokens(written)), written)
        signs = [sign for sign in written if not sign.isspace()]
        if len(signs) != sum(not sign.isspace() for sign in known):
            return written
        rest = iter(signs)
        return "".join(sign if sign.isspace() else next(rest) for sign in known)


def load_known(store: Store, project: Project) -> Known:
    """Ask the graph for all that candidates take over."""
    register = Register(store, project)
    classes: dict[str, str] = {}
    kinds: dict[str, list[str]] = {}
    for row in _ask(store, project, "things"):
        # A group of parties is a party too: the class that is asked for first by name.
        classes.setdefault(row["thing"], slug_of(row["class"]))
        if row["kind"] and row["kind"] not in kinds.setdefault(row["thing"], []):
            kinds[row["thing"]].append(row["kind"])
    addresses = {row["url"]: row["reference"] for row in reversed(_ask(store, project, "addresses"))}
    spellings = {(name.key, split_tokens(name.text)): name.text for name in register.names}
    return Known(register, classes, {thing: tuple(codes) for thing, codes in kinds.items()}, spellings, addresses)


def _ask(store: Store, project: Project, name: str) -> list[dict[str, str]]:
    answer = run_question(store, read_question(project.queries / "candidates" / f"{name}.rq"))
    return [{column: getattr(value, "value", "") for column, value in row.items()} for row in answer.rows]
