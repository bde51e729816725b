/// The kinds of file that have a JSON Schema.
public enum SchemaKind: String, Sendable, CaseIterable {
    /// A file under `providers/`.
    case provider
    /// A file under `secrets/`.
    case secret
    /// `roster.yaml`.
    case roster

    /// The file under `schema/`.
    public var fileName: String { "\(rawValue).schema.json" }
}
