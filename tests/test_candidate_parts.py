"""The parts of which candidates are made: fragments, sections, what an address tells, abbreviations, and the style."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rzgraph.candidates.abbreviations import find_abbreviations
from rzgraph.candidates.fragments import cut_fragment
from rzgraph.candidates.housestyle import Block, make_slug, write_banner, write_date, write_prefixes, write_text
from rzgraph.candidates.links import name_address, slug_address, tell_kind, tell_marks
from rzgraph.candidates.sections import find_sections
from rzgraph.reading.lines import Lines
from rzgraph.sources import count_words, fragment_in_lines

# ── Fragments ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "around", "fragment"),
    [
        ("drie", 0, "drie"),
        ("drie", 1, "twee drie vier"),
        ("één", 2, "één twee drie"),
        ("vier vijf", 9, "één twee drie vier vijf, zes"),
    ],
)
def test_fragment_holds_the_words_and_a_few_around_them(words: str, around: int, fragment: str) -> None:
    text = Lines(["", "één twee drie vier", "vijf, zes", "zeven"])
    begin = text.text.replace("\n", " ").index(words)
    assert cut_fragment(text, text.locate(begin, begin + len(words)), around) == fragment


def test_words_that_are_too_many_or_too_long_make_no_fragment() -> None:
    many, long = Lines(["w " * 20]), Lines(["x" * 2000])
    assert cut_fragment(many, many.locate(0, 40)) == ""
    assert cut_fragment(long, long.locate(0, 2000)) == ""


@given(st.lists(st.text(max_size=30), min_size=1, max_size=5), st.data())
def test_every_fragment_is_found_in_its_lines(lines: list[str], data: st.DataObject) -> None:
    text = Lines(lines)
    if not text.text:
        return
    begin = data.draw(st.integers(0, len(text.text) - 1))
    found = text.locate(begin, data.draw(st.integers(begin + 1, len(text.text))))
    if fragment := cut_fragment(text, found, 3):
        assert fragment_in_lines(text.lines, found.first, found.last, fragment)
        assert count_words(fragment) <= 12


# ── Sections ───────────────────────────────────────────────────────────────


def test_sections_begin_at_what_looks_like_a_heading_and_leave_no_line_out() -> None:
    lines = ["Verslag", "", *["tekst gaat door,"] * 8, "", "Nieuwe Kop", *["tekst gaat door,"] * 9]
    assert [(s.title, s.first, s.last) for s in find_sections(lines)] == [("Verslag", 1, 11), ("Nieuwe Kop", 12, 21)]


def test_long_text_without_headings_is_cut_into_blocks() -> None:
    sections = find_sections(["dit is een regel van de tekst,"] * 150)
    assert [(s.first, s.last) for s in sections] == [(1, 60), (61, 120), (121, 150)]
    assert sections[0].title == "dit is een regel"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=80))
def test_sections_lie_end_to_end(lines: list[str]) -> None:
    sections = find_sections(lines)
    numbers = [number for section in sections for number in range(section.first, section.last + 1)]
    assert numbers == list(range(1, len(lines) + 1))
    assert all(section.title.strip() and "\n" not in section.title for section in sections)


# ── Addresses ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "kind", "name", "slug"),
    [
        ("https://www.a.nl/", "website", "a.nl", "a-nl"),
        ("datdeal.nl", "website", "datdeal.nl", "datdeal-nl"),
        ("https://a.nl/nieuws/een-mooie-dag?si=1", "news-item", "a.nl: een mooie dag", "a-nl-nieuws-een-mooie-dag"),
        ("https://youtu.be/ab_C?si=x", "video", "youtu.be: ab C", "youtu-be-ab-c-x"),
        ("https://www.youtube.com/watch?v=Xy1", "video", "youtube.com: watch", "youtube-com-watch-v-xy1"),
        ("http://www.linkedin.com/company/regio", "social-media", "linkedin.com: regio", "linkedin-com-company-regio"),
        ("https://a.nl/x/Een%20rapport.pdf", "other-document", "a.nl: Een rapport", "a-nl-x-een-rapport-pdf"),
    ],
)
def test_address_tells_kind_and_name(address: str, kind: str, name: str, slug: str) -> None:
    assert (tell_kind(address), name_address(address), slug_address(address)) == (kind, name, slug)


@pytest.mark.parametrize(
    ("address", "seen", "marks"),
    [
        ("https://a.nl/", False, []),
        ("http://a.nl/", True, ["insecure", "repeated"]),
        ("https://a.nl/?utm_source=x", False, ["tracking"]),
        ("https://a.info.mcas.ms/x?McasTsid=1", False, ["proxy", "tracking"]),
        ("https://a.nl/a%20b#:~:text=c", False, ["spaces-encoded", "text-fragment"]),
    ],
)
def test_what_stands_out_about_an_address_is_marked(address: str, seen: bool, marks: list[str]) -> None:
    assert tell_marks(address, seen) == marks


# ── Abbreviations ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("het Bestuurlijk Overleg Leefomgeving (BOL) komt", [("BOL", "Bestuurlijk Overleg Leefomgeving")]),
        ("de BOL (Bestuurlijk Overleg\nLeefomgeving) komt", [("BOL", "Bestuurlijk Overleg Leefomgeving")]),
        ("Raad van Bestuur (RB)", [("RB", "Raad van Bestuur")]),
        ("Regionaal Mobiliteits-Team (RMT)", [("RMT", "Regionaal Mobiliteits-Team")]),
        ("eerst BOL, dan het Bestuurlijk Overleg Leefomgeving (BOL)", [("BOL", "Bestuurlijk Overleg Leefomgeving")]),
        ("de gemeente (BOL) en het MKB", [("BOL", ""), ("MKB", "")]),
        ("deel IV, Rutte IV, Kop met A", []),
        ("ALLES IN KAPITALEN MKB", []),
        ("pH en KlIMaat en MiRT", [("KlIMaat", ""), ("MiRT", "")]),
    ],
)
def test_abbreviations_are_found_once_with_what_the_text_says(text: str, found: list[tuple[str, str]]) -> None:
    assert [(short.short, short.expansion) for short in find_abbreviations(text)] == found


def test_part_of_a_name_is_no_abbreviation() -> None:
    assert [short.short for short in find_abbreviations("Oost NL en MKB", [(0, 7), (11, 14)])] == ["MKB"]


# ── House style ────────────────────────────────────────────────────────────


def test_block_has_its_subject_and_its_dot_on_lines_of_their_own() -> None:
    block = Block("c:x", (("a", ("rz:B",)), ("rz:note", ('"een"@nl', '"one"@en'))))
    assert block.write() == 'c:x\n    a rz:B ;\n    rz:note "een"@nl,\n        "one"@en ;\n    .'


def test_prefixes_are_those_that_are_used_in_order() -> None:
    body = 'c:x\n    rz:when "unit:x"^^edtf:EDTF ;\n    rz:entity party:y, network:z ;\n    .\n# mark:x'
    names = [line.split()[1] for line in write_prefixes(body, "https://x.example/", "d").split("\n")]
    assert names == ["rz:", "c:", "network:", "party:", "edtf:"]


@pytest.mark.parametrize(
    ("text", "slug"), [("Café ’t Hoekje B.V.", "cafe-t-hoekje-b-v"), ("€ 5.000", "5-000"), ("…", "")]
)
def test_slug_is_plain(text: str, slug: str) -> None:
    assert make_slug(text) == slug


def test_long_slug_ends_at_a_word() -> None:
    assert make_slug("een twee drie vier", 12) == "een-twee"
    assert make_slug("x" * 90, 12) == "x" * 12


def test_texts_are_escaped_and_dates_are_typed() -> None:
    assert write_text('a"b\\c\n', "nl") == '"a\\"b\\\\c\\n"@nl'
    assert write_date("2024-21") == '"2024-21"^^edtf:EDTF'
    assert write_banner("Kop", 3, 9).startswith("# ── Kop (lines 3-9) ──")
