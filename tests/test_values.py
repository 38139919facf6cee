"""Figures of claims: they stand in the fragment as a whole, and the number is what was written."""

import pyoxigraph as ox
import pytest

from rzgraph.checks.values import check_values
from rzgraph.namespaces import rz, term
from rzgraph.settings import Project


def find_rules(
    project: Project, fragment: str, text: str, value: str, high: str = "", basis: str = "stated"
) -> list[str]:
    store = ox.Store()
    claim = ox.NamedNode(f"{project.base}id/claim/2024-04-dias.test")
    decimal = term("xsd:decimal")
    literals = {
        "fragment": ox.Literal(fragment),
        "valueText": ox.Literal(text),
        "value": ox.Literal(value, datatype=decimal),
    }
    literals |= {"valueTo": ox.Literal(high, datatype=decimal)} if high else {}
    for name, literal in literals.items():
        store.add(ox.Quad(claim, rz(name), literal))
    store.add(ox.Quad(claim, rz("basis"), rz(basis)))
    return [finding.rule for finding in check_values(store, project)]


@pytest.mark.parametrize(
    ("fragment", "text", "value", "high", "basis"),
    [
        ("telt 6.200 inwoners", "6.200", "6200", "", "stated"),
        ("Meppel2,4% 216", "2,4%", "2.4", "", "stated"),
        ("78W W, 71W WB", "78", "78", "", "stated"),
        ("een daling van 3,7%", "3,7%", "-3.7", "", "stated"),
        ("van 200 tot 250 bezoekers", "200 tot 250", "200", "250", "stated"),
        ("bedragen in duizenden: 12", "12", "12000", "", "derived"),
        ("minimaal hetzelfde aantal", "hetzelfde aantal", "30", "", "derived"),
    ],
)
def test_figure_that_is_as_written_is_let_be(
    mini: Project, fragment: str, text: str, value: str, high: str, basis: str
) -> None:
    assert find_rules(mini, fragment, text, value, high, basis) == []


@pytest.mark.parametrize(
    ("fragment", "text"),
    [("telt 16.200 inwoners", "6.200"), ("telt 6.200 inwoners", "6"), ("drieëntwintig", "drie"), ("7,45", "7,4")],
)
def test_part_of_another_figure_is_not_the_figure(mini: Project, fragment: str, text: str) -> None:
    values = {"6.200": "6200", "6": "6", "drie": "3", "7,4": "7.4"}
    assert find_rules(mini, fragment, text, values[text]) == ["Claim-value-in-fragment"]


@pytest.mark.parametrize(
    ("text", "value", "high", "basis"),
    [
        ("24", "25", "", "stated"),
        ("24", "25", "", "derived"),
        ("24", "24000", "", "stated"),
        ("200 tot 250", "200", "", "stated"),
        ("tientallen", "30", "", "stated"),
    ],
)
def test_another_number_than_was_written_is_reported(
    mini: Project, text: str, value: str, high: str, basis: str
) -> None:
    assert find_rules(mini, text, text, value, high, basis) == ["Claim-value-as-written"]
