"""What tests share: the real project, the invented mini region, and a store of each."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Store

from rzgraph.export.folder import write_export
from rzgraph.facts import open_store
from rzgraph.labels import Labels, load_labels
from rzgraph.settings import Project, load_project

TESTS = Path(__file__).parent
# The files that take longest begin first, so that both cores end at about the same time.
LONGEST = ("browser", "questions", "validate", "shapes", "site", "ontology_reasoning", "cli")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of the longest files first, and leave all others in their order."""
    order = {f"test_{name}": place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


@pytest.fixture(scope="session")
def project() -> Project:
    """The project with its own data."""
    return load_project()


@pytest.fixture(scope="session")
def texts(project: Project) -> Path:
    """The folder of the real source texts; without it a test is skipped, and fails in continuous integration."""
    if not project.sources.is_dir():
        reason = f"the source texts are not in {project.sources}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return project.sources


@pytest.fixture(scope="session")
def store(project: Project) -> Store:
    """The whole graph of the real data. Tests only read it."""
    return open_store(project)


@pytest.fixture(scope="session")
def labels(store: Store) -> Labels:
    """The names in the real data."""
    return load_labels(store)


@pytest.fixture(scope="session")
def mini() -> Project:
    """The invented region."""
    return load_project(TESTS / "graphs" / "mini")


@pytest.fixture(scope="session")
def mini_store(mini: Project) -> Store:
    """The whole graph of the invented region. Tests only read it."""
    return open_store(mini)


@pytest.fixture(scope="session")
def mini_labels(mini_store: Store) -> Labels:
    """The names in the invented region."""
    return load_labels(mini_store)


@pytest.fixture(scope="session")
def exported(mini: Project, mini_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the invented region. Tests only read it."""
    folder = tmp_path_factory.mktemp("export") / "mini"
    write_export(mini, mini_store, folder)
    return folder


@pytest.fixture(scope="session")
def exported_real(project: Project, store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the real data. Tests only read it."""
    folder = tmp_path_factory.mktemp("export") / "real"
    write_export(project, store, folder)
    return folder


@pytest.fixture(params=["exported", "exported_real"])
def either(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture
def changed(mini: Project, tmp_path: Path) -> Callable[..., Project]:
    """Return a maker of mini regions whose slides hold more lines, with more in a file of the data."""

    def make(lines: str, turtle: str = "") -> Project:
        data = Path(shutil.copytree(mini.data, tmp_path / "data"))
        text = data / "sources" / "2024-04-dias.txt"
        before = hashlib.sha256(text.read_bytes()).hexdigest()
        text.write_text(text.read_text(encoding="utf-8") + lines, encoding="utf-8")
        catalogue = data / "documents.ttl"
        after = hashlib.sha256(text.read_bytes()).hexdigest()
        catalogue.write_text(catalogue.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
        head = "".join(
            f"@prefix {name}: <https://w3id.org/rzgraph/{path}> .\n"
            for name, path in (
                ("rz", "ns#"),
                ("document", "id/document/"),
                ("judgement", "id/judgement/"),
                ("body", "id/body/"),
                ("c", "id/claim/2024-04-dias."),
            )
        )
        ledger = data / "claims" / "2024-04-dias.ttl"
        if "c:" in turtle:
            ledger.write_text(ledger.read_text(encoding="utf-8") + turtle, encoding="utf-8")
        elif turtle:
            (data / "left-out.ttl").write_text(head + turtle, encoding="utf-8")
        return load_project(data, data / "sources")

    return make
