// swift-format-ignore-file

extension BuiltInModels {
    static let openai: StaticString = #"""
        openai	181
        babbage-002	c20260928		16384	0.4,0.4	36	gpt-5.6-terra
        chat-latest	c		400000	5,30	1
        chatgpt-image-latest	i20261201			5,10	36	gpt-image-2.5-sunburst
        computer-use-preview	c20260723		8192	3,12	36	gpt-5.6-terra
        computer-use-preview-2025-03-11	c20260723		8192	3,12	36	gpt-5.6-terra
        container	c				1
        davinci-002	c20260928		16384	2,2	36	gpt-5.6-terra
        daybreak-blue-latest	c		922000	4,20	1
        daybreak-red-latest	c		272000	12.5,75	1
        ft:babbage-002	c20260928		16384	1.6,1.6	36	gpt-5.6-terra
        ft:davinci-002	c20260928		16384	12,12	36	gpt-5.6-terra
        ft:gpt-3.5-turbo	c20261023		16385	3,6	36	gpt-5.6-terra
        ft:gpt-3.5-turbo-0125	c20261023		16385	3,6	36	gpt-5.6-terra
        ft:gpt-3.5-turbo-0613	c20261023		4096	3,6	36	ft:gpt-3.5-turbo
        ft:gpt-3.5-turbo-1106	c20260928		16385	3,6	36	gpt-5.6-terra
        ft:gpt-4-0613	c20261023		8192	30,60	36	gpt-5.6-sol
        ft:gpt-4.1-2025-04-14	c20270114		1047576	3,12	36	gpt-6-luna
        ft:gpt-4.1-mini-2025-04-14	c20270114		1047576	0.8,3.2	36	gpt-6-luna
        ft:gpt-4.1-nano-2025-04-14	c20261023		1047576	0.2,0.8	36	gpt-5.6-luna
        ft:gpt-4o-2024-08-06	c20270114		128000	3.75,15	36	gpt-6-luna
        ft:gpt-4o-2024-11-20	c20270114		128000	3.75,15	36	gpt-6-luna
        ft:gpt-4o-mini-2024-07-18	c20270114		128000	0.3,1.2	36	gpt-6-luna
        ft:o4-mini-2025-04-16	c20261023		200000	4,16	36	gpt-5.6-terra
        gpt-3.5-turbo	c20261023		16385	0.5,1.5	36	gpt-5.6-terra
        gpt-3.5-turbo-0125	c20261023		16385	0.5,1.5	36	gpt-5.6-terra
        gpt-3.5-turbo-1106	c20260928		16385	1,2	36	gpt-5.6-terra
        gpt-3.5-turbo-16k	c20261023		16385	3,4	36
        gpt-3.5-turbo-instruct	c20260928		8192	1.5,2	36	gpt-5.6-terra
        gpt-3.5-turbo-instruct-0914	c		8192	1.5,2	1
        gpt-4	c20261023		8192	30,60	36	gpt-5.6-sol
        gpt-4-0613	c20261023		8192	30,60	36	gpt-5.6-sol
        gpt-4-1106-preview	c20261023		128000	10,30	36	gpt-5.6-sol
        gpt-4-turbo	c20261023		128000	10,30	36	gpt-5.6-sol
        gpt-4-turbo-2024-04-09	c20261023		128000	10,30	36	gpt-5.6-sol
        gpt-4.1	c20270114		1047576	2,8	36	gpt-6-luna
        gpt-4.1-2025-04-14	c20270114		1047576	2,8	36	gpt-6-luna
        gpt-4.1-mini	c20270114		1047576	0.4,1.6	36	gpt-6-luna
        gpt-4.1-mini-2025-04-14	c20270114		1047576	0.4,1.6	36	gpt-6-luna
        gpt-4.1-nano	c20261023		1047576	0.1,0.4	36	gpt-5.6-luna
        gpt-4.1-nano-2025-04-14	c20261023		1047576	0.1,0.4	36	gpt-5.6-luna
        gpt-4o	c20270114		128000	2.5,10	36	gpt-6-luna
        gpt-4o-2024-05-13	c20261023		128000	5,15	36	gpt-5.6-sol
        gpt-4o-2024-08-06	c20270114		128000	2.5,10	36	gpt-6-luna
        gpt-4o-2024-11-20	c20270114		128000	2.5,10	36	gpt-6-luna
        gpt-4o-audio-preview-2024-12-17	c20270120		128000	2.5,10	36	gpt-audio-1.5
        gpt-4o-audio-preview-2025-06-03	c20270120		128000	2.5,10	36	gpt-audio-1.5
        gpt-4o-mini	c20270114		128000	0.15,0.6	36	gpt-6-luna
        gpt-4o-mini-2024-07-18	c20270114		128000	0.15,0.6	36	gpt-6-luna
        gpt-4o-mini-audio-preview-2024-12-17	c20270120		128000	0.15,0.6	36
        gpt-4o-mini-realtime-preview-2024-12-17	a20270120		128000	0.6,2.4	36
        gpt-4o-mini-search-preview	c		128000	0.15,0.6	1
        gpt-4o-mini-search-preview-2025-03-11	c20260723		128000	0.15,0.6	36	gpt-5.6-terra
        gpt-4o-mini-transcribe	a20270226		16000	1.25,5	36	gpt-live-transcribe
        gpt-4o-mini-transcribe-2025-03-20	a20270120		16000	1.25,5	36	gpt-4o-mini-transcribe-2025-12-15
        gpt-4o-mini-transcribe-2025-12-15	a20270226		16000	1.25,5	36	gpt-live-transcribe
        gpt-4o-mini-tts	a20270106			0.6,10	36	gpt-realtime-2.1-mini
        gpt-4o-mini-tts-2025-03-20	a20270106			0.6,10	36	gpt-realtime-2.1-mini
        gpt-4o-mini-tts-2025-12-15	a20270106			0.6,10	36	gpt-realtime-2.1-mini
        gpt-4o-search-preview	c		128000	2.5,10	1
        gpt-4o-search-preview-2025-03-11	c20260723		128000	2.5,10	36	gpt-5.6-terra
        gpt-4o-transcribe	a20270226		16000	2.5,10	36	gpt-live-transcribe
        gpt-4o-transcribe-diarize	a20270226		16000	2.5,10	36	gpt-live-transcribe
        gpt-5	c20261211		272000	1.25,10	36	gpt-5.6-sol
        gpt-5-2025-08-07	c20261211		272000	1.25,10	36	gpt-5.6-sol
        gpt-5-chat	c20260723		128000	1.25,10	36	gpt-5.2-chat-latest
        gpt-5-chat-latest	c20260723		128000	1.25,10	36	gpt-5.6-sol
        gpt-5-codex	c20260723		272000	1.25,10	36	gpt-5.6-sol
        gpt-5-mini	c20261211		272000	0.25,2	36	gpt-5.6-terra
        gpt-5-mini-2025-08-07	c20261211		272000	0.25,2	36	gpt-5.6-terra
        gpt-5-nano	c20261211		272000	0.05,0.4	36	gpt-5.6-luna
        gpt-5-nano-2025-08-07	c20261211		272000	0.05,0.4	36	gpt-5.6-luna
        gpt-5-pro	c20261211		400000	15,120	36	gpt-5.6-sol
        gpt-5-pro-2025-10-06	c20261211		400000	15,120	36	gpt-5.6-sol
        gpt-5-search-api	c		272000	1.25,10	1
        gpt-5-search-api-2025-10-14	c		272000	1.25,10	1
        gpt-5.1	c20270401		272000	1.25,10	36	gpt-6-sol
        gpt-5.1-2025-11-13	c20270401		272000	1.25,10	36	gpt-6-sol
        gpt-5.1-chat-latest	c20260723		128000	1.25,10	36	gpt-5.6-sol
        gpt-5.1-codex	c20260723		400000	1.25,10	36	gpt-5.6-sol
        gpt-5.1-codex-max	c20260723		400000	1.25,10	36	gpt-5.6-sol
        gpt-5.1-codex-mini	c20260723		400000	0.25,2	36	gpt-5.6-terra
        gpt-5.2	c		272000	1.75,14	1
        gpt-5.2-2025-12-11	c		272000	1.75,14	1
        gpt-5.2-chat-latest	c20260810		128000	1.75,14	36	gpt-5.6-sol
        gpt-5.2-codex	c20260723		272000	1.75,14	36	gpt-5.6-sol
        gpt-5.2-pro	c		272000	21,168	1
        gpt-5.2-pro-2025-12-11	c		272000	21,168	1
        gpt-5.3-chat-latest	c20260810		128000	1.75,14	36	gpt-5.6-sol
        gpt-5.3-codex	c20270401		272000	1.75,14	36	gpt-6-sol
        gpt-5.4	c		1050000	2.5,15	1
        gpt-5.4-2026-03-05	c		1050000	2.5,15	1
        gpt-5.4-mini	c		272000	0.75,4.5	1
        gpt-5.4-mini-2026-03-17	c		272000	0.75,4.5	1
        gpt-5.4-nano	c20270401		272000	0.2,1.25	36	gpt-6-luna
        gpt-5.4-nano-2026-03-17	c20270401		272000	0.2,1.25	36	gpt-6-luna
        gpt-5.4-pro	c		1050000	30,180	1
        gpt-5.4-pro-2026-03-05	c		1050000	30,180	1
        gpt-5.5	c		1050000	5,30	1
        gpt-5.5-2026-04-23	c		1050000	5,30	1
        gpt-5.5-cyber	c			12.5,75	1
        gpt-5.5-cyber-preview	c20270201			12.5,75	36
        gpt-5.5-pro	c		1050000	30,180	1
        gpt-5.5-pro-2026-04-23	c		1050000	30,180	1
        gpt-5.6	c		922000	4,20	1
        gpt-5.6-cyber	c		272000	12.5,75	1
        gpt-5.6-luna	c		922000	0.2,1.2	1
        gpt-5.6-sol	c		922000	4,20	1
        gpt-5.6-terra	c		922000	2,12	1
        gpt-6-astra	c		922000	10,50	1
        gpt-6-astra-law	c		922000	10,50	1
        gpt-6-cyber	c		922000	20,100	1
        gpt-6-luna	c		922000	0.1,0.5	1
        gpt-6-rosalind	c		922000	15,75	1
        gpt-6-sol	c		922000	2,10	1
        gpt-6.1-sol	c		922000	2,10	1
        gpt-6.1-terra	c		922000	1,5	1
        gpt-audio	c20270120		128000	2.5,10	36	gpt-audio-1.5
        gpt-audio-1.5	c		128000	2.5,10	1
        gpt-audio-2025-08-28	c20270120		128000	2.5,10	36	gpt-audio-1.5
        gpt-audio-mini	c20270120		128000	0.6,2.4	36	gpt-audio-1.5
        gpt-audio-mini-2025-10-06	c20260723		128000	0.6,2.4	36	gpt-audio-1.5
        gpt-audio-mini-2025-12-15	c20270120		128000	0.6,2.4	36	gpt-audio-1.5
        gpt-daybreak-blue-latest	c		922000	4,20	1
        gpt-daybreak-red-latest	c		272000	12.5,75	1
        gpt-image-1	i20261023				36	gpt-image-2.5-sunburst
        gpt-image-1-mini	i20261201				36	gpt-image-2.5-sunburst
        gpt-image-1.5	i20261201			5,10	36	gpt-image-2.5-sunburst
        gpt-image-1.5-2025-12-16	i20261201			5,10	36	gpt-image-2.5-sunburst
        gpt-image-2	i				1
        gpt-image-2-2026-04-21	i				1
        gpt-image-2.5-flare	i				1
        gpt-image-2.5-flare-2026-09-08	i				1
        gpt-image-2.5-sunburst	i				1
        gpt-image-2.5-sunburst-2026-09-08	i				1
        gpt-image-2.6-flare	i				1
        gpt-image-2.6-sunburst	i				1
        gpt-live-1	a				1
        gpt-live-transcribe	a				1
        gpt-realtime	a20270120		32000	4,16	36	gpt-realtime-2.1
        gpt-realtime-1.5	a		32000	4,16	1
        gpt-realtime-2	a		128000	4,24	1
        gpt-realtime-2.1	a		128000	4,24	1
        gpt-realtime-2.1-mini	a		128000	0.6,2.4	1
        gpt-realtime-2025-08-28	a20270120		32000	4,16	36	gpt-realtime-2.1
        gpt-realtime-mini	a20270120		32000	0.6,2.4	36	gpt-realtime-2.1-mini
        gpt-realtime-mini-2025-12-15	a20270120		128000	0.6,2.4	36	gpt-realtime-2.1-mini
        gpt-realtime-translate	a		16000		1
        gpt-realtime-whisper	a				1
        gpt-rosalind-discovery	c			5,25	1
        gpt-rosalind-research	c			5,25	1
        gpt-transcribe	a				1
        o1	c20261023		200000	15,60	36	gpt-5.6-sol
        o1-2024-12-17	c20261023		200000	15,60	36	gpt-5.6-sol
        o1-pro	c20261023		200000	150,600	36	gpt-5.6-sol
        o1-pro-2025-03-19	c20261023		200000	150,600	36	gpt-5.6-sol
        o3	c20261211		200000	2,8	1	gpt-5.6-sol
        o3-2025-04-16	c20261211		200000	2,8	36	gpt-5.6-sol
        o3-deep-research	c20260723		200000	10,40	36	gpt-5.6-sol
        o3-deep-research-2025-06-26	c20260723		200000	10,40	36	gpt-5.6-sol
        o3-mini	c20261023		200000	1.1,4.4	36	gpt-5.6-sol
        o3-mini-2025-01-31	c20261023		200000	1.1,4.4	36	gpt-5.6-sol
        o3-pro	c20261211		200000	20,80	36	gpt-5.6-sol
        o3-pro-2025-06-10	c20261211		200000	20,80	36	gpt-5.6-sol
        o4-mini	c20261023		200000	1.1,4.4	36	gpt-5.6-terra
        o4-mini-2025-04-16	c20261023		200000	1.1,4.4	36	gpt-5.6-terra
        o4-mini-deep-research	c20260723		200000	2,8	36	gpt-5.6-sol
        o4-mini-deep-research-2025-06-26	c20260723		200000	2,8	36	gpt-5.6-sol
        omni-moderation-2024-09-26	o		32768	0,0	1
        omni-moderation-latest	o		32768	0,0	1
        sora-2	o20260924				36
        sora-2-pro	o20260924				36
        sora-2-pro-high-res	o20260924				36
        text-embedding-3-large	e		8191	0.13,0	1
        text-embedding-3-small	e		8191	0.02,0	1
        text-embedding-ada-002	e		8191	0.1,0	1
        text-embedding-ada-002-v2	e		8191	0.1,0	1
        tts-1	a20270106				36	gpt-realtime-2.1-mini
        tts-1-1106	a				1
        tts-1-hd	a20270106				36	gpt-realtime-2.1-mini
        tts-1-hd-1106	a				1
        whisper-1	a20270226				36	gpt-live-transcribe

        """#
}
