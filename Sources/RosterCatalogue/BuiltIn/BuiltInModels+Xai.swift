// swift-format-ignore-file

extension BuiltInModels {
    static let xai: StaticString = #"""
        xai	69
        grok-3	c20260515				37	grok-4.3
        grok-4	c20260515				38	grok-4.3
        grok-4-0709	c20260515				37	grok-4.3
        grok-4-1-fast	c20260515				38	grok-4.3
        grok-4-1-fast-non-reasoning	c20260515				37	grok-4.20-non-reasoning
        grok-4-1-fast-reasoning	c20260515				37	grok-4.3
        grok-4-fast	c20260515				38	grok-4.3
        grok-4-fast-non-reasoning	c20260515				37	grok-4.20-non-reasoning
        grok-4-fast-reasoning	c20260515				37	grok-4.3
        grok-4.20	c		1000000	1.25,2.5	1
        grok-4.20-0309	c		1000000	1.25,2.5	1
        grok-4.20-0309-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-0309-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta	c		1000000	1.25,2.5	1
        grok-4.20-beta-0309	c		1000000	1.25,2.5	1
        grok-4.20-beta-0309-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta-0309-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta-latest	c		1000000	1.25,2.5	1
        grok-4.20-beta-latest-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta-latest-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-beta-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-0304	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-0304-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-0304-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-latest	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-non-reasoning-latest	c		1000000	1.25,2.5	1
        grok-4.20-experimental-beta-reasoning-latest	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-0309	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-beta-0309	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-beta-latest	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-experimental-beta-0304	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-experimental-beta-latest	c		1000000	1.25,2.5	1
        grok-4.20-multi-agent-latest	c		1000000	1.25,2.5	1
        grok-4.20-non-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-non-reasoning-gv2	c		1000000	1.25,2.5	1
        grok-4.20-non-reasoning-latest	c		1000000	1.25,2.5	1
        grok-4.20-reasoning	c		1000000	1.25,2.5	1
        grok-4.20-reasoning-gv2	c		1000000	1.25,2.5	1
        grok-4.20-reasoning-latest	c		1000000	1.25,2.5	1
        grok-4.3	c		1000000	1.25,2.5	1
        grok-4.3-latest	c		1000000	1.25,2.5	1
        grok-4.5	c		500000	2,6	1
        grok-4.5-latest	c		500000	2,6	1
        grok-4.6	c		500000	2,6	1
        grok-4.7	c		500000	2,6	1
        grok-build-0.1	c		256000	1,2	1
        grok-build-latest	c		500000	2,6	1
        grok-code-fast	c		256000	1,2	1
        grok-code-fast-1	c20260515		256000	1,2	39	grok-build-0.1
        grok-code-fast-1-0825	c		256000	1,2	1
        grok-imagine-image	i				1
        grok-imagine-image-2.0	i				1
        grok-imagine-image-2026-03-02	i				1
        grok-imagine-image-pro	i20260515				39	grok-imagine-image-2.0
        grok-imagine-image-quality	i20261102				40	grok-imagine-image-2.0
        grok-imagine-image-quality-20260403	i20261102				40	grok-imagine-image-2.0
        grok-imagine-image-quality-latest	i20261102				40	grok-imagine-image-2.0
        grok-imagine-video	o				1
        grok-imagine-video-1.5	o				1
        grok-imagine-video-1.5-2026-05-30	o				1
        grok-imagine-video-1.5-lite	o				1
        grok-imagine-video-1.5-preview	o				1
        grok-voice-2.0	a				1	grok-voice-3.0
        grok-voice-3.0	a				1
        grok-voice-latest	a				1
        grok-voice-transcribe-1.0	a20261002				41	grok-voice-transcribe-2.0
        grok-voice-transcribe-2.0	a				1

        """#
}
