"""Findings for people and for other tools: text, JSON, SARIF 2.1.0 (code hosts) and JUnit XML (test dashboards).

All four are sorted and hold no clock, so that two checks of the same files give the same bytes.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO
from xml.etree import ElementTree

from rzgraph import __version__
from rzgraph.checks.findings import SEVERITIES, Finding
from rzgraph.checks.fragments import check_evidence
from rzgraph.checks.rules import Rule, read_rules
from rzgraph.checks.validate import check_project, has_errors
from rzgraph.errors import InputError
from rzgraph.facts import open_store
from rzgraph.messages import message
from rzgraph.settings import Project

_COLOURS = {"error": "bold red", "warning": "yellow", "information": "cyan"}
_LEVELS = {"error": "error", "warning": "warning", "information": "note"}
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
# Signs that would steer a terminal or are not allowed in XML.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")


def run_check(project: Project, form: str, lang: str, engine: str, stream: TextIO) -> int:
    """Check a project, write the findings, and return the exit code: 1 when our own data holds an error.

    Parameters
    ----------
    project
        What to check.
    form
        ``text``, ``json``, ``sarif`` or ``junit``.
    lang
        ``nl`` or ``en``.
    engine
        The SHACL engine, ``shifty`` or ``pyshacl``.
    stream
        Where to write.

    Raises
    ------
    InputError
        When a file cannot be read.
    """
    findings = check_project(project, engine)
    _WRITERS[form](findings, read_rules(project), lang, stream)
    return int(has_errors(findings))


def run_sources_check(project: Project, lang: str, stream: TextIO) -> int:
    """Check texts and fragments only, write the findings and how much was verified, and return the exit code.

    Where there is not one text to read, nothing was checked: that is not fine, but input that cannot be read.
    """
    evidence = check_evidence(open_store(project), project)
    for finding in evidence.findings:
        _write_finding(finding, lang, stream)
    counts = {name: getattr(evidence, name) for name in ("verified", "claims", "texts", "documents")}
    _write_line(message("check.evidence", lang, **counts), "bold", stream)
    if not evidence.texts:
        return InputError.exit_code
    return int(has_errors(evidence.findings))


def write_text(findings: Sequence[Finding], _rules: Mapping[str, Rule], lang: str, stream: TextIO) -> None:
    """Write findings for people, in colour when the stream is a terminal."""
    ours = [finding for finding in findings if finding.about == "data"]
    sources = [finding for finding in findings if finding.about == "source"]
    for about, group in (("data", ours), ("source", sources)):
        if group:
            _write_line(message(f"check.part-{about}", lang), "bold", stream)
            for finding in group:
                _write_finding(finding, lang, stream)
            _write_line("", "", stream)
    severities = Counter(finding.severity for finding in ours)
    if not severities["error"]:
        _write_line(message("check.nothing", lang), "bold green", stream)
    totals = dict(zip(("errors", "warnings", "information"), (severities[name] for name in SEVERITIES), strict=True))
    _write_line(message("check.totals", lang, **totals, sources=len(sources)), "bold", stream)


def _write_finding(finding: Finding, lang: str, stream: TextIO) -> None:
    place = f"{finding.file}:{finding.line}" if finding.line else finding.file
    severity = message(f"check.severity-{finding.severity}", lang)
    head = f"{place}: {severity} [{finding.rule}]" if place else f"{severity} [{finding.rule}]"
    evidence = _evidence(finding, lang)
    _write_line(head, _COLOURS[finding.severity] if finding.about == "data" else "", stream)
    said = finding.sentence(lang)
    _write_line(f"    {said}{f' ({evidence})' if evidence else ''}", "", stream)
    if repair := finding.words("repair", lang):
        word = message(f"check.{'repair' if finding.about == 'data' else 'explanation'}", lang)
        _write_line(f"    {word}: {repair}", "dim", stream)


def _evidence(finding: Finding, lang: str) -> str:
    if not finding.document:
        return ""
    if not finding.lines:
        return finding.document
    return message("check.document", lang, document=finding.document, lines=finding.lines)


def _write_line(text: str, style: str, stream: TextIO) -> None:
    clean = _CONTROL.sub("\ufffd", text)
    if stream.isatty():
        from rich.console import Console
        from rich.text import Text

        Console(file=stream, soft_wrap=True).print(Text(clean, style))
    else:
        stream.write(clean + "\n")


def write_json(findings: Sequence[Finding], _rules: Mapping[str, Rule], _lang: str, stream: TextIO) -> None:
    """Write findings as JSON, in both languages at once."""
    totals = Counter(finding.severity for finding in findings if finding.about == "data")
    document = {
        "findings": [vars(finding) for finding in findings],
        "totals": {severity: totals[severity] for severity in SEVERITIES},
    }
    _dump(document, stream)


def _dump(document: Mapping[str, Any], stream: TextIO) -> None:
    json.dump(document, stream, ensure_ascii=False, indent=2, sort_keys=True)
    stream.write("\n")


def write_sarif(findings: Sequence[Finding], rules: Mapping[str, Rule], lang: str, stream: TextIO) -> None:
    """Write findings as SARIF 2.1.0; findings about the sources are informational."""
    names = sorted({finding.rule for finding in findings})
    descriptions = [_describe_rule(rules[name], lang) if name in rules else {"id": name} for name in names]
    driver = {"name": "rzgraph", "version": __version__, "rules": descriptions}
    results = [_sarif_result(finding, names.index(finding.rule), lang) for finding in findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    _dump({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, stream)


def _describe_rule(rule: Rule, lang: str) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.words("message", lang)},
        "help": {"text": rule.words("repair", lang)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"origin": rule.origin},
    }


def _sarif_result(finding: Finding, index: int, lang: str) -> dict[str, Any]:
    said = finding.sentence(lang)
    about_us = finding.about == "data"
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": "fail" if about_us else "informational",
        "level": _LEVELS[finding.severity] if about_us else "none",
        "message": {"text": said},
        "properties": {"subject": finding.subject, "document": finding.document, "lines": finding.lines},
    }
    if finding.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": finding.file}}
        if finding.line:
            place["region"] = {"startLine": finding.line}
        result["locations"] = [{"physicalLocation": place}]
    return result


def write_junit(findings: Sequence[Finding], rules: Mapping[str, Rule], lang: str, stream: TextIO) -> None:
    """Write findings as JUnit XML: each rule is a test case, which fails when the rule is broken by an error."""
    broken: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.about == "data":
            broken.setdefault(finding.rule, []).append(finding)
    failures = sum(1 for found in broken.values() if found[0].severity == "error")
    suite = ElementTree.Element(
        "testsuite", name="rzgraph check", tests=str(len(rules)), failures=str(failures), errors="0", skipped="0"
    )
    for name, rule in sorted(rules.items()):
        case = ElementTree.SubElement(suite, "testcase", classname=rule.origin, name=name)
        if found := broken.get(name):
            lines = "\n".join(_one_line(finding, lang) for finding in found)
            tag = "failure" if rule.severity == "error" else "system-out"
            element = ElementTree.SubElement(case, tag)
            element.text = _CONTROL.sub("\ufffd", lines)
            if tag == "failure":
                element.set("message", _CONTROL.sub("\ufffd", _one_line(found[0], lang)))
                element.set("type", rule.severity)
    tree = ElementTree.ElementTree(suite)
    ElementTree.indent(tree)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write(ElementTree.tostring(suite, encoding="unicode") + "\n")


def _one_line(finding: Finding, lang: str) -> str:
    said = finding.sentence(lang)
    return f"{finding.file}:{finding.line}: {said} ({finding.words('repair', lang)})"


_WRITERS: dict[str, Callable[[Sequence[Finding], Mapping[str, Rule], str, TextIO], None]] = {
    "text": write_text,
    "json": write_json,
    "sarif": write_sarif,
    "junit": write_junit,
}
