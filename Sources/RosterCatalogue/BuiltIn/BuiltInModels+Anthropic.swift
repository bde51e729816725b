// swift-format-ignore-file

extension BuiltInModels {
    static let anthropic: StaticString = #"""
        anthropic	41
        claude-1.0	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-1.1	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-1.2	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-1.3	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-2.0	c20250721	20250121			0	claude-opus-4-8
        claude-2.1	c20250721	20250121			0	claude-opus-4-8
        claude-3-5-haiku-20241022	c20260219	20251219			0	claude-haiku-4-5-20251001
        claude-3-5-sonnet-20240620	c20251028	20250813			0	claude-sonnet-4-6
        claude-3-5-sonnet-20241022	c20251028	20250813			0	claude-sonnet-4-6
        claude-3-7-sonnet-20250219	c20260219	20251028			0	claude-sonnet-4-6
        claude-3-haiku-20240307	c20260420	20260219			0	claude-haiku-4-5-20251001
        claude-3-opus-20240229	c20260105	20250630			0	claude-opus-4-8
        claude-3-sonnet-20240229	c20250721	20250121			0	claude-sonnet-4-6
        claude-fable-5	c		1000000	10,50	1
        claude-fable-5-1	c		1000000	10,50	1
        claude-haiku-4-5	c		200000	1,5	1
        claude-haiku-4-5-20251001	c		200000	1,5	1
        claude-haiku-5-5	c		1000000	0.1,0.5	1
        claude-instant-1.0	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-instant-1.1	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-instant-1.2	c20241106	20240904			0	claude-haiku-4-5-20251001
        claude-mythos-5	c		1000000	10,50	1
        claude-mythos-5-1	c		1000000	10,50	1
        claude-mythos-preview	c20260609		1000000	10,50	2
        claude-opus-4-1-20250805	c20260805	20260605			0	claude-opus-4-8
        claude-opus-4-20250514	c20260615	20260414			0	claude-opus-4-8
        claude-opus-4-5	c		200000	5,25	1
        claude-opus-4-5-20251101	c		200000	5,25	1
        claude-opus-4-6	c		1000000	5,25	1
        claude-opus-4-6-20260205	c		1000000	5,25	1
        claude-opus-4-7	c		1000000	5,25	1
        claude-opus-4-7-20260416	c		1000000	5,25	1
        claude-opus-4-8	c		1000000	5,25	1
        claude-opus-5	c		1000000	5,25	1
        claude-opus-5-5	c		1000000	4,20	1
        claude-sonnet-4-20250514	c20260615	20260414			0	claude-sonnet-4-6
        claude-sonnet-4-5	c20261130		200000	3,15	2	claude-sonnet-5-5
        claude-sonnet-4-5-20250929	c20261130		200000	3,15	2	claude-sonnet-5-5
        claude-sonnet-4-6	c		1000000	3,15	1
        claude-sonnet-5	c		1000000	2,10	1
        claude-sonnet-5-5	c		1000000	2,10	1

        """#
}
