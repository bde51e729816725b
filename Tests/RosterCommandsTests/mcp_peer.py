"""Calls the built program with the clients of the official SDK in each protocol version, and validates every message.

    mcp_peer.py http ROSTER FOLDER     `roster serve`, whose token is in ROSTER_TEST_TOKEN
    mcp_peer.py stdio ROSTER FOLDER    `roster mcp`

If MCP_SCHEMAS names a folder with the specification's `<revision>/schema.json`, messages are validated with those too.
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import time

import httpx2
import jsonschema
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import methods

TOOLS = [
    "list-ai-providers", "get-ai-provider", "create-ai-provider", "update-ai-provider", "delete-ai-provider",
    "list-projects", "list-secrets",
]
REVISIONS = ["2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"]
RESULTS = {
    "initialize": "InitializeResult",
    "server/discover": "DiscoverResult",
    "ping": "EmptyResult",
    "tools/list": "ListToolsResult",
    "tools/call": "CallToolResult",
    "resources/list": "ListResourcesResult",
    "resources/read": "ReadResourceResult",
    "resources/templates/list": "ListResourceTemplatesResult",
}


class Types:
    """The types of the SDK and, if available, the schemas of the specification."""

    def __init__(self):
        self.schemas = {}
        if folder := os.environ.get("MCP_SCHEMAS"):
            for revision in REVISIONS:
                with open(os.path.join(folder, revision, "schema.json")) as file:
                    self.schemas[revision] = json.load(file)
        self.count = 0

    def check(self, revision, method, message):
        self.count += 1
        assert message["jsonrpc"] == "2.0", message
        assert ("result" in message) != ("error" in message), message
        if "result" in message:
            methods.validate_server_result(method, revision, message["result"])
            self.hold(revision, RESULTS[method], message["result"])
        names = ["JSONRPCResponse"] if "result" in message else ["JSONRPCErrorResponse", "JSONRPCError"]
        for name in names:
            self.hold(revision, name, message)

    def hold(self, revision, name, value):
        if not (schema := self.schemas.get(revision)):
            return
        root = "$defs" if "$defs" in schema else "definitions"
        if name in schema[root]:
            jsonschema.validate(value, {**schema, "anyOf": [{"$ref": f"#/{root}/{name}"}]})


def request(revision, method, params, number):
    params = dict(params)
    if revision == "2026-07-28":
        params["_meta"] = {
            "io.modelcontextprotocol/protocolVersion": revision,
            "io.modelcontextprotocol/clientInfo": {"name": "peer", "version": "1"},
            "io.modelcontextprotocol/clientCapabilities": {},
        }
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def handshake(revision):
    info = {"name": "peer", "version": "1"}
    return ("initialize", {"protocolVersion": revision, "capabilities": {}, "clientInfo": info})


def conversation(revision, provider):
    """Yields requests for every method, with successes and errors."""
    modern = revision == "2026-07-28"
    yield ("server/discover", {}) if modern else handshake(revision)
    if not modern:
        yield ("ping", {})
    for method in ["tools/list", "resources/list", "resources/templates/list"]:
        yield (method, {})
        yield (method, {"cursor": "no such cursor"})
    yield ("resources/read", {"uri": "roster://acme/local"})
    yield ("resources/read", {"uri": "roster://acme/nobody"})
    yield ("tools/call", {"name": "no-such-tool"})
    yield ("tools/call", {"name": "list-ai-providers"})
    yield ("tools/call", {"name": "list-ai-providers", "arguments": {"provider": "no"}})
    yield ("tools/call", {"name": "get-ai-provider", "arguments": {"id": provider}})
    yield ("tools/call", {"name": "get-ai-provider", "arguments": {"id": "aip_nobodynobodynob"}})
    yield ("tools/call", {"name": "get-ai-provider", "arguments": {"id": "acme/local"}})
    yield ("tools/call", {"name": "list-projects"})
    yield ("tools/call", {"name": "list-secrets", "arguments": {"projectId": "acme"}})
    yield ("tools/call", {"name": "list-secrets", "arguments": {"projectId": "nosuch"}})
    yield ("tools/call", {"name": "check-registry"})
    yield ("tools/call", {"name": "update-ai-provider", "arguments": {"id": provider, "provider": "antropic"}})
    yield ("no/such/method", {})


async def use_every_tool(client, made, rest=None):
    """Calls every tool; `made` is whether edits are made or only returned."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS + (["check-registry"] if made else [])
    for tool in tools:
        assert tool.input_schema["type"] == tool.output_schema["type"] == "object"
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
    schemas = {tool.name: tool.output_schema for tool in tools}

    async def call(name, arguments):
        # The client validates structured content only if there is some; this requires it.
        result = await client.call_tool(name, arguments)
        if not result.is_error:
            jsonschema.validate(result.structured_content, schemas[name])
        return result

    listed = await call("list-ai-providers", {})
    array = json.loads(listed.content[0].text)
    assert listed.structured_content == {"providers": array}
    if rest is not None:
        # The records of REST, each with its handle at its end.
        named = [(list(record)[-1], {k: v for k, v in record.items() if k != "handle"}) for record in array]
        assert named == [("handle", record) for record in json.loads(rest)]
    provider = next(record for record in array if record["name"] == "Local model")
    (project,) = (await call("list-projects", {})).structured_content["projects"]
    assert project == {"id": provider["projectId"], "handle": "acme", "name": "Acme", "providers": 1}
    assert (await call("list-secrets", {"projectId": "acme"})).structured_content == {"secrets": []}
    if made:
        summary = (await call("check-registry", {})).structured_content["summary"]
        assert (summary["errors"], summary["providers"]) == (0, 1), summary
    by_handle = await call("get-ai-provider", {"id": provider["handle"]})
    record = await call("get-ai-provider", {"id": provider["id"]})
    assert by_handle.structured_content == record.structured_content
    assert record.structured_content == provider == json.loads(record.content[0].text)
    wrong = await call("get-ai-provider", {"id": "aip_nobodynobodynob"})
    assert wrong.is_error and wrong.content[0].text == "there is no provider of this id, or the token may not see it"

    updated = await call("update-ai-provider", {"id": provider["id"], "defaultModel": "qwen3"})
    assert "-defaultModel: llama3.2\n+defaultModel: qwen3\n" in updated.structured_content["patch"]
    arguments = {"projectId": "acme", "name": "Second", "provider": "ollama", "defaultModel": "m", "baseUrl": None}
    created = await call("create-ai-provider", arguments)
    assert created.structured_content["path"] == "providers/acme/second.yaml"
    assert created.structured_content["operation"] == "create"
    assert created.structured_content["handle"] == "acme/second"
    refused = await call("create-ai-provider", {**arguments, "provider": "antropic"})
    assert refused.is_error and '"replacement":"anthropic"' in refused.content[-1].text, refused

    resources = (await client.list_resources()).resources
    uris = [str(resource.uri) for resource in resources]
    assert uris == ["roster://acme/local"] + (["roster://acme/second"] if made else [])
    read = await client.read_resource("roster://acme/local")
    now = json.loads(read.contents[0].text)
    assert now["defaultModel"] == ("qwen3" if made else "llama3.2")
    assert len((await client.list_resource_templates()).resource_templates) == 1

    if made:
        assert "nothing is committed" in created.content[-1].text
        array = json.loads((await call("list-ai-providers", {})).content[0].text)
        second = next(record for record in array if record["name"] == "Second")
        deleted = await call("delete-ai-provider", {"id": second["id"]})
        await call("update-ai-provider", {"id": provider["id"], "defaultModel": "llama3.2"})
    else:
        assert "nothing was changed" in created.content[-1].text
        deleted = await call("delete-ai-provider", {"id": provider["id"]})
    assert deleted.structured_content["operation"] == "delete"
    return provider["id"]


