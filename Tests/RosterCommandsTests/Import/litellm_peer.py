"""Loads configurations with LiteLLM, and prints the request that each of their deployments sends.

Reads a JSON object from standard input: {"folder": DIR, "files": [NAME…], "variables": {NAME: VALUE}}. Prints a JSON
object of the files, each with a list: one element for each deployment, in the order of LiteLLM. No request leaves the
process: the transport of its HTTP client is replaced.
"""

import asyncio
import json
import os
import sys

request = json.load(sys.stdin)
for name in list(os.environ):
    if name.endswith("_KEY") or name.startswith(("AWS_", "OPENAI_", "AZURE_", "ROSTER_")):
        del os.environ[name]
os.environ.update(
    LITELLM_LOCAL_MODEL_COST_MAP="True",
    DISABLE_AIOHTTP_TRANSPORT="True",
    AWS_EC2_METADATA_DISABLED="true",
    LITELLM_LOG="CRITICAL",
)
os.environ.update(request["variables"])

import httpx  # noqa: E402

captured = []


def answer(sent: httpx.Request) -> httpx.Response:
    body = sent.read()
    captured.append(
        {
            "method": sent.method,
            "url": str(sent.url),
            "headers": {name.lower(): value for name, value in sent.headers.items()},
            "body": body.decode("utf-8", "replace"),
        }
    )
    return httpx.Response(400, json={"error": {"message": "captured"}}, request=sent)


async def answer_async(self, sent: httpx.Request) -> httpx.Response:
    await sent.aread()
    return answer(sent)


httpx.HTTPTransport.handle_request = lambda self, sent: answer(sent)
httpx.AsyncHTTPTransport.handle_async_request = answer_async

import litellm  # noqa: E402
from litellm.proxy.proxy_server import ProxyConfig  # noqa: E402
from litellm.types.utils import CredentialItem  # noqa: E402

litellm.suppress_debug_info = True
base = dict(os.environ)
# The parameters that the router keeps for itself.
ROUTING = (
    "rpm", "tpm", "weight", "order", "tags", "max_budget", "budget_duration", "max_parallel_requests",
    "use_in_pass_through", "use_litellm_proxy", "merge_reasoning_content_in_choices",
)


def send(parameters: dict, name: str) -> dict:
    captured.clear()
    parameters = {key: value for key, value in parameters.items() if value is not None and key not in ROUTING}
    # A wildcard stands for the model that a client names.
    parameters["model"] = parameters["model"].replace("*", "any-model")
    parameters.update(max_retries=0, num_retries=0)
    message = ""
    try:
        if "embedding" in parameters["model"]:
            litellm.embedding(input=["ping"], **parameters)
        else:
            litellm.completion(messages=[{"role": "user", "content": "ping"}], **parameters)
    except BaseException as error:  # noqa: BLE001
        message = f"{type(error).__name__}: {error}"
    posts = [one for one in captured if one["method"] == "POST" and not one["url"].endswith("/api/show")]
    if not posts:
        return {"name": name, "error": message[:300]}
    return {"name": name, **posts[-1]}


async def deployments(path: str) -> list:
    os.environ.clear()
    os.environ.update(base)
    litellm.credential_list = []
    config = await ProxyConfig().get_config(config_file_path=path)
    for name, value in (config.get("environment_variables") or {}).items():
        os.environ[name] = str(value)
    for item in config.get("credential_list") or []:
        values = {}
        for key, value in item["credential_values"].items():
            is_reference = isinstance(value, str) and value.startswith("os.environ/")
            values[key] = os.environ.get(value.removeprefix("os.environ/")) if is_reference else value
        litellm.credential_list.append(
            CredentialItem(
                credential_name=item["credential_name"],
                credential_values=values,
                credential_info=item.get("credential_info") or {},
            )
        )
    found = []
    for item in config.get("model_list") or []:
        try:
            parameters = dict(litellm.Router(model_list=[item]).model_list[0]["litellm_params"])
        except BaseException as error:  # noqa: BLE001
            found.append({"name": item.get("model_name"), "error": f"{type(error).__name__}: {error}"[:300]})
            continue
        found.append(send(parameters, item.get("model_name")))
    return found


async def main() -> dict:
    results = {}
    for file in request["files"]:
        try:
            results[file] = await deployments(os.path.join(request["folder"], file))
        except BaseException as error:  # noqa: BLE001
            results[file] = {"error": f"{type(error).__name__}: {error}"[:300]}
    return results


json.dump(asyncio.run(main()), sys.stdout)
