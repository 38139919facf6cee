"""The drawings of money on the pages: one for each phase, apart for each period where they may not be added up.

What may not be drawn together is said in words beside what can be drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rzgraph.diagrams.books import Books, draw_bars, draw_flows, open_books
from rzgraph.diagrams.moneywords import format_period
from rzgraph.diagrams.streams import MixedError, Period, list_phases, write_period
from rzgraph.diagrams.template import Drawing, Link
from rzgraph.namespaces import slug_of
from rzgraph.site.plan import Plan


@dataclass(frozen=True)
class MoneyFigure:
    """A drawing of money on a page: its heading, why something is not in it, and the drawing if there is one.

    `query` is the query behind its table, `file` the end of its file name.
    """

    heading: str
    reasons: tuple[str, ...]
    drawing: Drawing | None
    query: str
    file: str


class Bookkeeper:
    """Draws the money of pages, from books that are read once."""

    def __init__(self, plan: Plan, link: Link) -> None:
        self.plan, self.link = plan, link
        self.books: Books = open_books(plan.store, plan.project, plan.last_day)

    def draw(self, iri: str, sorts: list[str], lang: str) -> list[MoneyFigure]:
        """Return the drawings of a thing.

        Parameters
        ----------
        sorts
            ``bars`` and ``flows``, as ``site/pages.toml`` lists them for the kind of thing.
        """
        figures: list[MoneyFigure] = []
        if "bars" in sorts and self._has_bars(iri):
            figures.append(self._draw_bars(iri, lang))
        if "flows" in sorts:
            found = list_phases(self.books.ledger, iri)
            for phase in dict.fromkeys(phase for phase, _ in found):
                periods = [period for each, period in found if each == phase]
                figures += self._draw_phase(iri, phase, periods, lang)
        return figures

    def _has_bars(self, iri: str) -> bool:
        """Tell whether bars say more than one amount: of a table, or of a flow with parts or several phases."""
        flow = self.books.ledger.flows.get(iri)
        return flow is None or bool(flow.parts) or len({money.phase for money in flow.amounts}) > 1

    def _draw_bars(self, iri: str, lang: str) -> MoneyFigure:
        query = "money-amounts" if iri in self.books.ledger.flows else "budget-cells"
        try:
            drawing = draw_bars(self.books, self.plan.project, self.plan.labels, iri, lang, self.link)
        except MixedError as refused:
            return MoneyFigure("", (str(refused.key),), None, query, "bars")
        return MoneyFigure("", (), drawing, query, "bars")

    def _draw_phase(self, iri: str, phase: str, periods: list[Period], lang: str) -> list[MoneyFigure]:
        figure = self._try(iri, phase, None, lang)
        if figure.drawing or len(periods) < 2:
            return [figure]
        apart = [self._try(iri, phase, period, lang) for period in periods]
        return [MoneyFigure(figure.heading, figure.reasons, None, figure.query, figure.file), *apart]

    def _try(self, iri: str, phase: str, period: Period | None, lang: str) -> MoneyFigure:
        """Return the drawing of a phase; of a whole that is not the sum of its parts the whole alone."""
        heading = self.plan.labels.label(phase, lang)
        file = slug_of(phase)
        if period is not None:
            heading, file = (
                f"{heading}, {format_period(period, lang)}",
                f"{file}-{write_period(period).replace('/', '_')}",
            )
        plan = self.plan
        draw: Callable[..., Drawing] = partial(
            draw_flows, self.books, plan.project, plan.labels, iri, lang, phase, period, link=self.link
        )
        reasons: list[str] = []
        for whole in (False, True):
            try:
                return MoneyFigure(heading, tuple(reasons), draw(whole=whole), "money-amounts", file)
            except MixedError as refused:
                reasons.append(refused.key)
                if refused.why != "overlap":
                    break
        return MoneyFigure(heading, tuple(reasons), None, "money-amounts", file)
