"""The hooks of Schemathesis for example servers: cases enter, and leave with a credential for each scheme that their
operation asks for; the first answer to each operation that needs one is asked for again without.
"""

import base64

import requests
import schemathesis
from schemathesis.generation.modes import GenerationMode

BASIC = "Basic " + base64.b64encode(b"user:password").decode()

# The operations that were asked for without a credential.
ASKED = set()


def requirements(operation):
    raw = operation.schema.raw_schema
    return operation.definition.raw.get("security", raw.get("security")) or []


def schemes(operation):
    """The schemes of the first alternative that can be met over plain HTTP."""
    known = operation.schema.raw_schema.get("components", {}).get("securitySchemes", {})
    for alternative in requirements(operation):
        found = [known.get(name) for name in alternative]
        if all(scheme and scheme["type"] != "mutualTLS" for scheme in found):
            return found
    return []


@schemathesis.auth(refresh_interval=None, retry_on=[])
class Credential:
    def get(self, case, context):
        return "credential"

    def set(self, case, data, context):
        for scheme in schemes(case.operation):
            if scheme["type"] == "apiKey":
                place = {"header": case.headers, "query": case.query, "cookie": case.cookies}[scheme["in"]]
                if place is not None:
                    place[scheme["name"]] = data
            elif scheme["type"] == "http" and scheme["scheme"].lower() == "basic":
                case.headers["Authorization"] = BASIC
            elif scheme["type"] == "http" and scheme["scheme"].lower() != "bearer":
                case.headers["Authorization"] = f"{scheme['scheme']} {data}"
            else:
                case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.check
def credential_required(ctx, response, case):
    """Without a credential the answer is 401, unless an alternative asks for none."""
    asked = requirements(case.operation)
    is_positive = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if not asked or {} in asked or case.operation.label in ASKED or not is_positive or response.status_code >= 400:
        return
    ASKED.add(case.operation.label)
    request = response.request.copy()
    names = {scheme.get("name", "Authorization").lower() for scheme in schemes(case.operation)}
    for name in [name for name in request.headers if name.lower() in names | {"authorization", "cookie"}]:
        del request.headers[name]
    path, _, query = request.url.partition("?")
    kept = [pair for pair in query.split("&") if pair and pair.split("=")[0].lower() not in names]
    request.url = path + ("?" + "&".join(kept) if kept else "")
    with requests.Session() as session:
        answer = session.send(request, allow_redirects=False)
    assert answer.status_code == 401, f"{answer.status_code} without a credential"
