"""The verdict of the gate: Schemathesis' reports and the server's log enter, a table and every shortfall leave.

    report.py FOLDER

The folder holds `log.jsonl`, what the server wrote to standard error, and for each document, say `devin/v2`, the files
`devin-v2.json`, the report, and `devin-v2.exit`, the exit code. The answers are counted from the server's log, because
a tool that believes that it tests something is what is in question. The exit code is 0 if nothing falls short.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

# The statuses that every document has to answer, and how often at least.
STATUSES = {"devin/v2": (200, 401, 404), "devin/v3": (200, 401, 404, 409), "langwatch": (200, 401, 404, 409)}
ANSWERS = 20

# Fewer cases than this are not what `schemathesis.toml` asks for.
CASES = 500

PHASES = ("examples", "coverage", "fuzzing", "stateful")
FATAL_WARNINGS = ("missing_auth", "missing_test_data", "validation_mismatch")


def main(folder):
    answers = count((folder / "log.jsonl").read_text(errors="replace").splitlines())
    rows, shortfalls = [], []
    for document, statuses in STATUSES.items():
        stem = document.replace("/", "-")
        exit_code = int((folder / f"{stem}.exit").read_text())
        counted = answers[document]
        found = [
            f"{counted[status]} answers of {status}, at least {ANSWERS} wanted"
            for status in statuses
            if counted[status] < ANSWERS
        ]
        path = folder / f"{stem}.json"
        if path.exists():
            result = json.loads(path.read_text())
            found = judge(result, exit_code) + found
            rows.append(row(document, result, counted))
        else:
            found = [f"Schemathesis ended with exit code {exit_code} and without a report"] + found
        shortfalls += [f"{document}: {shortfall}" for shortfall in found]
    print_table([("document", "cases", "failures", "answers by status", "seconds"), *rows])
    for shortfall in shortfalls:
        print(f"FAILED {shortfall}")
    return 1 if shortfalls else 0


def count(lines):
    """Answers of operations (other routes are logged by their path), by document and status."""
    answers = defaultdict(Counter)
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if entry.get("message") == "answered" and not entry["operation"].startswith(("/", "-")):
            answers[entry["document"]][entry["status"]] += 1
    return answers


def judge(result, exit_code):
    found = [
        f"{failure.get('code') or failure['type']} {failure['title']}, {failure['count']} times"
        for failure in result["failures"]
    ]
    found += [f"error: {error.get('title') or error}" for error in result["errors"]]
    found += [f"warning {name}" for name in FATAL_WARNINGS if result["warnings"].get(name)]
    for name in PHASES:
        phase = result["phases"][name]
        # A document without examples gives the first phase nothing to send.
        skippable = name == "examples" and phase["skip_reason"] is None
        if phase["status"] != "success" and not (phase["status"] == "skip" and skippable):
            found.append(f"phase {name}: {phase['status']}, {phase['skip_reason'] or 'see above'}")
    operations, cases = result["operations"], result["test_cases"]["generated"]
    if not operations["total"] == operations["selected"] == operations["tested"] > 0:
        found.append(f"{operations['tested']} of {operations['total']} operations were tested")
    if cases < CASES:
        found.append(f"{cases} cases, at least {CASES} wanted")
    if not result["complete"]:
        found.append(f"not complete: {result['stop_reason']}")
    if exit_code != 0 or result["filtered"] or result["baseline"]:
        found.append(f"Schemathesis ended with exit code {exit_code}, or failures were left out")
    return found


def row(document, result, counted):
    statuses = "  ".join(f"{status}: {counted[status]}" for status in sorted(counted))
    failures = result["test_cases"]["with_failures"]
    return document, result["test_cases"]["generated"], failures, statuses, f"{result['running_time']:.1f}"


def print_table(rows):
    widths = [max(len(str(cell)) for cell in column) for column in zip(*rows)]
    for cells in rows:
        print("  ".join(f"{cell!s:<{width}}" for cell, width in zip(cells, widths)).rstrip())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
