"""Prints the retirement of each model of a provider that llm-sunset knows without network: provider, model, day."""

from llm_sunset.data import load

SLUGS = {"OpenAI": "openai", "Anthropic": "anthropic", "Google": "google", "Groq": "groq", "xAI": "xai", "Azure": "azure"}

for known in load(offline=True, data_file=None)[0]:
    if known.provider in SLUGS and known.shutdown_date:
        print(SLUGS[known.provider], known.model_id, known.shutdown_date, sep="\t")
