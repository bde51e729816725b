"""Lists the models and sends a chat request with a vendor's SDK, as a program of `roster exec`.

Usage: sdk_peer.py environment SLUG, with the endpoint and the key in the environment. `sdk_peer.py sign REQUEST…`:
prints botocore's signature for each request of the recording server, a JSON object with the additional members
`access`, `secret`, `token` and `region`.
"""

import json
import os
import sys


def openai_client(client, model, limit):
    list(client.models.list())
    client.chat.completions.create(model=model, messages=[{"role": "user", "content": "ping"}], **{limit: 16})


def run_environment(slug):
    model, messages = os.environ["ROSTER_MODEL"], [{"role": "user", "content": "ping"}]
    if slug in ("openai", "gateway", "custom"):
        import openai

        limit = "max_completion_tokens" if slug == "openai" else "max_tokens"
        openai_client(openai.OpenAI(max_retries=0), model, limit)
    elif slug == "xai":
        # The vendor documents this SDK as an alternative to its own, which uses gRPC over TLS. Neither SDK reads the
        # base URL from the environment.
        import openai

        base, key = os.environ["XAI_BASE_URL"], os.environ["XAI_API_KEY"]
        openai_client(openai.OpenAI(base_url=base, api_key=key, max_retries=0), model, "max_completion_tokens")
    elif slug == "azure":
        import openai

        # The SDK has a client for each API of Azure.
        client = openai.AzureOpenAI if "OPENAI_API_VERSION" in os.environ else openai.OpenAI
        openai_client(client(max_retries=0), model, "max_completion_tokens")
    elif slug == "groq":
        import groq

        openai_client(groq.Groq(max_retries=0), model, "max_completion_tokens")
    elif slug == "anthropic":
        import anthropic

        client = anthropic.Anthropic(max_retries=0)
        list(client.models.list())
        client.messages.create(model=model, max_tokens=16, messages=messages)
    elif slug == "google":
        from google import genai

        client = genai.Client()
        list(client.models.list())
        client.models.generate_content(model=model, contents="ping", config={"max_output_tokens": 16})
    elif slug == "ollama":
        import ollama

        ollama.list()
        ollama.chat(model=model, messages=messages, options={"num_predict": 16})
    elif slug == "bedrock":
        import boto3

        boto3.client("bedrock").list_foundation_models()
        boto3.client("bedrock-runtime").converse(
            modelId=model,
            messages=[{"role": "user", "content": [{"text": "ping"}]}],
            inferenceConfig={"maxTokens": 16},
        )


def sign(text):
    """Prints the `Authorization` that botocore computes for a request at the time in its headers."""
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
else:
    run_environment(sys.argv[2])
