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
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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

# Failures that are not the server's: the end of the document's path, the check, and the reason.
LEFT_OUT = [
    # OpenAPI 3.0 gives `exclusiveMinimum` a boolean, and the document a number: we read what is meant, Schemathesis refuses.
    ("008-constraints/008-integer-exclusive-min-max.yaml", "error: Schema Error", "the document is not OpenAPI 3.0"),
    ("008-constraints/008-integer-exclusive-min-max.yaml", "1 of 2 operations", "the document is not OpenAPI 3.0"),
    # A case of the stateful phase that the tool calls negative and that is valid: {"content": "", "id": "text", ...}.
    ("007-formats/022-binary.yaml", "ST201", "a valid body that the tool takes for an invalid one"),
    # It takes the text `null` of a part for null. A part has no types: a schema of strings makes it a string.
    ("009-forms-and-multipart/012-multipart-optional-file.yaml", "ST201", "a valid body that the tool takes for an invalid one"),
    # The events of a stream are taken for the whole body, which is what a schema beside `itemSchema` is of.
    ("torture/torture.yaml", "ST108", "events are judged by the schema of the body"),
    # It sends a cookie as it is, not percent-encoded: `session=%Ip` is no encoding of anything.
    ("torture/torture.yaml", "ST202", "a cookie that is not percent-encoded"),
    # `Unsupported type: 'Binary'` in its own generation of multipart bodies.
    ("torture/torture.yaml", "error: Runtime Error", "the tool crashes"),
    # An empty array and one of one text look in a form as nothing, and as a text.
    ("real/swagger-petstore-v3.yaml", "ST201", "a text in a form is an array of one text"),
    ("real/scalar-galaxy.yaml", "error: Schema Error", "`examples` of a schema is an object"),
    # Heirs of a schema with a discriminator are meant by their tags; the tool knows the base alone. And it reads `.` of a
    # pattern as Python does, where a carriage return is no line end.
    ("real/polaris-management.yaml", "ST202", "heirs by tag; `.` and line ends"),
    # The schema's name, which is the tag, is `Circle`, and the tag's `const` is `circle`: no value is both.
    ("020-openapi-3-1/012-discriminator-const-type.yaml", "ST111", "the document contradicts itself"),
]

# Documents whose items can be made and deleted: an example server keeps nothing, so that what is deleted is still there.
# The stateful phase is off for them.
STATEFUL = [
    "revoke/crud.yaml",
    "real/ably-control.yaml",
    "real/apisguru-httpbin.json",
    "real/polaris-management.yaml",
    "real/redocly-museum.yaml",
    "real/resend.yaml",
    "real/scalar-galaxy.yaml",
    "real/swagger-petstore-v3.yaml",
    "real/train-travel.yaml",
]

MAIN = """//! Serves the examples of many documents, each on a port of its own.

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
        f"    serve!({module}, {module}::api::examples::Examples);\n"
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
    for query in [""] + ["?original"] * arguments.published:
        path = report.with_suffix(".original.json" if query else ".json")
        path.unlink(missing_ok=True)
        output, code = run(document, url, query, path, arguments)
        path.with_suffix(".txt").write_text(output)
        if not path.exists():
            found.append(f"{document}: exit code {code}, no report: {output[-600:]}")
            continue
        result = json.loads(path.read_text())
        lines = [line for line in shortfalls(result) if not is_left_out(document, line)]
        if code != 0 and not lines and not shortfalls(result):
            lines.append(f"exit code {code}: {output[-600:]}")
        kind = "published" if query else "effective"
        cases = result["test_cases"]["generated"]
        print(f"{kind}  {cases:>5} cases  {result['running_time']:>5.1f} s  {len(lines):>2}  {document}", flush=True)
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
    if any(str(document.resolve()).endswith(name) for name in STATEFUL):
        words += ["--phases", "examples,coverage,fuzzing"]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": str(HERE / "corpus_hooks.py")}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, cwd=path.parent, timeout=1800)
    return done.stdout + done.stderr, done.returncode


def shortfalls(result):
    found = [f"{failure.get('code') or failure['type']}: {failure['title']}, {failure['count']} times"
             for failure in result["failures"]]
    found += [f"error: {error.get('title') or error}" for error in result["errors"]]
    found += [f"warning: {name}" for name in ("missing_auth", "missing_test_data", "validation_mismatch")
              if result["warnings"].get(name)]
    operations = result["operations"]
    if not operations["total"] == operations["selected"] == operations["tested"]:
        found.append(f"{operations['tested']} of {operations['total']} operations were tested")
    return found


def is_left_out(document, line):
    return any(str(document.resolve()).endswith(name) and line.startswith(check) for name, check, _ in LEFT_OUT)


if __name__ == "__main__":
    sys.exit(main())
