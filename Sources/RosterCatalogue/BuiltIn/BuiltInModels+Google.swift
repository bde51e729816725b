// swift-format-ignore-file

extension BuiltInModels {
    static let google: StaticString = #"""
        google	260
        deep-research-max-preview-04-2026	c		1048576	2,12	1
        deep-research-preview-04-2026	c		1048576	2,12	1
        deep-research-pro-preview-12-2025	c20261023		1048576	2,12	33	deep-research-preview-04-2026
        gemini-2.5-computer-use-preview-10-2025	c20260728		128000	1.25,10	33	gemini-3.8-flash
        gemini-2.5-flash	c20261201		1048576	0.3,2.5	33	gemini-3.5-flash-lite
        gemini-2.5-flash-image	i20270315		65536	0.3,2.5	33	gemini-3.1-flash-lite-image
        gemini-2.5-flash-lite	c		1048576	0.1,0.4	1
        gemini-2.5-flash-native-audio-latest	a		131072	0.5,2	1
        gemini-2.5-flash-native-audio-preview-09-2025	a		1048576	0.5,2	1
        gemini-2.5-flash-native-audio-preview-12-2025	a20261117		131072	0.5,2	33	gemini-3.8-live
        gemini-2.5-flash-preview-tts	a20261117		8192	0.5,10	33	gemini-3.8-flash-tts
        gemini-2.5-pro	c20261201		1048576	1.25,10	33	gemini-3.8-flash
        gemini-2.5-pro-preview-tts	c20261117		8192	1,20	33	gemini-3.8-flash-tts
        gemini-3-flash-preview	c		1048576	0.5,3	1	gemini-3.6-flash
        gemini-3-pro-image	i		65536	2,12	1
        gemini-3-pro-image-preview	i20260625		131072	2,12	33	gemini-3-pro-image
        gemini-3.1-flash-image	i		131072	0.5,3	1	gemini-nano-banana-2.1
        gemini-3.1-flash-image-preview	i20260625		65536	0.5,3	33	gemini-nano-banana-2.1
        gemini-3.1-flash-lite	c20270507		1048576	0.25,1.5	33	gemini-3.5-flash-lite
        gemini-3.1-flash-lite-image	i		65536	0.25,1.5	1
        gemini-3.1-flash-lite-preview	c20260525		1048576	0.25,1.5	33	gemini-3.1-flash-lite
        gemini-3.1-flash-live-preview	a20261117		131072	0.75,4.5	33	gemini-3.8-live
        gemini-3.1-flash-tts-preview	a20261117		8192	1,20	33	gemini-3.8-flash-tts
        gemini-3.1-pro-preview	c		1048576	2,12	1
        gemini-3.1-pro-preview-customtools	c		1048576	2,12	1
        gemini-3.5-flash	c		1048576	1.5,9	1	gemini-3.6-flash
        gemini-3.5-flash-lite	c		1048576	0.3,2.5	1
        gemini-3.5-live-translate-preview	a		131072	3.5,21	1
        gemini-3.5-transcribe	a		98304	2,12	1
        gemini-3.5-transcribe-live	a		131072	3.5,21	1
        gemini-3.6-flash	c		1048576	0.75,3.75	1
        gemini-3.7-flash	c		1048576	0.75,3.75	1	gemini-3.8-flash
        gemini-3.8-flash	c		1048576	0.75,3.75	1
        gemini-3.8-flash-lite-tts	a		8192	0.5,6	1
        gemini-3.8-flash-tts	a		8192	0.5,9	1
        gemini-3.8-live	a		131072	0.75,4.5	1
        gemini-3.8-live-extended-thinking	a		131072	0.75,4.5	1
        gemini-4-argon	c		1048576	2,10	1
        gemini-4-hydrogen	c		1048576	1.5,7.5	1
        gemini-embedding-001	e20280514		2048	0.15,0	33	gemini-embedding-2
        gemini-embedding-2	e		8192	0.2,0	1
        gemini-embedding-2-preview	e20261106		8192	0.2,0	33	gemini-embedding-2
        gemini-exp-1114	c		1048576	0,0	1
        gemini-exp-1206	c		1048576	0.3,2.5	1
        gemini-flash-latest	c		1048576	0.75,3.75	1
        gemini-flash-lite-latest	c		1048576	0.3,2.5	1
        gemini-gemma-2-27b-it	c		8192	0.35,1.05	1
        gemini-gemma-2-9b-it	c		8192	0.35,1.05	1
        gemini-live-2.5-flash-preview-native-audio-09-2025	a		1048576	0.5,2	1
        gemini-nano-banana-2.1	i		131072	1.5,7.5	1
        gemini-omni-1.1-flash	c20261203		131072	1.5,9	33	gemini-omni-1.2-flash
        gemini-omni-1.2-flash	c		131072	1.5,9	1
        gemini-omni-flash-preview	c20261022		131072	1.5,9	33	gemini-omni-1.2-flash
        gemini-pro-latest	c		1048576	2,12	1
        gemini-robotics-er-2-preview	c		131072	1,5	1
        gemini-robotics-er-2-streaming-preview	c		131072	1,5	1
        gemma-3-27b-it	c		131072	0,0	1
        gemma-4-26b-a4b-it	c		262144	0,0	1
        gemma-4-31b-it	c		262144	0,0	1
        imagen-3.0-fast-generate-001	i				1
        imagen-3.0-generate-001	i				1
        learnlm-1.5-pro-experimental	c		32767	0,0	1
        lyria-3-clip-preview	c		131072	0,0	1
        lyria-3-pro-preview	c		131072	0,0	1	lyria-3.5
        lyria-3.5	c		131072	0,0	1
        lyria-3.5-clip-preview	c		131072	0,0	1
        lyria-3.5-pro-preview	c		131072	0,0	1
        lyria-realtime-exp	c		1048576	0,0	1
        nano-banana-pro-preview	i		131072	2,12	1
        publishers/ai21/models/jamba-1.5	c20260227		256000	0.2,0.4	1
        publishers/ai21/models/jamba-1.5-large	c20260227		256000	2,8	1
        publishers/ai21/models/jamba-1.5-large@001	c20260227		256000	2,8	1
        publishers/ai21/models/jamba-1.5-mini	c20260227		256000	0.2,0.4	1
        publishers/ai21/models/jamba-1.5-mini@001	c20260227		256000	0.2,0.4	1
        publishers/anthropic/models/claude-3-5-haiku	c20260705		200000	1,5	1
        publishers/anthropic/models/claude-3-5-haiku@20241022	c20260705		200000	1,5	1
        publishers/anthropic/models/claude-3-5-sonnet	c20260219		200000	3,15	1
        publishers/anthropic/models/claude-3-5-sonnet@20240620	c20260219		200000	3,15	1
        publishers/anthropic/models/claude-3-haiku	c20260823		200000	0.25,1.25	1
        publishers/anthropic/models/claude-3-haiku@20240307	c20260823		200000	0.25,1.25	1
        publishers/anthropic/models/claude-3-sonnet	c		200000	3,15	1
        publishers/anthropic/models/claude-3-sonnet@20240229	c		200000	3,15	1
        publishers/anthropic/models/claude-fable-5	c20270608		1000000	10,50	1
        publishers/anthropic/models/claude-fable-5-1	c20270301		1000000	10,50	1
        publishers/anthropic/models/claude-fable-5-1@default	c20270301		1000000	10,50	1
        publishers/anthropic/models/claude-fable-5@default	c20270608		1000000	10,50	1
        publishers/anthropic/models/claude-haiku-4-5	c20261015		200000	1,5	1	publishers/anthropic/models/claude-haiku-5-5
        publishers/anthropic/models/claude-haiku-4-5@20251001	c20261015		200000	1,5	1
        publishers/anthropic/models/claude-haiku-5-5	c		1000000	0.1,0.5	1
        publishers/anthropic/models/claude-haiku-5-5@default	c		1000000	0.1,0.5	1
        publishers/anthropic/models/claude-opus-4-5	c20261124		200000	5,25	1	publishers/anthropic/models/claude-opus-5-5
        publishers/anthropic/models/claude-opus-4-5@20251101	c20261124		200000	5,25	1
        publishers/anthropic/models/claude-opus-4-6	c20270205		1000000	5,25	1
        publishers/anthropic/models/claude-opus-4-6@default	c20270205		1000000	5,25	1
        publishers/anthropic/models/claude-opus-4-7	c20270416		1000000	5,25	1
        publishers/anthropic/models/claude-opus-4-7@default	c20270416		1000000	5,25	1
        publishers/anthropic/models/claude-opus-4-8	c20270528		1000000	5,25	1
        publishers/anthropic/models/claude-opus-4-8@default	c20270528		1000000	5,25	1
        publishers/anthropic/models/claude-opus-5	c20270124		1000000	5,25	1
        publishers/anthropic/models/claude-opus-5-5	c		1000000	4,20	1
        publishers/anthropic/models/claude-opus-5-5@default	c		1000000	4,20	1
        publishers/anthropic/models/claude-opus-5@default	c20270124		1000000	5,25	1
        publishers/anthropic/models/claude-sonnet-4-5	c20260929		200000	3,15	1	publishers/anthropic/models/claude-sonnet-5-5
        publishers/anthropic/models/claude-sonnet-4-5@20250929	c20260929		200000	3,15	1
        publishers/anthropic/models/claude-sonnet-4-6	c		1000000	3,15	1
        publishers/anthropic/models/claude-sonnet-4-6@default	c		1000000	3,15	1
        publishers/anthropic/models/claude-sonnet-5	c20261224		1000000	2,10	1
        publishers/anthropic/models/claude-sonnet-5-5	c		1000000	2,10	1
        publishers/anthropic/models/claude-sonnet-5-5@default	c		1000000	2,10	1
        publishers/anthropic/models/claude-sonnet-5@default	c20261224		1000000	2,10	1
        publishers/deepseek-ai/models/deepseek-ocr-maas	o20261021			0.3,1.2	1
        publishers/deepseek-ai/models/deepseek-r1-0528-maas	c20261021		65336	1.35,5.4	1
        publishers/deepseek-ai/models/deepseek-v3.1-maas	c20261021		163840	0.6,1.7	1
        publishers/deepseek-ai/models/deepseek-v3.2-maas	c20261021		163840	0.56,1.68	1
        publishers/deepseek-ai/models/deepseek-v4.1-flash-maas	c		1048576	0.3,1.2	1
        publishers/google/models/chirp	a				1
        publishers/google/models/chirp_2	a				1
        publishers/google/models/chirp_3	a				1
        publishers/google/models/deep-research-pro-preview-12-2025	c		65536	2,12	1
        publishers/google/models/gemini-2.0-flash	c20260601			0.15,0.6	34	publishers/google/models/gemini-3.5-flash-lite
        publishers/google/models/gemini-2.0-flash-lite	c20260601			0.075,0.3	34	publishers/google/models/gemini-3.5-flash-lite
        publishers/google/models/gemini-2.5-computer-use-preview-10-2025	c		128000	1.25,10	1
        publishers/google/models/gemini-2.5-flash	c20261020		1048576	0.3,2.5	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-2.5-flash-image	i20270315		32768	0.3,2.5	34	publishers/google/models/gemini-3.1-flash-lite-image
        publishers/google/models/gemini-2.5-flash-lite	c20261020		1048576	0.1,0.4	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-2.5-flash-lite-preview-09-2025	c		1048576	0.1,0.4	1
        publishers/google/models/gemini-2.5-flash-native-audio	a20261213			0.5,2	1
        publishers/google/models/gemini-2.5-flash-preview-09-2025	c		1048576	0.3,2.5	1
        publishers/google/models/gemini-2.5-flash-preview-tts	a			0.5,10	1
        publishers/google/models/gemini-2.5-flash-tts	a			0.5,10	1
        publishers/google/models/gemini-2.5-pro	c20261020		1048576	1.25,10	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-2.5-pro-preview-tts	c		1048576	1,20	1
        publishers/google/models/gemini-2.5-pro-tts	a			1,20	1
        publishers/google/models/gemini-3-flash-preview	c		1048576	0.5,3	1
        publishers/google/models/gemini-3-pro-image	i20270528		65536	2,12	34
        publishers/google/models/gemini-3-pro-image-preview	i		65536	2,12	1
        publishers/google/models/gemini-3-pro-preview	c		1048576	2,12	1
        publishers/google/models/gemini-3.1-flash-image	i20270528		65536	0.5,3	34
        publishers/google/models/gemini-3.1-flash-image-preview	i		65536	0.5,3	1
        publishers/google/models/gemini-3.1-flash-lite	c20270507		1048576	0.25,1.5	34	publishers/google/models/gemini-3.5-flash-lite
        publishers/google/models/gemini-3.1-flash-lite-image	i		65536	0.25,1.5	1
        publishers/google/models/gemini-3.1-flash-lite-preview	c		1048576	0.25,1.5	1
        publishers/google/models/gemini-3.1-flash-tts-preview	a			1,20	1
        publishers/google/models/gemini-3.1-pro-preview	c		1048576	2,12	1
        publishers/google/models/gemini-3.1-pro-preview-customtools	c		1048576	2,12	1
        publishers/google/models/gemini-3.5-flash	c20270519		1048576	1.5,9	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-3.5-flash-lite	c20270721		1048576	0.3,2.5	34
        publishers/google/models/gemini-3.5-live-translate-preview	a			3.5,21	1
        publishers/google/models/gemini-3.5-transcribe	a				1
        publishers/google/models/gemini-3.5-transcribe-live	a				1
        publishers/google/models/gemini-3.5-transcribe-live-preview	a			3.5,21	1
        publishers/google/models/gemini-3.5-transcribe-preview	a			2,12	1
        publishers/google/models/gemini-3.6-flash	c20261119		1048576	0.75,3.75	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-3.7-flash	c20270128		1048576	0.75,3.75	34	publishers/google/models/gemini-3.8-flash
        publishers/google/models/gemini-3.8-flash	c		1048576	0.75,3.75	1
        publishers/google/models/gemini-3.8-flash-cyber	c		1048576	1.5,7.5	1
        publishers/google/models/gemini-3.8-flash-lite-tts	a		8192	0.5,6	1
        publishers/google/models/gemini-3.8-flash-tts	a		8192	0.5,9	1
        publishers/google/models/gemini-3.8-live	a		131072	0.75,4.5	1
        publishers/google/models/gemini-4-argon	c		1048576	2,10	1
        publishers/google/models/gemini-4-argon-cyber-permissive	c		1048576	4,20	1
        publishers/google/models/gemini-4-hydrogen	c		1048576	1.5,7.5	1
        publishers/google/models/gemini-embedding-001	e20280520		2048	0.15,0	34	publishers/google/models/gemini-embedding-2
        publishers/google/models/gemini-embedding-2	e		8192	0.2,0	1
        publishers/google/models/gemini-embedding-2-preview	e		8192	0.2,0	1
        publishers/google/models/gemini-flash-experimental	e		1000000	0,0	1
        publishers/google/models/gemini-live-2.5-flash-native-audio	a20261213		131072	0.5,2	34	publishers/google/models/gemini-3.8-live
        publishers/google/models/gemini-live-2.5-flash-preview-native-audio-09-2025	a		1048576	0.5,2	1
        publishers/google/models/gemini-nano-banana-2.1	i		131072	1.5,7.5	1
        publishers/google/models/gemini-omni-1.1-flash	c			1.5,9	1
        publishers/google/models/gemini-omni-1.1-flash-preview	c		131072	1.5,9	1
        publishers/google/models/gemini-omni-1.2-flash	c		131072	1.5,9	1
        publishers/google/models/gemini-omni-flash-preview	c20261106		131072	1.5,9	1
        publishers/google/models/gemini-robotics-er-1.5-preview	c		1048576	0.3,2.5	1
        publishers/google/models/gemini-robotics-er-2-preview	c		131072	1,5	1
        publishers/google/models/gemma-4-26b-a4b-it	c			0.15,0.6	1
        publishers/google/models/gemma-4-26b-a4b-it-maas	c		262144	0.15,0.6	1
        publishers/google/models/lyria-002	a				1
        publishers/google/models/lyria-3-clip-preview	a		131072	0,0	1
        publishers/google/models/lyria-3-pro-preview	a		131072	0,0	1
        publishers/google/models/medlm-large	c		8192		1
        publishers/google/models/medlm-medium	c		32768		1
        publishers/google/models/mistral-ocr-2505	o				1
        publishers/google/models/multimodalembedding	e		2048	0.8,0	1
        publishers/google/models/multimodalembedding@001	e20270401		2048	0.8,0	34
        publishers/google/models/search_api	o				1
        publishers/google/models/semantic-ranker-default	r			0,0	1
        publishers/google/models/semantic-ranker-default-002	r			0,0	1
        publishers/google/models/semantic-ranker-default-003	r			0,0	1
        publishers/google/models/semantic-ranker-default-004	r			0,0	1
        publishers/google/models/semantic-ranker-default@latest	r			0,0	1
        publishers/google/models/semantic-ranker-fast	r			0,0	1
        publishers/google/models/semantic-ranker-fast-004	r			0,0	1
        publishers/google/models/semantic-ranker-fast@latest	r			0,0	1
        publishers/google/models/text-embedding-004	e20270401		2048	0.1,0	34
        publishers/google/models/text-embedding-005	e20270401		2048	0.1,0	34
        publishers/google/models/text-embedding-large-exp-03-07	e		8192	0.1,0	1
        publishers/google/models/text-embedding-preview-0409	e		3072	0.00625,0	1
        publishers/google/models/text-multilingual-embedding-002	e20270401		2048	0.1,0	34
        publishers/google/models/text-unicorn	c		8192	10,28	1
        publishers/google/models/text-unicorn@001	c		8192	10,28	1
        publishers/google/models/veo-2.0-generate-001	o20260630		1024		34	publishers/google/models/veo-3.1-generate-001
        publishers/google/models/veo-3.0-fast-generate-001	o20260630		1024		34	publishers/google/models/veo-3.1-fast-generate-001
        publishers/google/models/veo-3.0-generate-001	o20260630		1024		34	publishers/google/models/veo-3.1-generate-001
        publishers/google/models/veo-3.1-fast-generate-001	o20261117		1024		34
        publishers/google/models/veo-3.1-fast-generate-preview	o		1024		1
        publishers/google/models/veo-3.1-generate-001	o20261117		1024		34
        publishers/google/models/veo-3.1-generate-preview	o		1024		1
        publishers/google/models/veo-3.1-lite-generate-001	o		1024		1
        publishers/google/models/virtual-try-on-001	i20270315				1
        publishers/meta/models/llama-3.1-405b-instruct-maas	c		128000	5,16	1
        publishers/meta/models/llama-3.1-70b-instruct-maas	c		128000	0,0	1
        publishers/meta/models/llama-3.1-8b-instruct-maas	c		128000	0,0	1
        publishers/meta/models/llama-3.2-90b-vision-instruct-maas	c		128000	0,0	1
        publishers/meta/models/llama-3.3-70b-instruct-maas	c20261021		128000	0.72,0.72	1
        publishers/meta/models/llama-4-maverick-17b-128e-instruct-maas	c		1000000	0.35,1.15	1
        publishers/meta/models/llama-4-maverick-17b-16e-instruct-maas	c		1000000	0.35,1.15	1
        publishers/meta/models/llama-4-scout-17b-128e-instruct-maas	c		10000000	0.25,0.7	1
        publishers/meta/models/llama-4-scout-17b-16e-instruct-maas	c		10000000	0.25,0.7	1
        publishers/meta/models/llama3-405b-instruct-maas	c		32000	0,0	1
        publishers/meta/models/llama3-70b-instruct-maas	c		32000	0,0	1
        publishers/meta/models/llama3-8b-instruct-maas	c		32000	0,0	1
        publishers/minimaxai/models/minimax-m2-maas	c20261021		196608	0.3,1.2	1
        publishers/mistralai/models/codestral-2	c		128000	0.3,0.9	1
        publishers/mistralai/models/codestral-2501	c		128000	0.2,0.6	1
        publishers/mistralai/models/codestral-2@001	c		128000	0.3,0.9	1
        publishers/mistralai/models/codestral@2405	c		128000	0.2,0.6	1
        publishers/mistralai/models/codestral@latest	c		128000	0.2,0.6	1
        publishers/mistralai/models/mistral-large-2411	c		128000	2,6	1
        publishers/mistralai/models/mistral-large@2407	c		128000	2,6	1
        publishers/mistralai/models/mistral-large@2411-001	c		128000	2,6	1
        publishers/mistralai/models/mistral-large@latest	c		128000	2,6	1
        publishers/mistralai/models/mistral-medium-3	c		128000	0.4,2	1
        publishers/mistralai/models/mistral-medium-3@001	c		128000	0.4,2	1
        publishers/mistralai/models/mistral-nemo@2407	c		128000	3,3	1
        publishers/mistralai/models/mistral-nemo@latest	c		128000	0.15,0.15	1
        publishers/mistralai/models/mistral-small-2503	c		128000	0.1,0.3	1
        publishers/mistralai/models/mistral-small-2503@001	c		32000	0.1,0.3	1
        publishers/moonshotai/models/kimi-k2-thinking-maas	c20261021		256000	0.6,2.5	1
        publishers/openai/models/gpt-oss-120b-maas	c		131072	0.09,0.36	1
        publishers/openai/models/gpt-oss-20b-maas	c20261021		131072	0.07,0.25	1
        publishers/qwen/models/qwen3-235b-a22b-instruct-2507-maas	c20261021		262144	0.22,0.88	1
        publishers/qwen/models/qwen3-coder-480b-a35b-instruct-maas	c20261021		262144	0.22,1.8	1
        publishers/qwen/models/qwen3-next-80b-a3b-instruct-maas	c20261021		262144	0.15,1.2	1
        publishers/qwen/models/qwen3-next-80b-a3b-thinking-maas	c20261021		262144	0.15,1.2	1
        publishers/xai/models/grok-4.1-fast-non-reasoning	c		128000	0.2,0.5	1
        publishers/xai/models/grok-4.1-fast-reasoning	c		128000	0.2,0.5	1
        publishers/xai/models/grok-4.20-non-reasoning	c		2000000	1.25,2.5	1
        publishers/xai/models/grok-4.20-reasoning	c		2000000	1.25,2.5	1
        publishers/xai/models/grok-4.3	c		200000	1.25,2.5	1
        publishers/xai/models/grok-4.6	c		524288	2,6	1
        publishers/xai/models/grok-4.7	c		524288	2,6	1
        publishers/zai-org/models/glm-4.7-maas	c20261021		200000	0.6,2.2	1	publishers/zai-org/models/glm-5.2-maas
        publishers/zai-org/models/glm-5-maas	c20261021		200000	1,3.2	1	publishers/zai-org/models/glm-5.2-maas
        publishers/zai-org/models/glm-5.2-maas	c		1000000	1.4,4.4	1
        veo-3.1-fast-generate-001	o		1024		1
        veo-3.1-fast-generate-preview	o20261022		1024		33	gemini-omni-1.2-flash
        veo-3.1-generate-001	o		1024		1
        veo-3.1-generate-preview	o20261022		1024		33	gemini-omni-1.2-flash
        veo-3.1-lite-generate-preview	o20261022		1024		33	gemini-omni-1.2-flash

        """#
}
