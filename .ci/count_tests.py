"""Checks that each crate ran at least its minimum of tests: a run without tests must not pass.

Arguments: the messages of `cargo test --no-run --message-format=json`, and the output of `cargo test`.
"""

import json
import re
import sys

MINIMUM = {
    "stubwright": 121,
    "stubwright-accept": 115,
    "stubwright-bench": 26,
    "stubwright-cli": 44,
    "stubwright-codegen": 145,
    "stubwright-schema": 14,
    "stubwright-server": 42,
}


def packages(path):
    """The package of every test binary."""
    found = {}
    with open(path, encoding="utf-8") as messages:
        for line in messages:
            message = json.loads(line)
            if message.get("reason") == "compiler-artifact" and message.get("executable"):
                found[message["executable"].rsplit("/", 1)[-1]] = package_name(message["package_id"])
    return found


def package_name(package_id):
    """`path+file:///…/runtime#stubwright@0.1.0` and `path+file:///…/stubwright#0.1.0` are both `stubwright`."""
    place, _, version = package_id.rpartition("#")
    return version.split("@")[0] if "@" in version else place.rsplit("/", 1)[-1]


def main():
    binaries = packages(sys.argv[1])
    counts = dict.fromkeys(MINIMUM, 0)
    package = None
    with open(sys.argv[2], encoding="utf-8") as log:
        for line in log:
            if running := re.search(r"Running .* \((?:.*/)?([^/)]+)\)", line):
                package = binaries.get(running[1])
            elif documentation := re.search(r"Doc-tests (\S+)", line):
                package = documentation[1].replace("_", "-")
            elif result := re.search(r"test result: \w+\. (\d+) passed", line):
                if package in counts:
                    counts[package] += int(result[1])
    short = {name: count for name, count in counts.items() if count < MINIMUM[name]}
    for name, count in counts.items():
        print(f"{name}: {count} tests, at least {MINIMUM[name]} wanted")
    if short:
        sys.exit(f"too few tests ran: {', '.join(short)}")


if __name__ == "__main__":
    main()
