"""Example servers before Schemathesis: documents enter, a table and every shortfall leave.

One crate is made of all documents, one process serves each on a port of its own, and Schemathesis is run on the effective
document that the server hands out. `--published` reports, without judging, the same on the published bytes.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus_exceptions import KEPT, LEFT_OUT

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent

# A document of each kind, for CI.
SAMPLE = [
    "001-http-methods/004-patch.yaml",
    "003-query-parameters/008-multiple.yaml",
    "004-header-parameters/010-response-headers.yaml",
    "006-schema-composition/010-oneof.yaml",
    "007-formats/002-date-time.yaml",
    "008-constraints/020-combined-array-constraints.yaml",
    "009-forms-and-multipart/016-urlencoded-with-enum.yaml",
    "013-discriminator/002-oneof-with-mapping.yaml",
    "014-nullable-and-optional/006-optional-and-nullable.yaml",
    "017-security-schemes/006-per-operation-override.yaml",
    "019-examples/004-examples-on-media-type.yaml",
    "020-openapi-3-1/016-dependent-required.yaml",
]

MAIN = """//! Serves the examples of many documents, each on a port of its own.
#![deny(warnings)]

use stubwright::{{ServeOptions, document}};
use tokio::net::TcpListener;

{modules}
macro_rules! serve {{
    ($module:ident, $($api:expr)?) => {{{{
        use $module::api::{{router, texts}};
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a free port");
        let url = format!("http://{{}}", listener.local_addr().expect("it is bound"));
        println!("{{}} {{url}}", stringify!($module));
        let app = router::new($($api)?)
            .merge(document::routes("", &texts::DOCUMENT, &url))
            .fallback_service(document::not_found(&texts::DOCUMENT));
        tokio::spawn(stubwright::serve(listener, app, ServeOptions::default(), std::future::pending::<()>()));
    }}}};
}}

#[tokio::main]
async fn main() {{
{calls}
    println!("ready");
    std::future::pending::<()>().await;
}}
"""

MANIFEST = """[package]
name = "conformance-corpus"
edition = "2024"

[workspace]

[dependencies]
stubwright = {{ path = "{runtime}", features = [{features}] }}
tokio = {{ version = "1", features = ["macros", "net", "rt-multi-thread"] }}

[profile.dev]
debug = 0
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="*", type=Path, help="documents, or folders of them")
    parser.add_argument("--sample", type=Path, help="a corpus folder `conformance`, of which a fixed sample is taken")
    parser.add_argument("--command", required=True, help="the command `stubwright`")
    parser.add_argument("--target", required=True, type=Path, help="the target folder of the crate that is made")
    parser.add_argument("--published", action="store_true", help="also run on the published documents, as a report")
    parser.add_argument("--max-examples", type=int, help="instead of what corpus.toml says")
    parser.add_argument("--keep", type=Path, help="where the reports are kept")
    arguments = parser.parse_args()
    documents = list(find(arguments))
    if not documents:
        sys.exit("there are no documents")
    with tempfile.TemporaryDirectory() as folder:
        work = arguments.keep or Path(folder)
        (work / "src").mkdir(parents=True, exist_ok=True)
        modules, broken = generate(arguments.command, documents, work)
        program = build(modules, work, arguments.target)
        with subprocess.Popen([program], stdout=subprocess.PIPE, text=True) as server:
            try:
                urls = addresses(server)
                jobs = [(document, urls[module], work / module) for module, document in modules.items()]
                with ThreadPoolExecutor(os.cpu_count()) as pool:
                    results = list(pool.map(lambda job: judge(*job, arguments), jobs))
                alive = server.poll() is None
            finally:
                server.kill()
    shortfalls = broken + [shortfall for result in results for shortfall in result]
    if not alive:
        shortfalls.append("the server died")
    for shortfall in shortfalls:
        print(f"FAILED {shortfall}")
    print(f"{len(documents)} documents, {len(shortfalls)} shortfalls")
    return 1 if shortfalls else 0


def find(arguments):
    if arguments.sample:
        yield from (arguments.sample / name for name in SAMPLE)
    for path in arguments.documents:
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in (".yaml", ".yml", ".json"))
        else:
            yield path


def generate(command, documents, work):
    """The code of every document, as modules of one crate; and what could not be generated."""
    modules, broken = {}, []
    for number, document in enumerate(documents):
        module = f"d{number:03}"
        words = [command, "generate", document, "--out", work / "src" / module, "--module", "api", "--examples"]
        done = subprocess.run(words, capture_output=True, text=True)
        (work / f"{module}.log").write_text(done.stderr)
        if done.returncode:
            broken.append(f"{document}: not generated: {done.stderr[:400]}")
        else:
            modules[module] = document
            if "no-example" in done.stderr:
                broken.append(f"{document}: an operation has no example")
    return modules, broken