async def use_raw_http(raw, url):
    """Checks statuses and headers of HTTP before and after the processing of messages."""
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    note = {"jsonrpc": "2.0", "method": "notifications/initialized"}
    assert (await raw.post(url, json=ping)).json() == {"jsonrpc": "2.0", "id": 1, "result": {}}
    accepted = await raw.post(url, json=note)
    assert (accepted.status_code, accepted.content) == (202, b"")
    for method in ["GET", "DELETE"]:
        refused = await raw.request(method, url, headers={"Accept": "text/event-stream"})
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert (await raw.post(url, json=ping, headers={"Origin": "https://evil.example"})).status_code == 403
    async with httpx2.AsyncClient() as anonymous:
        refused = await anonymous.post(url, json=ping)
        assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    large = await raw.post(url, content=b" " * (1024 * 1024 + 1), headers={"Content-Type": "application/json"})
    assert large.status_code == 413, large
    full = await raw.post(url, content=b" " * (1024 * 1024), headers={"Content-Type": "application/json"})
    assert (full.status_code, full.json()["error"]["code"]) == (400, -32700)
    for coding in ["gzip", "identity"]:
        listed = await raw.post(url, json=request("2025-11-25", "tools/list", {}, 2), headers={"Accept-Encoding": coding})
        assert len(listed.json()["result"]["tools"]) == len(TOOLS)
        assert listed.headers.get("content-encoding", "identity") == coding


