"""The words that the benchmark's repository is made of."""

import json

TEAMS = ["acme", "payments", "search", "support-desk", "risk", "growth", "data-platform", "mobile", "hr", "field-ops"]
REGIONS = ["eu-central-1", "us-east-1", "ap-southeast-2"]

# Name for people and model id, by slug.
MODELS = {
    "openai": [("GPT-5.6", "gpt-5.6"), ("GPT-5.4 mini", "gpt-5.4-mini"), ("GPT-5.5", "gpt-5.5")],
    "anthropic": [("Claude Sonnet 5", "claude-sonnet-5"), ("Claude Haiku 4.5", "claude-haiku-4-5")],
    "google": [("Gemini 3.8 Flash", "gemini-3.8-flash"), ("Gemini Flash", "gemini-flash-latest")],
    "xai": [("Grok 4.7", "grok-4.7"), ("Grok 4.3", "grok-4.3")],
    "groq": [("Whisper", "whisper-large-v3"), ("GPT-OSS", "openai/gpt-oss-120b")],
    "ollama": [("Local Llama", "llama3.3:70b"), ("Local Qwen", "qwen3:8b"), ("Local Gemma", '"gemma3:27b-it-qat"')],
    "azure": [("Azure GPT-4o", "chat-gpt-4o"), ("Azure small", "chat-small-eu")],
    "bedrock": [("Nova", "amazon.nova-pro-v1:0"), ("Claude, AWS", "anthropic.claude-sonnet-5")],
    "gateway": [("Gateway default", "auto"), ("Gateway cheap", "auto:cheap")],
    "custom": [("Mistral Small", "mistralai/Mistral-Small-3.2"), ("Reranker", "BAAI/bge-reranker-v2-m3")],
}

PURPOSES = [
    "checkout", "refunds", "the search box", "support", "nightly summaries", "código", "São Paulo", "Köln",
    "日本語の翻訳", "drafts", "contracts", "triage", "on-call notes", "fraud review", "mail", "évaluation",
    "the mobile app", "invoices", "alt texts", "hiring", "incident reports", "A/B tests", "tagging",
    "tests", "demos", "what's new", "the \"fast\" tier", "long documents", "extraction",
]  # fmt: skip

COMMENTS = [
    "Asked for by finance; see the decision of 2026-03-11.",
    "Cheaper than the one before, and good enough here.",
    "Do not raise the limit without telling the team that pays.",
    "EU data only.",
    "Kept on this model until the evaluation of the next one is done.",
    "Owner: the team of this folder.",
    "Reviewed quarterly.",
]

NOTES = [
    "Answers go to customers: keep the tone plain, and never promise a date.",
    "Falls back to the small model when the queue is longer than a minute.",
    "The prompt lives beside the service that sends it, not here.",
]


def quoted(source, text):
    """A scalar in one of YAML's styles, plain only where that is safe for the names above."""
    style = source.random()
    if style < 0.2 or text.startswith('"'):
        return json.dumps(text, ensure_ascii=style < 0.05)
    if style < 0.35:
        return "'" + text.replace("'", "''") + "'"
    return text


def config_lines(source):
    """Two to six keys that a caller might keep with a provider, of every type that `config` can hold."""
    team, region = source.choice(TEAMS), source.choice(REGIONS)
    choices = [
        [f"temperature: {source.choice(['0.0', '0.2', '0.7', '1.0', '1'])}"],
        [f"maxTokens: {source.choice([256, 1024, 4096, 32_768])}"],
        [f"timeoutSeconds: {source.randint(5, 120)}", f"retries: {source.randint(0, 5)}"],
        [f"stream: {source.choice(['true', 'false'])}"],
        ["fallback: null"],
        [f"tags: [{team}, production, {region}]"],
        ["labels:", f"  team: {team}", "  tier: gold", f'  costCentre: "{source.randint(1000, 9999)}"'],
        ["stop:", '  - "\\n\\n"', "  - END"],
        [f"budget: {{currency: EUR, monthly: {source.randint(1, 90) * 50}}}"],
        ["note: >-", f"  {source.choice(NOTES)}"],
    ]
    picked = source.sample(choices, source.randint(2, 6))
    return [line for lines in picked for line in lines]