def build(modules, work, target):
    code = {module: "".join(path.read_text() for path in (work / "src" / module).rglob("*.rs")) for module in modules}
    calls = "".join(
        f"    serve!({module}, {module}::api::examples::{implementation(code[module])});\n"
        if "struct Examples" in code[module]
        else f"    serve!({module},);\n"
        for module in modules
    )
    lines = "".join(f"mod {module};\n" for module in modules)
    (work / "src/main.rs").write_text(MAIN.format(modules=lines, calls=calls))
    features = re.findall(r"^([a-z]+) = \[", (ROOT / "runtime/Cargo.toml").read_text().split("[features]")[1], re.M)
    features = ", ".join(f'"{name}"' for name in features)
    (work / "Cargo.toml").write_text(MANIFEST.format(runtime=ROOT / "runtime", features=features))
    (work / "Cargo.lock").write_text((ROOT / "Cargo.lock").read_text())
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    subprocess.run(["cargo", "build", "--quiet"], cwd=work, env=environment, check=True)
    return target / "debug/conformance-corpus"


def implementation(code):
    """The examples, which take no credential but that of corpus_hooks.py."""
    known = 'stubwright::KnownCredential::new("credential")'
    return f"Examples {{ known: {known} }}" if "pub known: KnownCredential" in code else "Examples"


def addresses(server):
    urls = {}
    for line in server.stdout:
        if line == "ready\n":
            return urls
        module, url = line.split()
        urls[module] = url
    sys.exit("the server did not start")


def judge(document, url, report, arguments):
    """The shortfalls of one document."""
    found = []
    if is_named(document, KEPT) and not has_pair(url):
        found.append(f"{document}: KEPT names it, and no item of it can be made and deleted")
    for query in [""] + ["?original"] * arguments.published:
        path = report.with_suffix(".original.json" if query else ".json")
        path.unlink(missing_ok=True)
        output, code = run(document, url, query, path, arguments)
        path.with_suffix(".txt").write_text(output)
        if not path.exists():
            found.append(f"{document}: exit code {code}, no report: {output[-600:]}")
            continue
        result = json.loads(path.read_text())
        failures = shortfalls(result, output)
        lines = [f"{code}: {title}, {label}" for code, title, label, text in failures
                 if not is_left_out(document, code, label + text)]
        if code != 0 and not failures:
            lines.append(f"exit code {code}: {output[-600:]}")
        kind = "published" if query else "effective"
        cases = result["test_cases"]["generated"]
        left_out = len(failures) - len(lines)
        print(f"{kind}  {cases:>5} cases  {result['running_time']:>5.1f} s  {len(lines):>2} failures  "
              f"{left_out:>2} left out  {document}", flush=True)
        if query:
            for line in lines:
                print(f"    {line}", flush=True)
        else:
            found += [f"{document}: {line}" for line in lines]
    return found


def run(document, url, query, path, arguments):
    words = ["st", "--config-file", HERE / "corpus.toml", "run", f"{url}/openapi.json{query}", "--no-color"]
    words += ["--report", "json", "--report-json-path", path, "--url", url]
    if arguments.max_examples:
        words += ["--max-examples", str(arguments.max_examples)]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "corpus_hooks.py")}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=path.parent, timeout=1800)
    return done.stdout + done.stderr, done.returncode


def shortfalls(result, output):
    """The check, the title, the operation and the whole text of everything that does not hold."""
    found = told(output, {error.get("title") for error in result["errors"]})
    for failure in result["failures"] + result["errors"]:
        code = failure.get("code") or failure.get("title") or str(failure)
        missing = failure.get("count", 1) - sum(code == known for known, *_ in found)
        if missing > 0:
            found.append((code, failure.get("title", ""), f"{missing} times", ""))
    found += [("warning", name, "", "") for name in ("missing_auth", "missing_test_data", "validation_mismatch")
              if result["warnings"].get(name)]
    operations = result["operations"]
    if not operations["total"] == operations["selected"] == operations["tested"]:
        found.append(("untested", "operations", f"{operations['tested']} of {operations['total']}", ""))
    return found


def told(output, errors):
    """What the tool says of each failure, and of each error of these titles: sections of operations with cases."""
    found, label = [], ""
    output = output.split("= SUMMARY =")[0]
    for part in re.split(r"^(_+ .+ _+)$", output, flags=re.M):
        if re.fullmatch(r"_+ .+ _+", part):
            label = part.strip("_ ")
            continue
        for text in re.split(r"^\d+\. Test Case ID: .*$", part, flags=re.M):
            checks = re.findall(r"^- (ST\d+) (.+)$", text, flags=re.M)
            checks += [(line, line) for line in text.splitlines() if line in errors]
            for code, title in checks:
                found.append((code, title, label, text))
    return found


def has_pair(url):
    """Whether something can be deleted that can be made: at the same path, or at the one above it."""
    with urllib.request.urlopen(f"{url}/openapi.json") as answer:
        paths = json.load(answer).get("paths", {})
    makers = {path.rstrip("/") for path, item in paths.items() if "post" in item or "put" in item}
    deleted = {path.rstrip("/") for path, item in paths.items() if "delete" in item}
    return any(path in makers or re.sub(r"/\{[^/]*\}$", "", path) in makers for path in deleted)


def is_left_out(document, code, text):
    return (code == "ST301" and is_named(document, KEPT)) or any(
        is_named(document, [name]) and code == check and needle in text for name, check, needle, _ in LEFT_OUT)


def is_named(document, names):
    return any(str(document.resolve()).endswith(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
