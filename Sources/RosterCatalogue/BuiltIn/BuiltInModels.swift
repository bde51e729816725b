// swift-format-ignore-file

/// The text of the catalogue inside the program; `scripts/catalogue` makes it.
enum BuiltInModels {
    static var texts: [StaticString] { [sources, anthropic, azure, bedrock, google, groq, openai, xai] }
}
