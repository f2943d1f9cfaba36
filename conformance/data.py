"""The data of the gate: nothing enters, `data.yaml` for the server and `plan.json` for the hooks leave.

The data file has the form of `server/data.yaml` (JSON is YAML). The plan says for every path which credentials and ids
there are to send and what the answer to them is. Both are the same in every run.

    data.py FOLDER
"""

import hashlib
import json
import string
import sys
from pathlib import Path

# Keys that one run may revoke, per situation that revokes. `hooks.py` fails when they run out.
FRESH = 120

CREATED, PAST = 1735689600, 1740787200
LETTERS = string.ascii_letters + string.digits


def main(folder):
    data, plan = {}, {}
    for build in (devin_v2, devin_v3, langwatch):
        name, records, path, situations = build()
        data[name] = records
        plan[path] = situations
    (folder / "data.yaml").write_text(json.dumps(data, indent=1))
    (folder / "plan.json").write_text(json.dumps(plan, indent=1))


def devin_v2():
    def token(name):
        return "apk_user_" + letters(name, 32)

    def ids(*names):
        return [{"api_key_id": name} for name in names]

    fresh = numbered("apk-fresh", FRESH)
    service = numbered("apk-service", FRESH)
    records = [
        {
            "enterprise": "enterprise-one",
            "users": [
                {
                    "id": "user-admin",
                    "role": "admin",
                    "api_keys": [
                        key("apk-admin", token=token("apk-admin")),
                        key("apk-expired", token=token("apk-expired"), expires_at=PAST),
                        key("apk-revoked", token=token("apk-revoked"), revoked_at=PAST),
                        key("apk-kept"),
                    ],
                },
                {
                    "id": "user-member",
                    "api_keys": [key("apk-member", token=token("apk-member")), *map(key, fresh)],
                },
            ],
            "service_keys": [*map(key, service)],
        },
        {
            "enterprise": "enterprise-two",
            "users": [{"id": "user-foreign", "role": "admin", "api_keys": [key("apk-foreign")]}],
        },
    ]
    admin, kept = bearer(token("apk-admin")), ids("apk-kept")
    situations = [
        situation("active", 200, admin, ids(*fresh)),
        situation("expired credential", 401, bearer(token("apk-expired")), kept),
        situation("revoked by this run", 404, admin, ids(*fresh)),
        situation("no admin", 403, bearer(token("apk-member")), kept),
        situation("active service key", 200, admin, ids(*service)),
        situation("revoked credential", 401, bearer(token("apk-revoked")), kept),
        situation("revoked", 404, admin, ids("apk-revoked")),
        situation("credential of another API", 401, bearer("cog_" + letters("other", 32)), kept),
        situation("foreign", 404, admin, ids("apk-foreign")),
        situation("no credential", 401, None, kept),
        situation("unknown", 404, admin, ids(*numbered("apk-unknown", 40))),
    ]
    path = "/v2/enterprise/api-keys/{api_key_id}"
    return "devin_v2", records, path, entry(admin, kept, 404, situations)


def devin_v3():
    def token(name):
        return "cog_" + letters(name, 32)

    def ids(user, *names):
        return [{"service_user_id": user, "api_key_id": name} for name in names]

    fresh = numbered("key-fresh", FRESH)
    expired = numbered("key-expired", FRESH)
    records = [
        {
            "enterprise": "enterprise-one",
            "service_users": [
                {
                    "id": "service-user-admin",
                    "permissions": ["ManageAccountServiceUsers"],
                    "api_keys": [
                        key("key-admin", token=token("key-admin")),
                        key("key-admin-expired", token=token("key-admin-expired"), expires_at=PAST),
                        key("key-admin-revoked", token=token("key-admin-revoked"), revoked_at=PAST),
                        key("key-kept"),
                    ],
                },
                {
                    "id": "service-user-other",
                    "permissions": ["UseDevinSessions"],
                    "api_keys": [
                        key("key-other", token=token("key-other")),
                        key("key-revoked", revoked_at=PAST),
                        *map(key, fresh),
                        *(key(name, expires_at=PAST, last_used_at=CREATED) for name in expired),
                    ],
                },
            ],
        },
        {
            "enterprise": "enterprise-two",
            "service_users": [{"id": "service-user-foreign", "api_keys": [key("key-foreign")]}],
        },
    ]
    admin, kept = bearer(token("key-admin")), ids("service-user-admin", "key-kept")
    situations = [
        situation("active", 200, admin, ids("service-user-other", *fresh)),
        situation("expired credential", 401, bearer(token("key-admin-expired")), kept),
        situation("revoked by this run", 409, admin, ids("service-user-other", *fresh)),
        situation("without the permission", 403, bearer(token("key-other")), kept),
        situation("foreign", 404, admin, ids("service-user-foreign", "key-foreign")),
        situation("expired", 200, admin, ids("service-user-other", *expired)),
        situation("revoked credential", 401, bearer(token("key-admin-revoked")), kept),
        situation("revoked", 409, admin, ids("service-user-other", "key-revoked")),
        situation("of another service user", 404, admin, ids("service-user-other", "key-kept")),
        situation("no credential", 401, None, kept),
        situation("unknown", 404, admin, ids("service-user-other", *numbered("key-unknown", 40))),
        situation("of an unknown service user", 404, admin, ids("service-user-unknown", "key-kept")),
    ]
    path = "/v3beta1/enterprise/service-users/{service_user_id}/api-keys/{api_key_id}"
    return "devin_v3", records, path, entry(admin, kept, 409, situations)


