"""What the vendors' own SDKs send: lists the models and asks for a word, through a provider on loopback.

Usage: sdk_peer.py SLUG BASE_URL KEY MODEL SETTINGS, where SETTINGS is a JSON object. For bedrock, KEY is a bearer token or
a JSON object with an access key. `sdk_peer.py sign REQUEST…`: what botocore signs, for requests as the recording server
writes them down, each a JSON object with `access`, `secret`, `token` and `region` beside. `sdk_peer.py environment SLUG`:
the same two requests, with nothing but what the environment holds.
"""

import json
import os
import sys

for name in list(os.environ) if sys.argv[1] != "environment" else []:
    if name.upper().endswith("_PROXY") or name.startswith(("OPENAI_", "ANTHROPIC_", "GROQ_", "GOOGLE_", "AWS_", "OLLAMA_")):
        del os.environ[name]


def openai_client(client, model, limit):
    list(client.models.list())
    client.chat.completions.create(model=model, messages=[{"role": "user", "content": "ping"}], **{limit: 16})


def run(slug, base, key, model, settings):
    if slug in ("openai", "xai", "azure", "gateway", "custom"):
        import openai

        limit = "max_tokens" if slug in ("gateway", "custom") else "max_completion_tokens"
        if slug == "azure":
            # This one knows how Azure is shown a key; the paths of Azure's v1 API are those of the plain client.
            endpoint = base.removesuffix("/openai/v1")
            azure = openai.AzureOpenAI(api_key=key, azure_endpoint=endpoint, api_version="2024-10-21", max_retries=0)
            list(azure.models.list())
        client = openai.OpenAI(
            api_key=key, base_url=base, max_retries=0,
            organization=settings.get("organization"), project=settings.get("project"),
        )
        openai_client(client, model, limit)
    elif slug == "groq":
        import groq

        openai_client(groq.Groq(api_key=key, base_url=base, max_retries=0), model, "max_completion_tokens")
    elif slug == "anthropic":
        import anthropic

        client = anthropic.Anthropic(api_key=key, base_url=base, max_retries=0)
        list(client.models.list())
        client.messages.create(model=model, max_tokens=16, messages=[{"role": "user", "content": "ping"}])
    elif slug == "google":
        from google import genai

        options = {"base_url": base, "api_version": settings.get("version", "v1")}
        client = genai.Client(api_key=key, http_options=options)
        list(client.models.list())
        client.models.generate_content(model=model, contents="ping", config={"max_output_tokens": 16})
    elif slug == "ollama":
        import ollama

        if key:
            os.environ["OLLAMA_API_KEY"] = key
        client = ollama.Client(host=base)
        client.list()
        client.chat(model=model, messages=[{"role": "user", "content": "ping"}], options={"num_predict": 16})
    elif slug == "bedrock":
        import boto3

        options = {}
        if key.startswith("{"):
            pair = json.loads(key)
            options = {
                "aws_access_key_id": pair["accessKeyId"], "aws_secret_access_key": pair["secretAccessKey"],
                "aws_session_token": pair.get("sessionToken"),
            }
        else:
            os.environ["AWS_BEARER_TOKEN_BEDROCK"] = key
        region = settings["region"]
        boto3.client("bedrock", region_name=region, endpoint_url=base, **options).list_foundation_models()
        boto3.client("bedrock-runtime", region_name=region, endpoint_url=base, **options).converse(
            modelId=model, messages=[{"role": "user", "content": [{"text": "ping"}]}], inferenceConfig={"maxTokens": 16}
        )


def run_environment(slug):
    model, messages = os.environ["ROSTER_MODEL"], [{"role": "user", "content": "ping"}]
    if slug in ("openai", "gateway", "custom"):
        import openai

        openai_client(openai.OpenAI(max_retries=0), model, "max_tokens")
    elif slug == "xai":
        # The vendor's documentation uses this SDK beside its own, which speaks gRPC over TLS.
        import openai

        base, key = os.environ["XAI_BASE_URL"], os.environ["XAI_API_KEY"]
        openai_client(openai.OpenAI(base_url=base, api_key=key, max_retries=0), model, "max_tokens")
    elif slug == "azure":
        import openai

        openai_client(openai.AzureOpenAI(max_retries=0), model, "max_tokens")
    elif slug == "groq":
        import groq

        openai_client(groq.Groq(max_retries=0), model, "max_tokens")
    elif slug == "anthropic":
        import anthropic

        client = anthropic.Anthropic(max_retries=0)
        list(client.models.list())
        client.messages.create(model=model, max_tokens=16, messages=messages)
    elif slug == "google":
        from google import genai

        client = genai.Client()
        list(client.models.list())
        client.models.generate_content(model=model, contents="ping")
    elif slug == "ollama":
        import ollama

        ollama.list()
        ollama.chat(model=model, messages=messages)
    elif slug == "bedrock":
        import boto3

        boto3.client("bedrock").list_foundation_models()
        boto3.client("bedrock-runtime").converse(modelId=model, messages=[{"role": "user", "content": [{"text": "ping"}]}])


def sign(text):
    """The `Authorization` that botocore makes of a request at the moment that the request itself names."""
    import datetime

    import botocore.auth
    import botocore.awsrequest
    import botocore.credentials

    record = json.loads(text)
    headers = dict(record["headers"])
    moment = datetime.datetime.strptime(headers["x-amz-date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda **_: moment
    credentials = botocore.credentials.Credentials(record["access"], record["secret"], record.get("token"))
    signed = {name: headers[name] for name in ("content-type",) if name in headers}
    request = botocore.awsrequest.AWSRequest(
        method=record["method"], url=f"http://{headers['host']}{record['target']}", headers=signed, data=record["body"]
    )
    signer = botocore.auth.SigV4Auth(credentials, "bedrock", record["region"])
    signer.add_auth(request)
    assert request.headers["X-Amz-Date"] == headers["x-amz-date"], request.headers["X-Amz-Date"]
    print(request.headers["Authorization"])


if sys.argv[1] == "sign":
    for argument in sys.argv[2:]:
        sign(argument)
elif sys.argv[1] == "environment":
    run_environment(sys.argv[2])
else:
    run(*sys.argv[1:5], json.loads(sys.argv[5]))
