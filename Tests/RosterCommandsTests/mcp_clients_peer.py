"""Uses the built program as agents' frameworks do: through the MCP clients of FastMCP and OpenAI's Agents SDK.

    mcp_clients_peer.py http URL             `roster serve`, whose token is in ROSTER_TEST_TOKEN
    mcp_clients_peer.py stdio ROSTER FOLDER  `roster mcp`
"""

import asyncio
import contextlib
import json
import os
import sys

import fastmcp
from agents.mcp import MCPServerStdio, MCPServerStreamableHttp
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport

TOOLS = {
    "list-ai-providers", "get-ai-provider", "create-ai-provider", "update-ai-provider", "delete-ai-provider",
    "list-projects", "list-secrets",
}


class Target:
    """The address or the command of the server, and its tools."""

    def __init__(self, kind, arguments):
        self.is_http = kind == "http"
        if self.is_http:
            (self.url,) = arguments
            self.headers = {"Authorization": "Bearer " + os.environ["ROSTER_TEST_TOKEN"]}
        else:
            self.command, folder = arguments
            self.args = ["mcp", "--repo", folder]
        self.tools = TOOLS if self.is_http else TOOLS | {"check-registry"}


@contextlib.asynccontextmanager
async def fastmcp_calls(target):
    if target.is_http:
        transport = StreamableHttpTransport(target.url, headers=target.headers)
    else:
        transport = StdioTransport(target.command, target.args, env=dict(os.environ))
    async with fastmcp.Client(transport) as client:
        assert {tool.name for tool in await client.list_tools()} == target.tools

        async def call(name, arguments):
            result = await client.call_tool(name, arguments, raise_on_error=False)
            return result.is_error, result.content[0].text, result.structured_content

        yield call


@contextlib.asynccontextmanager
async def agents_calls(target):
    if target.is_http:
        server = MCPServerStreamableHttp({"url": target.url, "headers": target.headers})
    else:
        server = MCPServerStdio({"command": target.command, "args": target.args, "env": dict(os.environ)})
    async with server:
        assert {tool.name for tool in await server.list_tools()} == target.tools

        async def call(name, arguments):
            result = await server.call_tool(name, arguments)
            plain = result.model_dump(by_alias=True)
            return plain["isError"], plain["content"][0]["text"], plain["structuredContent"]

        yield call


async def use(call, target, name):
    """Creates a provider by what the tools list, and lets it go again."""

    async def value(tool, **arguments):
        is_error, text, structured = await call(tool, arguments)
        assert not is_error, (tool, text)
        parsed = json.loads(text)
        if structured is not None:
            assert parsed in (structured, *structured.values()), (tool, structured)
        return parsed

    (project,) = await value("list-projects")
    assert project["handle"] == "acme", project
    assert await value("list-secrets", projectId=project["handle"]) == []
    records = await value("list-ai-providers", projectId=project["handle"])
    assert [record["handle"] for record in records] == ["acme/local"], records
    assert await value("get-ai-provider", id="acme/local") == records[0]
    edit = await value(
        "create-ai-provider",
        projectId=project["handle"], name="By " + name, provider="ollama", defaultModel="m", secretId=None, baseUrl=None,
        config=None,
    )
    assert edit["operation"] == "create" and edit["handle"] == "acme/by-" + name, edit
    is_error, text, _ = await call("get-ai-provider", {"id": "acme/nobody"})
    assert is_error and "there is no provider of this id" in text, text
    if not target.is_http:
        assert (await value("get-ai-provider", id=edit["handle"]))["name"] == "By " + name
        assert (await value("check-registry"))["summary"]["errors"] == 0
        assert (await value("delete-ai-provider", id=edit["handle"]))["operation"] == "delete"


async def main():
    kind, *arguments = sys.argv[1:]
    target = Target(kind, arguments)
    clients = {"fastmcp": fastmcp_calls, "agents": agents_calls}
    for name, connect in clients.items():
        async with connect(target) as call:
            await use(call, target, name)
        print(f"{name} used {len(target.tools)} tools over {kind}")


asyncio.run(main())