def langwatch():
    manage = ["organization:manage"]

    def token(name):
        return f"sk-lw-{letters(name + '.lookup', 16)}_{letters(name, 48)}"

    def ids(*names):
        return [{"id": name} for name in names]

    fresh = numbered("apikey-fresh", FRESH)
    own = numbered("apikey-own", FRESH)
    records = [
        {
            "organization": "organization-one",
            "users": [
                {
                    "id": "user-admin",
                    "role": "admin",
                    "api_keys": [
                        key("apikey-admin", token=token("apikey-admin"), permissions=manage),
                        key("apikey-reader", token=token("apikey-reader"), permissions=["organization:view"]),
                        key("apikey-expired", token=token("apikey-expired"), permissions=manage, expires_at=PAST),
                        key("apikey-revoked", token=token("apikey-revoked"), permissions=manage, revoked_at=PAST),
                        key("apikey-kept"),
                        *map(key, fresh),
                    ],
                },
                {
                    "id": "user-member",
                    "api_keys": [
                        key("apikey-member", token=token("apikey-member"), permissions=manage),
                        *map(key, own),
                    ],
                },
            ],
            "system_keys": [key("apikey-system")],
        },
        {
            "organization": "organization-two",
            "users": [{"id": "user-foreign", "role": "admin", "api_keys": [key("apikey-foreign")]}],
        },
    ]
    admin, member, kept = bearer(token("apikey-admin")), bearer(token("apikey-member")), ids("apikey-kept")
    situations = [
        situation("active", 200, admin, ids(*fresh)),
        situation("expired credential", 401, bearer(token("apikey-expired")), kept),
        situation("revoked by this run", 409, admin, ids(*fresh)),
        situation("without the permission", 403, bearer(token("apikey-reader")), kept),
        situation("foreign", 404, admin, ids("apikey-foreign")),
        situation("one's own", 200, member, ids(*own)),
        situation("revoked credential", 401, bearer(token("apikey-revoked")), kept),
        situation("revoked", 409, admin, ids("apikey-revoked")),
        situation("of somebody else", 403, member, ids("apikey-kept", "apikey-revoked")),
        situation("system key", 404, admin, ids("apikey-system")),
        situation("no credential", 401, None, kept),
        situation("unknown", 404, admin, ids(*numbered("apikey-unknown", 40))),
    ]
    path = "/api/api-keys/{id}"
    return "langwatch", records, path, entry(admin, kept, 409, situations)


def entry(credential, kept, again, situations):
    """What there is to send to one path: `credential` may revoke the key `kept`, which no situation does, and `again` is
    the status of a second revocation."""
    return {"credential": credential, "kept": kept[0], "again": again, "situations": situations}


def situation(name, status, credential, parameters):
    """What is sent, and the status of the answer. The n-th time, the n-th of the parameters are sent: "revoked by this
    run" comes after the situation with the same keys, and so finds each of them revoked."""
    once = status == 200
    return {"name": name, "status": status, "credential": credential, "parameters": parameters, "once": once}


def key(name, token=None, **fields):
    record = {"id": name, "created_at": CREATED, **fields}
    if token is not None:
        record["credential"] = {"sha256": hashlib.sha256(token.encode()).hexdigest()}
    return record


def bearer(token):
    return f"Bearer {token}"


def numbered(prefix, count):
    return [f"{prefix}-{number}" for number in range(count)]


def letters(name, count):
    """Letters and digits that look random, and are always the same for a name."""
    digest = hashlib.sha512(name.encode()).digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:count])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
