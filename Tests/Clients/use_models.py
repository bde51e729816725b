"""Reads answers with the models that datamodel-code-generator generated: `use_models.py URL TOKEN`.

mypy checks this file together with the models.
"""

import sys
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from pydantic import TypeAdapter
from roster_models import (
    AiProvider,
    AiProviderCreate,
    AiProviderPatch,
    Endpoint,
    InvalidRecordProblem,
    ModelList,
    Problem,
    Project,
    ReadOnlyProblem,
    Status,
)

url, token = sys.argv[1:]


def send(method: str, path: str, body: str | None = None, **fields: str) -> tuple[int, bytes, str]:
    """Sends a request, and returns status, body and entity tag of the answer."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    headers |= {name.replace("_", "-"): value for name, value in fields.items()}
    request = Request(url + path, data=body.encode() if body else None, headers=headers, method=method)
    try:
        with urlopen(request) as answer:
            return answer.status, answer.read(), answer.headers["ETag"]
    except HTTPError as error:
        return error.code, error.read(), ""


records = TypeAdapter(list[AiProvider]).validate_json(send("GET", "/api/v1/ai-providers?include=handle,endpoint")[1])
assert len(records) == 10 and records[0].handle == "acme/claude"
assert isinstance(records[0].endpoint, Endpoint) and records[0].endpoint.keyed
path = "/api/v1/ai-providers/acme/gpt-4o"
code, body, tag = send("GET", path)
record = AiProvider.model_validate_json(body)
assert code == 200 and record.secretId and record.createdAt.tzinfo and record.endpoint is None
assert send("GET", path, If_None_Match=tag)[:2] == (304, b"")
assert AiProvider.model_validate_json(send("GET", f"/api/v1/ai-providers/{record.id}")[1]) == record
for target, status in [("?limit=0", 400), ("/acme/nothing", 404)]:
    code, body, _ = send("GET", "/api/v1/ai-providers" + target)
    assert code == status and Problem.model_validate_json(body).status == status
assert Problem.model_validate_json(send("GET", path, Authorization="Bearer x")[1]).status == 401

change = AiProviderPatch(defaultModel="gpt-4.1").model_dump_json(exclude_unset=True)
edit = ReadOnlyProblem.model_validate_json(send("PATCH", path, change)[1]).fileEdit
assert edit and edit.operation.value == "update" and edit.patch and "gpt-4.1" in edit.patch
new = AiProviderCreate.model_validate(
    {"projectId": record.projectId, "name": "New", "provider": "ollama", "defaultModel": "x", "baseUrl": "no URL"}
)
code, body, _ = send("POST", "/api/v1/ai-providers", new.model_dump_json(exclude_unset=True))
assert code == 422 and InvalidRecordProblem.model_validate_json(body).diagnostics[0].severity.value == "error"

assert TypeAdapter(list[Project]).validate_json(send("GET", "/api/v1/projects")[1])[1].handle == "labs"
assert ModelList.model_validate_json(send("GET", "/v1/models")[1]).data[0].object.value == "model"
assert Status.model_validate_json(send("GET", "/status")[1]).ready
print("the models work")
