// swift-format-ignore-file

extension BuiltInModels {
    static let bedrock: StaticString = #"""
        bedrock	200
        ai21.j2-mid-v1	c		8191	12.5,12.5	1
        ai21.j2-ultra-v1	c		8191	18.8,18.8	1
        ai21.jamba-1-5-large-v1:0	c20261126		256000	2,8	9
        ai21.jamba-1-5-mini-v1:0	c20261126		256000	0.2,0.4	10
        ai21.jamba-instruct-v1:0	c		70000	0.5,0.7	1
        amazon.nova-2-5-sonic	a		256000	0.33,2.75	1
        amazon.nova-2-lite-v1:0	c		1000000	0.3,2.5	1
        amazon.nova-2-multimodal-embeddings-v1:0	e		8172	0.135,0	1
        amazon.nova-2-pro-preview-20251202-v1:0	c		1000000	1.25,10	1
        amazon.nova-2-sonic-v1:0	a		1000000	0.33,2.75	1
        amazon.nova-canvas-v1:0	i20260930		2600		11
        amazon.nova-lite-v1:0	c		300000	0.06,0.24	1
        amazon.nova-micro-v1:0	c		128000	0.035,0.14	1
        amazon.nova-premier-v1:0	c		1000000	2.5,12.5	1
        amazon.nova-pro-v1:0	c		300000	0.8,3.2	1
        amazon.rerank-v1:0	r		32000	0,0	1
        amazon.titan-embed-g1-text-02	e		8192	0.1,0	1
        amazon.titan-embed-image-v1	e		128	0.8,0	1
        amazon.titan-embed-text-v1	e		8192	0.1,0	1
        amazon.titan-embed-text-v2:0	e		8192	0.02,0	1
        amazon.titan-image-generator-v1	i				1
        amazon.titan-image-generator-v2	i20260630				1
        amazon.titan-image-generator-v2:0	i20260630				1
        amazon.titan-text-express-v1	c		42000	0.2,0.6	1
        amazon.titan-text-lite-v1	c		42000	0.15,0.2	1
        amazon.titan-text-premier-v1:0	c		42000	0.5,1.5	1
        anthropic.claude-3-5-haiku-20241022-v1:0	c		200000	0.8,4	1
        anthropic.claude-3-5-sonnet-20240620-v1:0	c		200000	3,15	1
        anthropic.claude-3-5-sonnet-20241022-v2:0	c		200000	3,15	1
        anthropic.claude-3-7-sonnet-20240620-v1:0	c		200000	3.6,18	1
        anthropic.claude-3-7-sonnet-20250219-v1:0	c		200000	3,15	1
        anthropic.claude-3-haiku-20240307-v1:0	c20260910		195904	0.3,1.5	12	anthropic.claude-haiku-4-5-20251001-v1:0
        anthropic.claude-3-opus-20240229-v1:0	c		200000	15,75	1
        anthropic.claude-fable-5	c		1000000	10,50	1
        anthropic.claude-fable-5-1	c		1000000	10,50	1
        anthropic.claude-haiku-4-5	c		200000	1,5	1
        anthropic.claude-haiku-4-5-20251001-v1:0	c		200000	1,5	1
        anthropic.claude-haiku-4-5@20251001	c		200000	1,5	1
        anthropic.claude-haiku-5-5	c		1000000	0.1,0.5	1
        anthropic.claude-instant-v1	c		100000	0.8,2.4	1
        anthropic.claude-mythos-5-1	c		1000000	10,50	1
        anthropic.claude-mythos-preview	c		1000000	27.5,137.5	1
        anthropic.claude-opus-4-1-20250805-v1:0	c20270108		200000	15,75	11
        anthropic.claude-opus-4-20250514-v1:0	c		200000	15,75	1
        anthropic.claude-opus-4-5-20251101-v1:0	c		200000	5,25	1
        anthropic.claude-opus-4-6-v1	c		1000000	5,25	1
        anthropic.claude-opus-4-7	c		1000000	5,25	1
        anthropic.claude-opus-4-8	c		1000000	5,25	1
        anthropic.claude-opus-5	c		1000000	5,25	1
        anthropic.claude-opus-5-5	c		1000000	4,20	1
        anthropic.claude-sonnet-4-20250514-v1:0	c20261014		200000	3,15	11	anthropic.claude-sonnet-5
        anthropic.claude-sonnet-4-5-20250929-v1:0	c20270408		200000	3,15	13	anthropic.claude-sonnet-5-5
        anthropic.claude-sonnet-4-6	c		1000000	3,15	1
        anthropic.claude-sonnet-5	c		1000000	2,10	1
        anthropic.claude-sonnet-5-5	c		1000000	2,10	1
        anthropic.claude-v1	c		100000	8,24	1
        anthropic.claude-v2:1	c		100000	8,24	1
        claude-fable-5	c		1000000	10,50	1
        claude-fable-5-1	c		1000000	10,50	1
        claude-haiku-4-5	c		200000	1,5	1
        claude-haiku-5-5	c		1000000	0.1,0.5	1
        claude-opus-4-5	c		200000	5,25	1
        claude-opus-4-6	c		1000000	5,25	1
        claude-opus-4-7	c		1000000	5,25	1
        claude-opus-4-8	c		1000000	5,25	1
        claude-opus-5	c		1000000	5,25	1
        claude-opus-5-5	c		1000000	4,20	1
        claude-sonnet-4-5	c20261130		200000	3,15	11	claude-sonnet-5-5
        claude-sonnet-4-5-20250929-v1:0	c20270408		200000	3,15	14
        claude-sonnet-4-6	c		1000000	3,15	1
        claude-sonnet-5	c		1000000	2,10	1
        claude-sonnet-5-5	c		1000000	2,10	1
        cohere.command-light-text-v14	c		4096	0.3,0.6	1
        cohere.command-text-v14	c		4096	1,2	1
        cohere.embed-english-v3	e		512	0.1,0	1
        cohere.embed-multilingual-v3	e		512	0.1,0	1
        cohere.embed-v4:0	e		128000	0.12,0	1
        cohere.rerank-v3-5:0	r		4096	0,0	1
        deepseek.r1-v1:0	c20270330		128000	1.35,5.4	15
        deepseek.v3-v1:0	c20270330		128000	0.58,1.68	16
        deepseek.v3.1	c20270330		128000	0.58,1.68	11
        deepseek.v3.2	c		156000	0.62,1.85	1
        eu.anthropic.claude-haiku-4-5-20251001-v1:0	c20261015		200000	1.1,5.5	1	eu.anthropic.claude-haiku-5-5
        global.zai.glm-5.3	c		1000000	1.68,5.28	1
        google.gemma-3-12b-it	c20270330		128000	0.09,0.29	11
        google.gemma-3-27b-it	c20270330		128000	0.23,0.38	11
        google.gemma-3-4b-it	c20270330		128000	0.04,0.08	11
        google.gemma-4-26b-a4b	c		256000	0.13,0.4	1
        google.gemma-4-31b	c		256000	0.14,0.4	1
        google.gemma-4-e2b	c		128000	0.04,0.08	1
        guardrails	o				1
        in.moonshotai.kimi-k3	c		1000000	3.3,16.5	1
        in.moonshotai.kimi-k3.1	c		868928	4.4,22	1
        meta.llama2-13b-chat-v1	c		4096	0.75,1	1
        meta.llama2-70b-chat-v1	c		4096	1.95,2.56	1
        meta.llama3-1-405b-instruct-v1:0	c20260707		128000	2.4,2.4	11
        meta.llama3-1-70b-instruct-v1:0	c20270330		128000	0.72,0.72	11
        meta.llama3-1-8b-instruct-v1:0	c20270330		128000	0.22,0.22	11
        meta.llama3-2-11b-instruct-v1:0	c20260707		128000	0.16,0.16	11
        meta.llama3-2-1b-instruct-v1:0	c20260707		128000	0.1,0.1	17
        meta.llama3-2-3b-instruct-v1:0	c20260707		128000	0.15,0.15	18
        meta.llama3-2-90b-instruct-v1:0	c20260707		128000	0.72,0.72	11
        meta.llama3-3-70b-instruct-v1:0	c20270330		128000	0.72,0.72	11
        meta.llama3-70b-instruct-v1:0	c20270330		8192	2.65,3.5	19
        meta.llama3-8b-instruct-v1:0	c20270330		8192	0.3,0.6	20
        meta.llama4-maverick-17b-instruct-v1:0	c20270330		1000000	0.24,0.97	21
        meta.llama4-scout-17b-instruct-v1:0	c20270330		10000000	0.17,0.66	22
        minimax.minimax-m2	c20270330		1000000	0.3,1.2	11
        minimax.minimax-m2.1	c20270330		196000	0.3,1.2	23
        minimax.minimax-m2.5	c		196000	0.3,1.2	1
        mistral.devstral-2-123b	c20270330		256000	0.4,2	11
        mistral.magistral-small-2509	c		128000	0.5,1.5	1
        mistral.ministral-3-14b-instruct	c		128000	0.2,0.2	1
        mistral.ministral-3-3b-instruct	c		128000	0.1,0.1	1
        mistral.ministral-3-8b-instruct	c		128000	0.15,0.15	1
        mistral.mistral-7b-instruct-v0:2	c20270330		32000	0.15,0.2	24
        mistral.mistral-large-2402-v1:0	c		32000	4,12	1
        mistral.mistral-large-2407-v1:0	c		128000	2,6	1
        mistral.mistral-large-3-675b-instruct	c		256000	0.5,1.5	1
        mistral.mistral-small-2402-v1:0	c		32000	1,3	1
        mistral.mixtral-8x7b-instruct-v0:1	c20270330		32000	0.45,0.7	25
        mistral.pixtral-large-2502-v1:0	c		128000	2,6	1
        mistral.voxtral-mini-3b-2507	c20270330		32768	0.04,0.04	11
        mistral.voxtral-small-24b-2507	c20270330		32768	0.1,0.3	11
        moonshot.kimi-k2-thinking	c20270330		256000	0.6,2.5	11
        moonshotai.kimi-k2-thinking	c20270330		262144	0.6,2.5	26
        moonshotai.kimi-k2.5	c		256000	0.6,3	1
        moonshotai.kimi-k3	c		1000000	3.3,16.5	1
        moonshotai.kimi-k3.1	c		868928	4.4,22	1
        nvidia.nemotron-nano-12b-v2	c20270330		128000	0.2,0.6	27
        nvidia.nemotron-nano-3-30b	c		256000	0.06,0.24	1
        nvidia.nemotron-nano-9b-v2	c20270330		128000	0.06,0.23	28
        nvidia.nemotron-super-3-120b	c		256000	0.15,0.65	1
        openai.gpt-5.4	c		922000	2.75,16.5	1
        openai.gpt-5.5	c		922000	5.5,33	1
        openai.gpt-5.6-cyber	c		922000	13.75,82.5	1
        openai.gpt-5.6-luna	c		922000	0.22,1.32	1
        openai.gpt-5.6-sol	c		922000	4.4,22	1
        openai.gpt-5.6-terra	c		922000	2.2,13.2	1
        openai.gpt-6-astra	c		922000	11,55	1
        openai.gpt-6-luna	c		922000	0.1,0.5	1
        openai.gpt-6-sol	c		922000	2,10	1
        openai.gpt-6.1-sol	c		1000000	2.2,11	1
        openai.gpt-6.1-terra	c		922000	1.1,5.5	1
        openai.gpt-daybreak-blue-5.6-sol	c		1050000	4.4,22	1
        openai.gpt-oss-120b	c		131072	0.15,0.6	1
        openai.gpt-oss-120b-1:0	c		128000	0.15,0.6	1
        openai.gpt-oss-20b	c		131072	0.07,0.3	1
        openai.gpt-oss-20b-1:0	c		128000	0.07,0.3	1
        openai.gpt-oss-safeguard-120b	c		128000	0.15,0.6	1
        openai.gpt-oss-safeguard-20b	c		128000	0.07,0.2	1
        qwen.qwen3-235b-a22b-2507	c		256000	0.22,0.88	1
        qwen.qwen3-235b-a22b-2507-v1:0	c		262144	0.22,0.88	1
        qwen.qwen3-32b	c		32000	0.15,0.6	1
        qwen.qwen3-32b-v1:0	c		32768	0.15,0.6	1
        qwen.qwen3-coder-30b-a3b-instruct	c20270330		256000	0.15,0.6	11
        qwen.qwen3-coder-30b-a3b-v1:0	c20270330		262144	0.15,0.6	11
        qwen.qwen3-coder-480b-a35b-instruct	c20270330		262144	0.45,1.8	29
        qwen.qwen3-coder-480b-a35b-v1:0	c20270330		262144	0.45,1.8	29
        qwen.qwen3-coder-next	c		256000	0.5,1.2	1
        qwen.qwen3-next-80b-a3b	c		256000	0.15,1.2	1
        qwen.qwen3-next-80b-a3b-instruct	c		256000	0.14,1.2	1
        qwen.qwen3-vl-235b-a22b	c		256000	0.53,2.66	1
        qwen.qwen3-vl-235b-a22b-instruct	c		256000	0.53,2.66	1
        stability.sd3-5-large-v1:0	i		77		1
        stability.sd3-large-v1:0	i		77		1
        stability.stable-conservative-upscale-v1:0	i		77		1
        stability.stable-creative-upscale-v1:0	i		77		1
        stability.stable-diffusion-xl-v0	i		77		1
        stability.stable-diffusion-xl-v1	i		77		1
        stability.stable-fast-upscale-v1:0	i		77		1
        stability.stable-image-control-sketch-v1:0	i		77		1
        stability.stable-image-control-structure-v1:0	i		77		1
        stability.stable-image-core-v1:0	i		77		1
        stability.stable-image-core-v1:1	i		77		1
        stability.stable-image-erase-object-v1:0	i		77		1
        stability.stable-image-inpaint-v1:0	i		77		1
        stability.stable-image-remove-background-v1:0	i		77		1
        stability.stable-image-search-recolor-v1:0	i		77		1
        stability.stable-image-search-replace-v1:0	i		77		1
        stability.stable-image-style-guide-v1:0	i		77		1
        stability.stable-image-ultra-v1:0	i		77		1
        stability.stable-image-ultra-v1:1	i		77		1
        stability.stable-outpaint-v1:0	i		77		1
        stability.stable-style-transfer-v1:0	i		77		1
        twelvelabs.marengo-embed-2-7-v1:0	e20261130		77		11
        twelvelabs.marengo-embed-3-0-v1:0	e		500		1
        twelvelabs.pegasus-1-2-v1:0	c20270322				30
        twelvelabs.pegasus-1-5-v1:0	c		261120		1
        us.anthropic.claude-mythos-5	c		1000000	11,55	1
        us.zai.glm-5.3	c		1000000	1.848,5.808	1
        writer.palmyra-vision-7b	c		4096	0.15,0.6	1
        writer.palmyra-x4-v1:0	c20270309		128000	2.5,10	31
        writer.palmyra-x5-v1:0	c20270321		128000	0.6,6	32
        xai.grok-4.3	c		1048576	1.25,2.5	1
        xai.grok-4.6	c		500000	2.2,6.6	1
        xai.grok-4.7	c		524288	2.2,6.6	1
        zai.glm-4.7	c20270330		203000	0.6,2.2	11	zai.glm-5
        zai.glm-4.7-flash	c20270330		203000	0.07,0.4	11
        zai.glm-5	c		200000	1,3.2	1

        """#
}
