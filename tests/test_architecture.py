"""The house: imports go one way, files keep their style, queries carry complete headers."""

import ast
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from rzgraph.queries import read_question

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"

# Each layer may import from itself and the layers above it in this list.
LAYERS = [
    layer.split()
    for layer in """
        root messages errors namespaces settings
        sources dates money turtle folders
        graph cache labels
        amounts quantities
        calculations states
        facts
        queries
        reading
        answers checks
        candidates
        diagrams
        site export
        options
        running
        sourcecommands
        cli
        __main__
    """.strip().splitlines()
]
LONGEST_MODULE = 300
PRINTING_MODULES = ("cli", "checks.reports")

PACKAGE = ROOT / "rzgraph"
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py" and "_project" not in path.parts
}
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
TURTLE = sorted(
    path for name in ("ontology", "data", "shapes", "tests/graphs") for path in (ROOT / name).rglob("*.ttl")
)
READERS = {"policy advisor", "auditor", "reader", "curator", "integrator"}

# The order of prefixes in Turtle.
PREFIX_ORDER = [
    prefix
    for line in """
        rz shape c network party body person office document change finding judgement
        mapping flow table column programme commitment indicator event reference area calculation
        scheme kind role function level line theme relation route manner
        phase op status absent unit mark
        sh skos rdfs rdf owl xsd edtf org prov foaf dcterms cv schema time oa qb
    """.strip().splitlines()
    for prefix in line.split()
]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def list_text_files() -> Iterator[Path]:
    """Every file of ours that holds text."""
    suffixes = {
        ".py",
        ".ttl",
        ".rq",
        ".md",
        ".toml",
        ".html",
        ".css",
        ".js",
        ".mjs",
        ".json",
        ".csv",
        ".svg",
        ".txt",
        "",
    }
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split())
    for top in sorted(ROOT.iterdir()):
        if top.name in ignored | {".git", "LICENSES", "LICENSE"}:
            continue
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and path.suffix in suffixes and not ignored & set(path.parts):
                yield path


# ── Modules ────────────────────────────────────────────────────────────────


