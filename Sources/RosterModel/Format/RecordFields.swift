extension RecordShape {
    /// The keys of a mapping of this shape, in the format's order.
    public var fields: [FieldSpec] {
        switch self {
        case .provider: Self.providerFields
        case .secret: Self.secretFields
        case .roster: Self.rosterFields
        case .box: Self.boxFields
        case .project: Self.projectFields
        case .sealingKey: Self.sealingKeyFields
        case .access: Self.accessFields
        case .models: Self.modelsFields
        case .statement: Self.statementFields
        case .token: Self.tokenFields
        }
    }

    private static let label = FieldType.text(maximum: 200)

    private static let providerFields: [FieldSpec] = [
        FieldSpec("id", .providerID, "The provider's identity: aip_ and 16 letters and digits. It is kept for ever."),
        FieldSpec("name", label, "A label for people."),
        FieldSpec("provider", .slug, "Which kind of provider this is."),
        FieldSpec("defaultModel", label, "What is sent as the model; for azure, the deployment's name."),
        FieldSpec(
            "secret",
            .handle,
            isRequired: false,
            isNullable: true,
            "The secret of the same project that holds the key."
        ),
        FieldSpec(
            "baseUrl",
            .url,
            isRequired: false,
            isNullable: true,
            "An absolute http or https URL in place of the slug's own endpoint."
        ),
        FieldSpec(
            "config",
            .freeMapping,
            isRequired: false,
            isNullable: true,
            "The provider's settings, as plain JSON values. Keys that its slug does not read are kept as they are."
        ),
    ]

    private static let secretFields: [FieldSpec] = [
        FieldSpec("id", .secretID, "The secret's identity: sec_ and 16 letters and digits. It is kept for ever."),
        FieldSpec("name", label, "A label for people."),
        FieldSpec("allowedHosts", .list(.allowedHosts), "The places that this key may be sent to."),
        FieldSpec(
            "generation",
            .integer(minimum: 1, maximum: 9_007_199_254_740_991),
            "1 at first, exactly one higher each time the value or the allowed hosts change."
        ),
        FieldSpec("fingerprint", .hex(digits: 32), "Changes with the value and does not reveal it."),
        FieldSpec("rotateBy", .date, isRequired: false, isNullable: true, "The day after which the key is due."),
        FieldSpec("boxes", .list(.boxes), "The sealed payload, once for each active sealing key."),
    ]

    private static let boxFields: [FieldSpec] = [
        FieldSpec("key", .sealingKeyID, "The sealing key that the box is for."),
        FieldSpec("box", .box, "The sealed box in base64."),
    ]

    private static let rosterFields: [FieldSpec] = [
        FieldSpec("roster", .integer(minimum: 1, maximum: 1), "The version of the format: 1."),
        FieldSpec("projects", .table(.projects), "The projects by handle."),
        FieldSpec("sealingKeys", .list(.sealingKeys), isRequired: false, "The keys that secrets are sealed to."),
        FieldSpec("access", .record(.access), isRequired: false, "Who may read. Without it the registry is open."),
        FieldSpec("models", .record(.models), isRequired: false, "How check reports models that providers retire."),
    ]

    private static let projectFields: [FieldSpec] = [
        FieldSpec("id", .projectID, "The project's identity: proj_ and 16 letters and digits."),
        FieldSpec("name", label, "A label for people."),
    ]

    private static let sealingKeyFields: [FieldSpec] = [
        FieldSpec("id", .sealingKeyID, "rk_ and 32 hex digits that follow from the public key."),
        FieldSpec("publicKey", .publicKey, "The 32-byte X25519 public key in base64."),
        FieldSpec("name", label, "A label for people."),
        FieldSpec("retired", .boolean, isRequired: false, "Whether nothing new is sealed to it."),
    ]

    private static let accessFields: [FieldSpec] = [
        FieldSpec("policies", .table(.policies), isRequired: false, "Lists of statements by name."),
        FieldSpec("tokens", .list(.tokens), isRequired: false, "The tokens, by the hash of their text."),
    ]

    private static let modelsFields: [FieldSpec] = [
        FieldSpec(
            "warnWithin",
            .days,
            isRequired: false,
            isNullable: true,
            "How long before its retirement a model is reported, such as 30d. Without it: 90d."
        )
    ]

    private static let statementFields: [FieldSpec] = [
        FieldSpec("effect", .effect, "Allow, or Deny, which wins."),
        FieldSpec("action", .list(.actions), "The actions that the statement is about."),
        FieldSpec("resource", .list(.resources), "*, <project>/* or <project>/<name>."),
    ]

    private static let tokenFields: [FieldSpec] = [
        FieldSpec("id", .tokenID, "The token's identity: key_ and 16 letters and digits."),
        FieldSpec("name", label, "A label for people."),
        FieldSpec("hash", .hex(digits: 64), "Lower-case hex BLAKE2b-256 of the whole token text."),
        FieldSpec("policies", .list(.policyNames), "The policies that the token has; may be empty."),
        FieldSpec("project", .handle, isRequired: false, isNullable: true, "The one project that it may see."),
        FieldSpec("expires", .date, isRequired: false, isNullable: true, "The last valid day, UTC."),
    ]
}
