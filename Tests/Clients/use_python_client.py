"""Uses the client that openapi-python-client generated: `use_python_client.py URL TOKEN`.

mypy checks this file together with the client.
"""

import sys
from http import HTTPStatus

from roster_client import AuthenticatedClient, Client
from roster_client.api.ai_providers import (
    create_ai_provider,
    delete_ai_provider_by_handle,
    get_ai_provider,
    get_ai_provider_by_handle,
    get_ai_provider_by_handle_head,
    list_ai_providers,
    update_ai_provider,
)
from roster_client.api.projects import get_project, list_models, list_projects
from roster_client.api.server import health, ready, status
from roster_client.models import (
    AiProvider,
    AiProviderCreate,
    AiProviderCreateProvider,
    AiProviderPatch,
    Endpoint,
    FileEdit,
    InvalidRecordProblem,
    ListAiProvidersProvider,
    Model,
    ModelList,
    Problem,
    Project,
    ReadOnlyProblem,
    Status,
)

url, token = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=token)
anonymous = Client(base_url=url)


def records(answer: object) -> list[AiProvider]:
    """Returns the records of a list's answer."""
    assert isinstance(answer, list)
    return answer


# The list and its filters.
everything = records(list_ai_providers.sync(client=client))
assert len(everything) == 10
acme = records(list_ai_providers.sync(client=client, project="acme"))
assert 0 < len(acme) < 10
by_id = records(list_ai_providers.sync(client=client, project_id=acme[0].project_id))
assert [record.id for record in by_id] == [record.id for record in acme]
openai = records(list_ai_providers.sync(client=client, provider=ListAiProvidersProvider.OPENAI))
assert [record.name for record in openai] == ["GPT-4o for checkout"], openai
assert records(list_ai_providers.sync(client=client, q="GPT-4O", provider=ListAiProvidersProvider.OPENAI)) == openai
assert records(list_ai_providers.sync(client=client, project="nowhere")) == []
page = list_ai_providers.sync_detailed(client=client, limit=3, offset=2)
assert records(page.parsed) == everything[2:5] and page.headers["X-Total-Count"] == "10"

# One record, with and without the members that follow the ten.
by_handle = get_ai_provider_by_handle.sync_detailed("acme", "gpt-4o", client=client, include="handle,endpoint,model")
record = by_handle.parsed
assert isinstance(record, AiProvider) and record.handle == "acme/gpt-4o"
assert isinstance(record.model, Model) and record.model.model == record.default_model
assert isinstance(record.endpoint, Endpoint) and record.endpoint.host == "eu.api.openai.com:443"
plain = get_ai_provider.sync_detailed(record.id, client=client)
assert isinstance(plain.parsed, AiProvider) and not plain.parsed.handle and plain.parsed.created_at

# 304, and HEAD without a body.
tag = plain.headers["ETag"]
same = get_ai_provider_by_handle.sync_detailed("acme", "gpt-4o", client=client, if_none_match=tag)
assert same.status_code == HTTPStatus.NOT_MODIFIED and same.content == b""
head = get_ai_provider_by_handle_head.sync_detailed("acme", "gpt-4o", client=client)
assert head.status_code == HTTPStatus.OK and head.headers["ETag"] == tag and head.content == b""

# 400, 401 and 404.
wrong = list_ai_providers.sync(client=client, include="secret")
assert isinstance(wrong, Problem) and wrong.status == 400 and "include" in wrong.detail
refused = list_ai_providers.sync(client=anonymous)
assert isinstance(refused, Problem) and refused.status == 401 and "roster token create" in refused.detail
missing = get_ai_provider_by_handle.sync(project="acme", handle="nothing", client=client)
assert isinstance(missing, Problem) and missing.status == 404

# 405 with the edit, and 422.
patched = update_ai_provider.sync(record.id, client=client, body=AiProviderPatch(default_model="gpt-4.1"))
assert isinstance(patched, ReadOnlyProblem) and isinstance(patched.file_edit, FileEdit)
assert patched.file_edit.operation == "update" and "+defaultModel: gpt-4.1" in str(patched.file_edit.patch)
deleted = delete_ai_provider_by_handle.sync("labs", "vllm", client=client)
assert isinstance(deleted, ReadOnlyProblem) and isinstance(deleted.file_edit, FileEdit)
assert deleted.file_edit.arguments == ["roster", "provider", "delete", "labs/vllm"]
new = AiProviderCreate(
    project_id=record.project_id, name="New", provider=AiProviderCreateProvider.OLLAMA, default_model="llama3.2"
)
created = create_ai_provider.sync(client=client, body=new)
assert isinstance(created, ReadOnlyProblem) and isinstance(created.file_edit, FileEdit)
assert created.file_edit.path == "providers/acme/new.yaml"
new.base_url = "not a URL"
invalid = create_ai_provider.sync(client=client, body=new)
assert isinstance(invalid, InvalidRecordProblem) and invalid.diagnostics[0].rule == "invalid-base-url"

# Projects, models and the server itself.
projects = list_projects.sync(client=client)
assert isinstance(projects, list) and [project.handle for project in projects] == ["acme", "labs"]
labs = get_project.sync("labs", client=client)
assert isinstance(labs, Project) and labs.providers == 5
models = list_models.sync(client=client)
assert isinstance(models, ModelList) and models.data[0].id.startswith("acme/")
state = status.sync(client=client)
assert isinstance(state, Status) and state.ready
for probe in [health, ready]:
    assert probe.sync_detailed(client=client).status_code == HTTPStatus.OK
print("the Python client works")
