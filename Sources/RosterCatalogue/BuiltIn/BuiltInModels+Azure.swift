// swift-format-ignore-file

extension BuiltInModels {
    static let azure: StaticString = #"""
        azure	268
        Codestral-2501	c20270215		256000	0.3,0.9	3
        Cohere-Embed-V5-Fast	e20270123		128000	0.08,0	1
        Cohere-Embed-V5-Pro	e20270123		128000	0.12,0	1
        Cohere-command-a-plus-05-2026	c20261016		128000	0.8,3.2	3	coherelabs-command-a-plus-05-2026-fp81
        Cohere-embed-v3-english	e20270215		512	0.1,0	3	Cohere-Embed-V5-Fast
        Cohere-embed-v3-multilingual	e20270215		512	0.1,0	3	Cohere-Embed-V5-Fast
        Cohere-parse-v5	o20261215				3
        DeepSeek-V4-Flash-0731	c20261203		1000000	0.44,1.32	3
        FLUX-1.1-pro	i20270105		5000		3
        FLUX.1-Kontext-pro	i20270105		5000		3
        FLUX.2-flex	i20270120		32000		3
        FW-DeepSeek-V3.2	c20270701		163840	0.62,1.85	1
        FW-DeepSeek-V4-Flash	c		1000000	0.15,0.31	1
        FW-DeepSeek-V4-Pro	c		1000000	1.925,3.828	1
        FW-DeepSeek-V4.1-Flash	c		1000000	0.375,1.5	1
        FW-GLM-5	c20270701		200000	1.1,3.52	1	FW-GLM-5.2
        FW-GLM-5.1	c20270701		202800	1.54,4.84	1	FW-GLM-5.2
        FW-GLM-5.2	c		1048576	1.54,4.84	1
        FW-GLM-5.2-Fast	c		1048576	2.31,7.26	1
        FW-GLM-5.3	c		1048576	1.75,5.5	1
        FW-GLM-5.3-Flash	c		1048576	0.188,0.625	1
        FW-GPT-OSS-120B	c20270701		131072	0.165,0.66	1
        FW-Inkling	c		1048576	1.1,4.46	1
        FW-Kimi-K2.5	c20270701		262144	0.66,3.3	1
        FW-Kimi-K2.6	c		262144	1.045,4.4	1
        FW-Kimi-K2.7-Code	c		262144	1.05,4.4	1
        FW-Kimi-K3	c		1048576	3,15	1
        FW-MiniMax-M2.5	c20270701		1000000	0.33,1.32	1
        FW-MiniMax-M3	c		512000	0.33,1.32	1
        FW-Nemotron-3-Ultra-NVFP4	c		262144	0.66,2.64	1
        FW-Nemotron-Lightning-3.5-30B-A3B	c		262144	0.06,0.22	1
        Llama-3.3-70B-Instruct	c20270131		128000	0.71,0.71	3
        Llama-4-Maverick-17B-128E-Instruct-FP8	c20261119		1000000	0.25,1	3
        Llama-4-Scout-17B-16E-Instruct	c20270131		10000000	0.2,0.78	3
        MAI-Code-1.1-Flash	c20261209		256000	0.2,1.2	1
        MAI-Cyber-1-Flash	c		256000	0.6,3.5	1
        MAI-DS-R1	c20260227		128000	1.35,5.4	4
        MAI-Image-2.5	i20261001		32000		3	MAI-Image-2.6
        MAI-Image-2.5-Flash	i20261001		32000		3	MAI-Image-2.6-Flash
        MAI-Image-2.5-Pro	i20261001		32000		3
        MAI-Image-2.6	i		32000		1
        MAI-Image-2.6-Flash	i		32000		1
        MAI-Thinking-1	c		256000	2,8	1
        Microsoft-Decision-1	o		32768	0.042,0	1
        Phi-4	c20270117		16384	0.125,0.5	3	microsoft--phi-4
        Phi-4-mini-instruct	c20270117		131072	0.075,0.3	3	microsoft--phi-4
        Phi-4-mini-reasoning	c20270117		131072	0.075,0.3	3	microsoft--phi-4
        Phi-4-multimodal-instruct	c20270117		131072	0.08,0.32	3	microsoft--phi-4
        Phi-4-reasoning	c20270117		32768	0.125,0.5	3	microsoft--phi-4
        ada	e20280209		8191	0.11,0	5
        azure-stt	a				1
        azure-tts	a				1
        azure-tts-hd	a				1
        chat-latest	c20270518		272000	5,30	5
        claude-fable-5	c20271205		1000000	10,50	3
        claude-fable-5-1	c20271205		1000000	10,50	3
        claude-haiku-4-5	c20261115		200000	1,5	3	claude-haiku-5-5
        claude-haiku-5-5	c20270929		1000000	0.1,0.5	1
        claude-mythos-5-1	c20270901		1000000	10,50	3
        claude-opus-4-5	c20261124		200000	5,25	3	claude-opus-5-5
        claude-opus-4-6	c20270202		1000000	5,25	3
        claude-opus-4-7	c20270406		1000000	5,25	3
        claude-opus-4-8	c20270901		1000000	5,25	3
        claude-opus-5	c20270708		1000000	5,25	3
        claude-opus-5-5	c20270918		1000000	4,20	1
        claude-opus-5-5-fast	c20270115		1000000	8,40	3
        claude-sonnet-4-5	c20261130		200000	3,15	3	claude-sonnet-5-5
        claude-sonnet-4-6	c20270210		1000000	3,15	3
        claude-sonnet-5	c20270630		1000000	2,10	3
        claude-sonnet-5-5	c20270929		1000000	2,10	1
        codex-mini	c20261115		200000	1.5,6	6
        cohere-command-a	c20270215		131072	2.5,10	3	coherelabs-command-a-plus-05-2026-fp81
        cohere-rerank-v4.0-fast	r20270913		32768	0,0	3	cohere-rerank-v5-fast
        cohere-rerank-v4.0-pro	r20270913		32768	0,0	3	cohere-rerank-v5-pro
        cohere-rerank-v5-fast	r20270212		32768	0.02,0	1
        cohere-rerank-v5-pro	r20270212		32768	0.05,0	1
        computer-use-preview	c		8192	3,12	1
        container	c				1
        dall-e-2	i				1
        dall-e-3	i				1
        deepseek-r1	c20260813			1.35,5.4	3	deepseek-v4-pro
        deepseek-v3-0324	c20260713			1.14,4.56	3	deepseek-v4-flash
        deepseek-v3.1	c20260713			1.23,4.94	3	deepseek-v4-flash
        deepseek-v3.2	c20271101		128000	0.58,1.68	3	deepseek-v4.1-flash
        deepseek-v3.2-speciale	c20271101		128000	0.58,1.68	3	deepseek-v4-pro
        deepseek-v4-flash	c20280220		1000000	0.19,0.51	3	DeepSeek-V4-Flash-0731
        deepseek-v4-pro	c20280220		1000000	1.74,3.48	3
        deepseek-v4.1-flash	c20261215		1000000	0.3,1.2	3
        embed-v-4-0	e20270601		128000	0.12,0	3	Cohere-Embed-V5-Fast
        flux.2-pro	i20270120		32000		3
        gpt-3.5-turbo	c		4097	0.5,1.5	1
        gpt-3.5-turbo-instruct-0914	c		4097	1.65,2.2	1
        gpt-35-turbo	c		4097	0.5,1.5	1
        gpt-35-turbo-instruct	c		4097	1.65,2.2	1
        gpt-35-turbo-instruct-0914	c		4097	1.65,2.2	1
        gpt-4-0125-preview	c		128000	10,30	1
        gpt-4-1106-preview	c		128000	10,30	1
        gpt-4-turbo	c		128000	11,33	1
        gpt-4-turbo-2024-04-09	c		128000	11,33	1
        gpt-4-turbo-vision-preview	c		128000	11,33	1
        gpt-4.1	c20270414		1047576	2,8	5	gpt-5.1
        gpt-4.1-2025-04-14	c20270414		1047576	2,8	5	gpt-5.1
        gpt-4.1-mini	c20270414		1047576	0.4,1.6	5	gpt-5.4-mini
        gpt-4.1-mini-2025-04-14	c20270414		1047576	0.4,1.6	5	gpt-5.4-mini
        gpt-4.1-nano	c20270414		1047576	0.1,0.4	5	gpt-5.4-nano
        gpt-4.1-nano-2025-04-14	c20270414		1047576	0.1,0.4	5	gpt-5.4-nano
        gpt-4o	c20270414		128000	2.5,10	5	gpt-5.1
        gpt-4o-2024-05-13	c20270114		128000	5,15	5	gpt-5.1
        gpt-4o-2024-08-06	c20270414		128000	2.5,10	5	gpt-5.1
        gpt-4o-2024-11-20	c20270414		128000	2.5,10	5	gpt-5.1
        gpt-4o-audio-preview-2024-12-17	c		128000	2.5,10	1
        gpt-4o-mini	c20270414		128000	0.15,0.6	5
        gpt-4o-mini-2024-07-18	c20270414		128000	0.15,0.6	5
        gpt-4o-mini-audio-preview-2024-12-17	c		128000	0.15,0.6	1
        gpt-4o-mini-realtime-preview-2024-12-17	a		128000	0.6,2.4	1
        gpt-4o-mini-transcribe	a20270615		16000	1.25,5	5
        gpt-4o-mini-tts	a20270615			0.6,10	5
        gpt-4o-realtime-preview-2024-12-17	a		16000	5,20	1
        gpt-4o-transcribe	a20261015		16000	2.5,10	5
        gpt-4o-transcribe-diarize	a20270415		16000	2.5,10	5
        gpt-5	c20270209		272000	1.25,10	5	gpt-5.1
        gpt-5-2025-08-07	c20270209		272000	1.25,10	5	gpt-5.1
        gpt-5-chat	c20260629		128000	1.25,10	5	gpt-chat-latest
        gpt-5-codex	c20270317		272000	1.25,10	5	gpt-5.1-codex
        gpt-5-mini	c20270713		272000	0.25,2	5	gpt-5.4-mini
        gpt-5-mini-2025-08-07	c20270713		272000	0.25,2	5	gpt-5.4-mini
        gpt-5-nano	c20270209		272000	0.05,0.4	5	gpt-5.4-nano
        gpt-5-nano-2025-08-07	c20270209		272000	0.05,0.4	5	gpt-5.4-nano
        gpt-5-pro	c20270407		272000	15,120	5	gpt-5.2-pro
        gpt-5.1	c20270713		272000	1.25,10	5	gpt-5.2
        gpt-5.1-2025-11-13	c20270713		272000	1.25,10	5	gpt-5.2
        gpt-5.1-chat	c20260629		111616	1.25,10	5	gpt-chat-latest
        gpt-5.1-codex	c20270515		272000	1.25,10	5	gpt-5.2-codex
        gpt-5.1-codex-2025-11-13	c20270515		272000	1.25,10	5	gpt-5.2-codex
        gpt-5.1-codex-max	c20270518		272000	1.25,10	5
        gpt-5.1-codex-mini	c20270515		272000	0.25,2	5
        gpt-5.1-codex-mini-2025-11-13	c20270515		272000	0.25,2	5
        gpt-5.2	c20270608		272000	1.75,14	5	gpt-5.4
        gpt-5.2-2025-12-11	c20270608		272000	1.75,14	5	gpt-5.4
        gpt-5.2-chat	c20260629		111616	1.75,14	5	gpt-chat-latest
        gpt-5.2-codex	c20270713		272000	1.75,14	5	gpt-5.3-codex
        gpt-5.2-pro	c		272000	21,168	1
        gpt-5.2-pro-2025-12-11	c		272000	21,168	1
        gpt-5.3-chat	c20260629		111616	1.75,14	5	gpt-chat-latest
        gpt-5.3-codex	c20270824		272000	1.75,14	5
        gpt-5.4	c20270902		922000	2.5,15	7	gpt-5.5
        gpt-5.4-2026-03-05	c20270902		922000	2.5,15	7	gpt-5.5
        gpt-5.4-mini	c20270921		272000	0.75,4.5	7
        gpt-5.4-mini-2026-03-17	c20270921		272000	0.75,4.5	7
        gpt-5.4-nano	c20270921		272000	0.2,1.25	7
        gpt-5.4-nano-2026-03-17	c20270921		272000	0.2,1.25	7
        gpt-5.4-pro	c20270907		922000	30,180	7	gpt-5.5-pro
        gpt-5.4-pro-2026-03-05	c20270907		922000	30,180	7	gpt-5.5-pro
        gpt-5.5	c20271026		922000	5,30	7	gpt-5.6
        gpt-5.5-2026-04-23	c20271026		922000	5,30	5	gpt-5.6
        gpt-5.5-2026-04-24	c20271026		922000	5,30	7	gpt-5.6
        gpt-5.5-pro	c		1050000	30,180	1
        gpt-5.5-pro-2026-04-23	c		1050000	30,180	1
        gpt-5.6	c		922000	4,20	1
        gpt-5.6-luna	c20280111		922000	0.2,1.2	5	gpt-6-luna
        gpt-5.6-luna-2026-07-09	c20280111		922000	0.2,1.2	5	gpt-6-luna
        gpt-5.6-sol	c20280111		922000	4,20	5	gpt-6-sol
        gpt-5.6-sol-2026-07-09	c20280111		922000	4,20	5	gpt-6-sol
        gpt-5.6-terra	c20280111		922000	2,12	5	gpt-6.1-terra
        gpt-5.6-terra-2026-07-09	c20280111		922000	2,12	5	gpt-6.1-terra
        gpt-6-astra	c20280111		922000	10,50	1
        gpt-6-astra-2026-09-03	c20280111		922000	10,50	1
        gpt-6-luna	c20280311		922000	0.1,0.5	1
        gpt-6-luna-2026-09-22	c20280311		922000	0.1,0.5	1
        gpt-6-sol	c20280311		922000	2,10	1
        gpt-6-sol-2026-09-22	c20280311		922000	2,10	1
        gpt-6.1-sol	c20280311		922000	2,10	1
        gpt-6.1-sol-2026-09-29	c20280311		922000	2,10	1
        gpt-6.1-terra	c		922000	1,5	1
        gpt-audio	c20270302		128000	2.5,10	5
        gpt-audio-1.5	c20270824		128000	2.5,10	5
        gpt-audio-1.5-2026-02-23	c20270824		128000	2.5,10	5
        gpt-audio-2025-08-28	c20270302		128000	2.5,10	5
        gpt-audio-mini	c20270615		128000	0.6,2.4	5
        gpt-audio-mini-2025-10-06	c20270406		128000	0.6,2.4	5
        gpt-chat-latest	c20270518		128000	5,30	7
        gpt-image-1	i20261023				5	gpt-image-1.5
        gpt-image-1-mini	i20270407				5
        gpt-image-1.5	i20261216			5,10	5	gpt-image-2
        gpt-image-1.5-2025-12-16	i20261216			5,10	5	gpt-image-2
        gpt-image-2	i20271021				7
        gpt-image-2-2026-04-21	i20271021				5
        gpt-image-2.5-flare	i20270909				5
        gpt-image-2.5-sunburst	i20270909				5
        gpt-live-1	a20270910				1
        gpt-live-transcribe	a20280201		32000		1
        gpt-oss-120b	c20270915		131072	0.15,0.6	3
        gpt-realtime	a20270302		32000	4,16	5
        gpt-realtime-1.5	a20270824		32000	4,16	5	gpt-realtime-2.1-2026-07-07
        gpt-realtime-1.5-2026-02-23	a20270824		32000	4,16	5	gpt-realtime-2.1-2026-07-07
        gpt-realtime-2	a20270120		32000	4,24	5	gpt-realtime-2.1
        gpt-realtime-2.1	a20270625		32000	4,24	5
        gpt-realtime-2.1-2026-07-07	a20270625		32000	4,24	5
        gpt-realtime-2.1-mini	a20270625		32000	0.6,2.4	5
        gpt-realtime-2.1-mini-2026-07-07	a20270625		32000	0.6,2.4	5
        gpt-realtime-2025-08-28	a20270302		32000	4,16	5
        gpt-realtime-mini	a20270615		32000	0.6,2.4	5
        gpt-realtime-mini-2025-10-06	a20270406		32000	0.6,2.4	5
        gpt-realtime-translate	a20271109		32000		1
        gpt-realtime-translate-2026-05-06	a		32000		1
        gpt-realtime-translate-2026-05-07	a		32000		1
        gpt-realtime-whisper	a20270506		32000		1
        gpt-realtime-whisper-2026-05-06	a		32000		1
        gpt-realtime-whisper-2026-05-07	a		32000		1
        gpt-transcribe	a20280201				1
        grok-3	c20260501			3,15	3	grok-4
        grok-3-mini	c20260501			0.25,1.27	3	grok-4-1-fast-reasoning
        grok-4	c20270131		262000	3,15	3	grok-4.3
        grok-4-1-fast-non-reasoning	c20270519		128000	0.2,0.5	3
        grok-4-1-fast-reasoning	c20270519		128000	0.2,0.5	3
        grok-4-20-non-reasoning	c20270406		262000	1.25,2.5	3
        grok-4-20-reasoning	c20270406		262000	1.25,2.5	3
        grok-4-fast-non-reasoning	c20260501			0.2,0.5	3	grok-4-1-fast-non-reasoning
        grok-4-fast-reasoning	c20260501			0.2,0.5	3	grok-4-1-fast-reasoning
        grok-4.3	c		200000	1.25,2.5	1
        grok-4.6	c		200000	2,6	1
        grok-4.7	c20271005		500000	2,6	1
        grok-code-fast-1	c20270131		256000	0.2,1.5	3
        jais-30b-chat	c20260130		8192	3.2,9.71	4
        kimi-k2-thinking	c20260329		262144	0.6,2.5	4	kimi-k2.5
        kimi-k2.5	c20270126		262144	0.6,3	3
        kimi-k2.6	c20270416		262144	0.95,4	3
        kimi-k2.7-code	c20270416		262144	0.95,4	3
        ministral-3b	c20261209		128000	0.04,0.04	3	ministral-ministral-4b-instruct
        mistral-document-ai-2512	o20270215				3	mistral-ocr-4-0
        mistral-large-2402	c		32000	8,24	1
        mistral-large-3	c		256000	0.5,1.5	1
        mistral-large-latest	c		32000	8,24	1
        mistral-medium-2505	c20261209		131072	0.4,2	3	mistral-medium-3-5
        mistral-medium-3-5	c		128000	1.5,7.5	1
        mistral-nemo	c20260130		131072	0.15,0.15	4	mistral-small-2503
        mistral-ocr-2505	o				1
        mistral-ocr-2512	o				1
        mistral-ocr-4-0	o				1
        mistral-small-2503	c20270215		128000	0.1,0.3	3	mistralai-mistral-small-4-119b-2603
        model-router	c20270520		200000	0.14,0	7
        model_router	c20270520		200000	0.14,0	3
        o1	c20261119		200000	15,60	1	gpt-5.6-sol
        o1-2024-12-17	c20261119		200000	15,60	1	gpt-5.6-sol
        o1-mini	c		128000	1.1,4.4	1
        o1-mini-2024-09-12	c		128000	1.1,4.4	1
        o3	c20261119		200000	2,8	1	gpt-5.6-sol
        o3-2025-04-16	c20261119		200000	2,8	1	gpt-5.6-sol
        o3-deep-research	c20261119		200000	10,40	5	gpt-5.6-sol
        o3-mini	c20261119		200000	1.1,4.4	5	gpt-5.6-terra
        o3-mini-2025-01-31	c20261119		200000	1.1,4.4	5	gpt-5.6-terra
        o3-pro	c20261119		200000	20,80	5	gpt-5.6-sol
        o3-pro-2025-06-10	c20261119		200000	20,80	5	gpt-5.6-sol
        o4-mini	c20261119		200000	1.1,4.4	5	gpt-5.6-terra
        o4-mini-2025-04-16	c20261119		200000	1.1,4.4	5	gpt-5.6-terra
        prebuilt-document	o				1
        prebuilt-layout	o				1
        prebuilt-read	o				1
        sora-2	o20261102				1
        sora-2-pro	o				1
        sora-2-pro-high-res	o				1
        text-embedding-3-large	e20280209		8192	0.143,0	5
        text-embedding-3-small	e20280209		8192	0.022,0	5
        text-embedding-ada-002	e20280209		8192	0.11,0	5
        tts-1	a20261215				5
        tts-1-hd	a20261215				5
        whisper	a20261215				8
        whisper-1	a20270226				1

        """#
}
