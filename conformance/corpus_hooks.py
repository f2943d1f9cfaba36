"""The hooks of Schemathesis for example servers: cases enter, and leave with a credential for each scheme that their
operation asks for, which is the only one that the servers of `corpus.py` take.
"""

import base64

import schemathesis

BASIC = "Basic " + base64.b64encode(b"user:credential").decode()


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
