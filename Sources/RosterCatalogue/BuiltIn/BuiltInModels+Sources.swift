// swift-format-ignore-file

extension BuiltInModels {
    static let sources: StaticString = #"""
        2026-11-29
        42
        20261129 - https://platform.claude.com/docs/en/about-claude/model-deprecations Anthropic
        20261129 - - litellm
        20261129 - https://platform.claude.com/docs/en/about-claude/model-deprecations litellm
        20261129 - https://learn.microsoft.com/en-us/azure/foundry/concepts/model-lifecycle-retirement litellm
        20261129 - https://learn.microsoft.com/en-us/azure/foundry/openai/concepts/retired-models litellm
        20261129 - https://learn.microsoft.com/en-us/azure/foundry/openai/concepts/model-retirement-schedule litellm
        20261129 - https://learn.microsoft.com/en-us/azure/foundry/openai/concepts/model-retirement-schedule litellm	20261129 - https://learn.microsoft.com/en-us/azure/foundry/concepts/model-lifecycle-retirement litellm
        20261129 - https://learn.microsoft.com/en-us/azure/foundry/concepts/model-lifecycle-retirement litellm	20261129 - https://learn.microsoft.com/en-us/azure/foundry/openai/concepts/model-retirement-schedule litellm
        20261129 20261215 https://learn.microsoft.com/en-us/azure/foundry/concepts/model-lifecycle-retirement litellm	20261129 20270226 - litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-ai21-labs-jamba-1-5-large.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-ai21-labs-jamba-1-5-mini.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-3-haiku.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm	20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-sonnet-4-5.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-anthropic-claude-sonnet-4-5.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-deepseek-deepseek-r1.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-deepseek-deepseek-v3-1.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-3-2-1b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-3-2-3b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-3-70b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-3-8b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-4-maverick-17b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-meta-llama-4-scout-17b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm	20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-minimax-minimax-m2-1.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-mistral-ai-mistral-7b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-mistral-ai-mixtral-8x7b-instruct.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm	20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-moonshot-ai-kimi-k2-thinking.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm	20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-nvidia-nvidia-nemotron-nano-12b-v2-vl-bf16.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle-legacy.html litellm	20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-nvidia-nvidia-nemotron-nano-9b-v2.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-qwen-qwen3-coder-480b-a35b-instruct.html litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-twelvelabs-pegasus-v1-2.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-writer-palmyra-x4.md litellm
        20261129 - https://docs.aws.amazon.com/bedrock/latest/userguide/model-card-writer-palmyra-x5.md litellm
        20261129 - https://ai.google.dev/gemini-api/docs/deprecations litellm
        20261129 - https://cloud.google.com/vertex-ai/generative-ai/docs/learn/model-versions litellm
        20261129 - https://console.groq.com/docs/deprecations Groq
        20261129 - https://developers.openai.com/api/docs/deprecations litellm
        20261129 - https://docs.x.ai/developers/migration/may-15-retirement xAI
        20261129 - https://docs.x.ai/developers/models xAI
        20261129 - https://docs.x.ai/developers/migration/may-15-retirement litellm	20261129 - https://docs.x.ai/developers/migration/may-15-retirement xAI
        20261129 - https://docs.x.ai/developers/migration/imagine-image-quality-nov-2 litellm
        20261129 - https://docs.x.ai/docs/release-notes litellm

        """#
}
