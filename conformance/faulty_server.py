"""Servers for `selftest`: one that does what the documents say, and the same one with a fault.

    faulty_server.py FAULT --port PORT --data FILE --log json

FAULT is `none`, `always-404` or `no-authentication`. The arguments after it, what is printed and what is logged are
those of the real server, as far as the gate needs them. The data file is the one that `data.py` writes.
"""

import argparse
import hashlib
import json
import re
import signal
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import yaml

SPECS = Path(__file__).resolve().parent.parent / "specs"
FILES = {
    "devin/v2": SPECS / "devin/v2-openapi.yaml",
    "devin/v3": SPECS / "devin/v3-openapi.yaml",
    "langwatch": SPECS / "langwatch/openapi.yaml",
}
ROUTES = {
    "devin/v2": re.compile("/v2/enterprise/api-keys/([^/]+)"),
    "devin/v3": re.compile("/v3beta1/enterprise/service-users/([^/]+)/api-keys/([^/]+)"),
    "langwatch": re.compile("/api/api-keys/([^/]+)"),
}
TWICE = {"devin/v2": 404, "devin/v3": 409, "langwatch": 409}
SECTIONS = {"devin/v2": "devin_v2", "devin/v3": "devin_v3", "langwatch": "langwatch"}
LOCK = threading.Lock()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address, fault, data):
        super().__init__(address, Handler)
        self.fault = fault
        self.keys = {document: dict(keys(data[section])) for document, section in SECTIONS.items()}
        self.documents = {document: effective(document, yaml.safe_load(path.read_text())) for document, path in FILES.items()}


def effective(document, content):
    """A document as the real server hands it out: with the statuses that the server and its handlers answer."""
    for item in content["paths"].values():
        for operation in item.values():
            for status in (401, 403, 404, TWICE[document]):
                operation["responses"].setdefault(str(status), {"description": "Answered by the server."})
    return content


def keys(tenants):
    """The keys of one API by id, each with what it inherits from where it stands."""
    for tenant in tenants:
        name = tenant.get("enterprise") or tenant.get("organization")
        for user in tenant.get("users", []) + tenant.get("service_users", []):
            inherited = {"tenant": name, "owner": user["id"], "role": user.get("role")}
            for key in user["api_keys"]:
                yield key["id"], {"permissions": user.get("permissions", []), **inherited, **key}
        for key in tenant.get("service_keys", []):
            yield key["id"], {"tenant": name, "owner": None, **key}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one segment: apart, each answer waits 40 ms for an acknowledgement.
    wbufsize = -1

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = self.path.partition("?")[0]
        for document, content in self.server.documents.items():
            if path == f"/{document}/openapi.json":
                host, port = self.server.server_address
                return self.send(200, {**content, "servers": [{"url": f"http://{host}:{port}"}]})
            match = ROUTES[document].fullmatch(path)
            if match:
                return self.revoke(document, [unquote(part) for part in match.groups()])
        self.send(404, error(404))

    def revoke(self, document, ids):
        if self.server.fault == "always-404":
            status, body = 404, error(404)
        elif self.command != "DELETE":
            return self.send(405, error(405), {"Allow": "DELETE, OPTIONS"})
        else:
            with LOCK:
                status, body = self.decide(document, ids)
        line = {"message": "answered", "document": document, "operation": "revoke", "status": status}
        print(json.dumps(line), file=sys.stderr, flush=True)
        self.send(status, body, {"WWW-Authenticate": "Bearer"} if status == 401 else {})

    def decide(self, document, ids):
        """The table: 401, 403 permission, 404, 403 ownership, 409, 200."""
        known, *user = self.server.keys[document], *ids[:-1]
        key, now = known.get(ids[-1]), int(time.time())
        caller = self.caller(known, now)
        if caller is None:
            return 401, error(401)
        if not may(document, caller):
            return 403, error(403)
        if key is None or "owner" not in key or key["tenant"] != caller["tenant"] or user not in ([], [key["owner"]]):
            return 404, error(404)
        if document == "langwatch" and caller["role"] != "admin" and key["owner"] != caller["owner"]:
            return 403, error(403)
        if key.get("revoked_at") is not None:
            return TWICE[document], error(TWICE[document])
        key["revoked_at"] = now
        return 200, done(document, key)

    def caller(self, known, now):
        if self.server.fault == "no-authentication":
            return next(iter(known.values()))
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        digest = hashlib.sha256(token.encode("latin-1", "replace")).hexdigest()
        for key in known.values():
            if scheme == "Bearer" and key.get("credential", {}).get("sha256") == digest:
                active = key.get("revoked_at") is None and key.get("expires_at", now + 1) > now
                return key if active else None
        return None

    def send(self, status, body, headers=()):
        content = json.dumps(body).encode()
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *arguments):
        pass

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = do_QUERY = do_TRACE = answer


def may(document, caller):
    if document == "devin/v2":
        return caller["role"] == "admin"
    needed = "organization:manage" if document == "langwatch" else "ManageAccountServiceUsers"
    return needed in caller["permissions"]


def error(status):
    return {"detail": f"status {status}"}


def done(document, key):
    if document == "devin/v2":
        return {"status": "success"}
    if document == "langwatch":
        return {"success": True}
    fields = {"api_key_id": key["id"], "api_key_name": key["id"], "is_active": False}
    times = ("created_at", "expires_at", "revoked_at", "last_used_at")
    return {**fields, **{name: key.get(name) for name in times}}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("fault", choices=("none", "always-404", "no-authentication"))
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--log")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server = Server(("127.0.0.1", arguments.port), arguments.fault, json.loads(arguments.data.read_text()))
    print("Listening on http://{}:{}".format(*server.server_address), flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
