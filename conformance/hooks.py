"""The hooks of Schemathesis: cases enter, and leave with the credentials and ids of the plan that `data.py` writes.

Generated ids exist nowhere, so that without this every answer were 401 or 404. Three of four positive cases become a
situation of the plan, in turn, and the answer must have the status that the plan tells; the fourth is sent as it was
generated. What is wrong on purpose (no credential, another method) goes to a key that exists: only there does it show
that a server lets it through.
"""

import itertools
import json
import os
from pathlib import Path

import schemathesis
from schemathesis.generation.modes import GenerationMode

PLAN = json.loads(Path(os.environ["CONFORMANCE_PLAN"]).read_text())

# Of so many positive cases, one is sent as it was generated.
CYCLE = 4

# Of so many unexpected answers, the request is shown.
SHOWN = 12

# The numbers of the next positive case, the next situation, and the next use of each situation.
CASES, SITUATIONS = itertools.count(), itertools.count()
USES = {}

# The ids of what this run has revoked.
REVOKED = set()

# The situations that were sent and not yet answered, by case id.
SENT = {}


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Gives the stateful phase something to do: these documents have one operation each, and no links, and with nothing
    to go on to the phase is skipped. So the copy that is tested gets a link from the operation to itself."""
    for path, item in raw_schema["paths"].items():
        for operation in item.values():
            ids = {name: f"$request.path.{name}" for name in PLAN[path]["kept"]}
            link = {"operationId": operation["operationId"], "parameters": ids}
            operation["responses"]["200"].setdefault("links", {})["again"] = link


@schemathesis.auth(refresh_interval=None, retry_on=[])
class Credential:
    """The credential of somebody who may do everything, wherever a case does not go without on purpose."""

    def get(self, case, context):
        return PLAN[case.path]["credential"]

    def set(self, case, data, context):
        case.headers["Authorization"] = data


@schemathesis.hook
def before_call(context, case, kwargs):
    plan = PLAN[case.path]
    if case.meta is None or case.meta.generation.mode != GenerationMode.POSITIVE:
        case.path_parameters = dict(plan["kept"])
    elif identity(case.path_parameters) in REVOKED:
        # The link of the stateful phase was followed.
        SENT[case.id] = {"name": "once more", "status": plan["again"]}
    elif next(CASES) % CYCLE != CYCLE - 1:
        number = next(SITUATIONS) % len(plan["situations"])
        stage(case, number, plan["situations"][number])


def stage(case, number, situation):
    use = next(USES.setdefault(number, itertools.count()))
    available = situation["parameters"]
    if situation["once"] and use >= len(available):
        raise RuntimeError(f"data.py makes too few keys for the situation `{situation['name']}`")
    case.path_parameters = dict(available[use % len(available)])
    if situation["status"] == 200:
        REVOKED.add(identity(case.path_parameters))
    if situation["credential"] is None:
        case.headers.pop("Authorization", None)
    else:
        case.headers["Authorization"] = situation["credential"]
    SENT[case.id] = situation


def identity(parameters):
    return tuple(sorted(parameters.items()))


@schemathesis.check
class ExpectedStatus:
    """Every situation is answered with the status that the plan tells. This is said at the end of the run only: a failed
    case would silence the warnings on which the run fails by itself."""

    def __init__(self):
        self.differences = []

    def after_response(self, ctx, response, case):
        situation = SENT.pop(case.id, None)
        if situation is not None and response.status_code != situation["status"]:
            request = f"{response.request.method} {response.request.url}"
            answer = f"{response.status_code}, expected {situation['status']}"
            self.differences.append(f"{situation['name']}: {request}: {answer}")

    def after_run(self, ctx):
        if self.differences:
            first = "\n".join(self.differences[:SHOWN])
            raise AssertionError(f"{len(self.differences)} answers have another status, the first of them:\n{first}")
