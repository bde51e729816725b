// swift-format-ignore-file

extension BuiltInModels {
    static let groq: StaticString = #"""
        groq	48
        canopylabs/orpheus-arabic-saudi	a		4000		1
        canopylabs/orpheus-v1-english	a		4000		1
        deepseek-r1-distill-llama-70b	c20251002	20250902			35	llama-3.3-70b-versatile	openai/gpt-oss-120b
        deepseek-r1-distill-llama-70b-specdec	c20250414	20250407			35	deepseek-r1-distill-llama-70b	deepseek-r1-distill-qwen-32b
        deepseek-r1-distill-qwen-32b	c20250414	20250407			35	qwen-qwq-32b
        distil-whisper-large-v3-en	a20250823				35	whisper-large-v3-turbo
        gemma-7b-it	c20241218				35	gemma2-9b-it
        gemma2-9b-it	c20251008	20250808			35	llama-3.1-8b-instant
        groq/compound	c20260921				35
        groq/compound-mini	c20260921				35
        llama-3.1-70b-specdec	c20250124				35	llama-3.3-70b-specdec
        llama-3.1-70b-versatile	c20250124				35	llama-3.3-70b-versatile
        llama-3.1-8b-instant	c20260816	20260617			35	openai/gpt-oss-20b
        llama-3.2-11b-text-preview	c20241028				35	llama-3.2-11b-vision-preview	llama-3.1-8b-instant
        llama-3.2-11b-vision-preview	c20250414	20250407			35	meta-llama/llama-4-scout-17b-16e-instruct
        llama-3.2-1b-preview	c20250414	20250407			35	llama-3.1-8b-instant
        llama-3.2-3b-preview	c20250414	20250407			35	llama-3.1-8b-instant
        llama-3.2-90b-text-preview	c20241125				35	llama-3.2-90b-vision-preview	llama-3.1-70b-versatile
        llama-3.2-90b-vision-preview	c20250414	20250407			35	meta-llama/llama-4-scout-17b-16e-instruct
        llama-3.3-70b-specdec	c20250414	20250407			35	meta-llama/llama-4-scout-17b-16e-instruct	llama-3.3-70b-versatile
        llama-3.3-70b-versatile	c20260816	20260617			35	openai/gpt-oss-120b	qwen/qwen3.6-27b
        llama-guard-3-8b	o20250606	20250509			35	meta-llama/llama-guard-4-12b
        llama3-70b-8192	c20250830	20250531			35	llama-3.3-70b-versatile
        llama3-8b-8192	c20250830	20250531			35	llama-3.1-8b-instant
        llama3-groq-70b-8192-tool-use-preview	c20250106				35	llama-3.3-70b-versatile
        llama3-groq-8b-8192-tool-use-preview	c20250106				35	llama-3.3-70b-versatile
        llava-v1.5-7b-4096-preview	c20241028				35	llama-3.2-11b-vision-preview
        meta-llama/llama-4-maverick-17b-128e-instruct	c20260309	20260220			35	openai/gpt-oss-120b
        meta-llama/llama-4-scout-17b-16e-instruct	c20260717	20260617			35	openai/gpt-oss-120b	qwen/qwen3.6-27b
        meta-llama/llama-guard-4-12b	o20260305	20260210			35	openai/gpt-oss-safeguard-20b
        meta-llama/llama-prompt-guard-2-22m	c		512	0.03,0.03	1
        meta-llama/llama-prompt-guard-2-86m	c		512	0.04,0.04	1
        mistral-saba-24b	c20250730				35	qwen/qwen3-32b
        mixtral-8x7b-32768	c20250320				35	mistral-saba-24b	llama-3.3-70b-versatile
        moonshotai/kimi-k2-instruct	c20251010	20250910			35	openai/gpt-oss-120b
        moonshotai/kimi-k2-instruct-0905	c20260415	20260323			35	openai/gpt-oss-120b
        openai/gpt-oss-120b	c		131072	0.15,0.6	1
        openai/gpt-oss-20b	c		131072	0.075,0.3	1
        openai/gpt-oss-safeguard-20b	c		131072	0.075,0.3	1
        playai-tts	a20251231	20251223			35	canopylabs/orpheus-v1-english
        playai-tts-arabic	a20251231	20251223			35	canopylabs/orpheus-arabic-saudi
        qwen-2.5-32b	c20250414	20250407			35	qwen-qwq-32b	meta-llama/llama-4-scout-17b-16e-instruct
        qwen-2.5-coder-32b	c20250414	20250407			35	qwen-qwq-32b	openai/gpt-oss-120b
        qwen-qwq-32b	c20250714				35	qwen/qwen3-32b
        qwen/qwen3-32b	c20260717	20260617			35	openai/gpt-oss-120b
        qwen/qwen3.8-27b	c		131072	0.8,4	1
        whisper-large-v3	a				1
        whisper-large-v3-turbo	a				1

        """#
}