async def http(roster, folder):
    types = Types()
    token = os.environ["ROSTER_TEST_TOKEN"]
    server = subprocess.Popen(
        [roster, "serve", "--repo", folder, "--port", "0"], stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    )
    try:
        line = ""
        while "listening on" not in line:
            line = server.stderr.readline()
            assert line, "the server ended"
        base = re.search(r"http://\S+", line).group()
        authorization = {"Authorization": "Bearer " + token}
        async with httpx2.AsyncClient(headers=authorization) as raw:
            await use_raw_http(raw, base + "/mcp")
            rest = (await raw.get(base + "/api/v1/ai-providers")).text
            for mode in ["auto", "legacy", "2026-07-28"]:
                transport = streamable_http_client(base + "/mcp", http_client=raw)
                async with Client(transport, mode=mode) as client:
                    provider = await use_every_tool(client, made=False, rest=rest)
            for revision in REVISIONS:
                for number, (method, params) in enumerate(conversation(revision, provider)):
                    headers = {"MCP-Protocol-Version": revision}
                    if revision == "2026-07-28":
                        headers["Mcp-Method"] = method
                        if name := params.get("name", params.get("uri")):
                            headers["Mcp-Name"] = name
                    message = request(revision, method, params, number)
                    answer = await raw.post(base + "/mcp", json=message, headers=headers)
                    assert answer.json()["id"] == number
                    types.check(revision, method, answer.json())
        checker = subprocess.run(
            [sys.executable, "-m", "mcpcheck", base + "/mcp", "--strict", "--probe", "all", "--legacy-probes"],
            env={**os.environ, "MCPCHECK_TOKEN": token, "NO_COLOR": "1"},
            capture_output=True,
            text=True,
        )
        assert checker.returncode == 0, checker.stdout + checker.stderr
        assert "All 8 checks passed" in checker.stdout, checker.stdout
    finally:
        server.terminate()
        assert server.wait(timeout=20) == 0
    return types.count


async def stdio(roster, folder):
    types = Types()
    arguments = ["mcp", "--repo", folder]
    for mode in ["auto", "legacy", "2026-07-28"]:
        # By default the SDK passes few variables; coverage and sanitizers need theirs.
        parameters = StdioServerParameters(command=roster, args=arguments, env=dict(os.environ))
        transport = stdio_client(parameters)
        async with Client(transport, mode=mode) as client:
            provider = await use_every_tool(client, made=True)
    for revision in REVISIONS:
        asked = list(enumerate(conversation(revision, provider)))
        lines = [json.dumps(request(revision, method, params, number)) for number, (method, params) in asked]
        lines.insert(1, json.dumps({"jsonrpc": "2.0", "method": "notifications/initialized"}))
        server = subprocess.run([roster, *arguments], input="\n".join(lines), capture_output=True, text=True, check=True)
        # The output is one response per line, in the order of the requests.
        answers = [json.loads(line) for line in server.stdout.splitlines()]
        assert len(answers) == len(asked), server.stdout
        assert server.stderr == "", server.stderr
        for (number, (method, _)), answer in zip(asked, answers):
            assert answer["id"] == number
            types.check(revision, method, answer)
    return types.count


async def main():
    kind, roster, folder = sys.argv[1:]
    start = time.monotonic()
    count = await {"http": http, "stdio": stdio}[kind](roster, folder)
    print(f"{count} messages validated, in {time.monotonic() - start:.1f} s")


asyncio.run(main())