def read_imports(path: Path) -> set[str]:
    """The modules of the package a module imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name.removeprefix("rzgraph.") for name in names if name.startswith("rzgraph.")} & MODULES.keys()


# Packages that are not imported but bring a program or files, and what others are called in Python.
BROUGHT = {"graphviz-pure", "ttf-opensans"}
CALLED = {"yaml": "pyyaml", "resvg_py": "resvg-py", "shifty": "pyshifty"}


def test_dependencies_are_the_packages_that_are_imported() -> None:
    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    imported = set()
    for path in MODULES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    foreign = {CALLED.get(name, name) for name in imported - sys.stdlib_module_names - {"rzgraph"}}
    assert foreign | BROUGHT == {re.split("[<>=~!]", text)[0] for text in named}


def room_of(module: str) -> str:
    """The module itself, or the folder of modules it stands in."""
    return module.split(".")[0]


def test_every_room_has_a_layer() -> None:
    assert sorted(name for layer in LAYERS for name in layer) == sorted({room_of(name) for name in MODULES})


def test_imports_go_one_way() -> None:
    level = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    upward = [
        f"{name} imports {other}"
        for name, path in MODULES.items()
        for other in sorted(read_imports(path))
        if level[room_of(other)] > level[room_of(name)]
    ]
    assert upward == []


def test_rooms_make_no_circle() -> None:
    rooms = {room_of(name): set() for name in MODULES}
    for name, path in MODULES.items():
        rooms[room_of(name)] |= {room_of(other) for other in read_imports(path)} - {room_of(name)}
    while leaves := [name for name, others in rooms.items() if not others & rooms.keys()]:
        for name in leaves:
            del rooms[name]
    assert not rooms


def test_imports_make_no_circle() -> None:
    imports = {name: read_imports(path) for name, path in MODULES.items()}
    while leaves := [name for name, others in imports.items() if not others & imports.keys()]:
        for name in leaves:
            del imports[name]
    assert not imports


def test_modules_stay_small() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_only_the_command_line_and_reports_print() -> None:
    printing = [
        f"{name}:{node.lineno}"
        for name, path in MODULES.items()
        if name not in PRINTING_MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def test_every_module_is_tested_itself_or_through_its_user() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in sorted(TESTS.glob("test_*.py")))
    named = {name for name in MODULES if re.search(rf"\brzgraph\.{re.escape(name)}\b", tests)}
    used = {other for name in named for other in read_imports(MODULES[name])}
    assert sorted(MODULES.keys() - named - used - {"__main__"}) == []


# ── Folders and files ──────────────────────────────────────────────────────


def test_every_top_level_folder_has_a_readme() -> None:
    ignored = set((ROOT / ".gitignore").read_text(encoding="utf-8").replace("/", "").split())
    # LICENSES holds licence texts only, by the convention of REUSE.
    folders = [
        folder
        for folder in sorted(ROOT.iterdir())
        if folder.is_dir()
        and not folder.name.startswith(".")
        and folder.name not in ignored | {"LICENSES"}
        and not folder.name.endswith(".egg-info")
    ]
    assert len(folders) >= 7
    assert [folder.name for folder in folders if not (folder / "README.md").is_file()] == []


def test_no_file_names_a_place_on_one_machine() -> None:
    place = re.compile(r"(?<![\w.~{}<>*-])/(?:tmp|work|home|root|Users|var)/\w|file:///\w")
    files = list(list_text_files())
    assert len(files) > 100
    found = [
        f"{relative(path)}:{number}"
        for path in files
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if place.search(line)
    ]
    assert found == []


def test_text_files_are_tidy() -> None:
    untidy = []
    for path in list_text_files():
        # Source texts of the invented region hold the form feeds and blanks of real ones.
        if path.suffix == ".txt":
            continue
        text = path.read_text(encoding="utf-8")
        if "\r" in text or (text and not text.endswith("\n")) or text.startswith("\ufeff"):
            untidy.append(f"{relative(path)}: line ends")
        if text != unicodedata.normalize("NFC", text):
            untidy.append(f"{relative(path)}: not NFC")
    assert untidy == []


# ── Queries ────────────────────────────────────────────────────────────────


def test_there_are_queries() -> None:
    assert len(QUERIES) >= 40


@pytest.mark.parametrize("path", QUERIES, ids=relative)
def test_query_parses_in_two_engines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ox.Store().query(text)
    prepareQuery(text)


@pytest.mark.parametrize("path", QUERIES, ids=relative)
def test_query_header_is_complete(path: Path) -> None:
    question = read_question(path)
    header = question.header
    assert [key for key in ("summary", "description", "reader") if not header.get(key)] == []
    assert header["reader"] in READERS
    for texts in (question.titles, question.descriptions):
        assert sorted(texts) == ["en", "nl"]
        assert all(text == " ".join(text.split()) and text for text in texts.values())
    for labels in [*question.params.values(), *question.columns.values()]:
        assert labels["nl"]
        assert labels["en"]


@pytest.mark.parametrize("path", QUERIES, ids=relative)
def test_query_names_its_columns_and_parameters(path: Path) -> None:
    question = read_question(path)
    code = "\n".join(line for line in question.text.splitlines() if not line.lstrip().startswith("#"))
    answer = ox.Store().query(question.text)
    used = set(re.findall(r"\?_(\w+?)_(?:iri|date|string|integer)\b", code))
    assert used == set(question.params)
    if not isinstance(answer, ox.QuerySolutions):
        assert not question.columns
        return
    names = [variable.value for variable in answer.variables]
    assert "SELECT *" not in code
    assert [name for name in names if not name.startswith("_")] == list(question.columns)
    # The engine binds a parameter only where the outer projection names it.
    assert {re.sub(r"^_|_\w+?$", "", name) for name in names if name.startswith("_")} >= used
    assert "ORDER BY" in code


# ── Turtle ─────────────────────────────────────────────────────────────────


def read_style_faults(text: str) -> list[str]:
    """What in a Turtle file departs from the house style, by line."""
    lines = text.split("\n")
    faults = []
    prefixes = [found[1] for line in lines if (found := re.match(r"@prefix ([\w-]*): <[^>]+> \.$", line))]
    known = [prefix for prefix in prefixes if prefix in PREFIX_ORDER]
    if known != sorted(known, key=PREFIX_ORDER.index):
        faults.append("1: prefixes out of order")
    body = "\n".join(line for line in lines if not line.startswith(("@prefix", "#")))
    faults += [f"1: prefix {p} is not used" for p in prefixes if not re.search(rf"(?<![\w<:/-]){p}:", body)]
    inside, first = False, 0
    for number, line in enumerate(lines, 1):
        if "\t" in line or line != line.rstrip():
            faults.append(f"{number}: tab or trailing blank")
        if line.startswith(("@prefix", "#")) or not line:
            pass
        elif not line.startswith(" "):
            if inside:
                faults.append(f"{number}: the block before is not closed by a dot on a line of its own")
            if not re.fullmatch(r"[\w-]+:[\w.-]*|<[^>]+>|\[\]", line):
                faults.append(f"{number}: a subject stands alone on its line")
            inside, first = True, number + 1
        elif line == "    .":
            inside = False
        elif line.startswith("    a ") and number != first:
            faults.append(f"{number}: the type comes first")
    if inside:
        faults.append(f"{len(lines)}: the last block is not closed by a dot on a line of its own")
    return faults


@pytest.mark.parametrize("path", TURTLE, ids=relative)
def test_turtle_keeps_the_house_style(path: Path) -> None:
    assert read_style_faults(path.read_text(encoding="utf-8")) == []


def test_there_is_turtle() -> None:
    assert len(TURTLE) >= 20


HEAD = "@prefix rz: <https://w3id.org/rzgraph/ns#> .\n\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("rz:A\n    a rz:B ;\n    .\n", None),
        ("rz:A a rz:B .\n", "stands alone"),
        ("rz:A\n    rz:p rz:B ;\n    a rz:B ;\n    .\n", "type comes first"),
        ("rz:A\n    a rz:B .\n\nrz:C\n    a rz:B ;\n    .\n", "not closed"),
        ("rz:A\n    a rz:B ; \n    .\n", "trailing blank"),
        ("rz:A\n    a rz:B ;\n", "last block is not closed"),
    ],
)
def test_style_faults_are_seen(text: str, fault: str | None) -> None:
    faults = read_style_faults(HEAD + text)
    assert (fault is None and not faults) or (fault is not None and any(fault in found for found in faults))


def test_prefixes_out_of_order_or_unused_are_seen() -> None:
    head = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n" + HEAD
    faults = read_style_faults(head + "rz:A\n    a rz:B ;\n    .\n")
    assert faults == ["1: prefixes out of order", "1: prefix skos is not used"]


# ── Claims ─────────────────────────────────────────────────────────────────

CLAIM_FILES = sorted([*(ROOT / "data" / "claims").glob("*.ttl"), *(TESTS / "graphs" / "mini" / "claims").glob("*.ttl")])


def read_claim_lines(path: Path) -> list[tuple[int, str, int]]:
    """Number in the file, name and first document line of each claim, as they stand."""
    found, name, start = [], "", 0
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if re.match(r"c:\S+$", line):
            name, start = line, number
        elif lines := re.match(r'\s+rz:lines "(\d+)(?:-\d+)?" ;$', line):
            found.append((start, name, int(lines[1])))
    return found


@pytest.mark.parametrize("path", CLAIM_FILES, ids=relative)
def test_claims_stand_in_the_order_of_the_document(path: Path) -> None:
    claims = read_claim_lines(path)
    assert len(claims) == len(re.findall(r"^c:", path.read_text(encoding="utf-8"), re.M)) > 0
    late = [
        f"line {later[0]}: {later[1]} (line {later[2]} of the text) stands after {earlier[1]} ({earlier[2]})"
        for earlier, later in pairwise(claims)
        if later[2] < earlier[2]
    ]
    assert late == []


@pytest.mark.parametrize("path", CLAIM_FILES, ids=relative)
def test_claims_stand_under_a_banner_that_names_their_lines(path: Path) -> None:
    banner, outside = (0, 0), []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if found := re.match(r"# ── .*\(lines? (\d+)(?:-(\d+))?\) ─+$", line):
            banner = (int(found[1]), int(found[2] or found[1]))
        elif (lines := re.match(r'\s+rz:lines "(\d+)(?:-\d+)?" ;$', line)) and not banner[0] <= int(lines[1]) <= banner[
            1
        ]:
            outside.append(f"line {lines[1]} under the banner of lines {banner[0]}-{banner[1]}")
    assert outside == []
