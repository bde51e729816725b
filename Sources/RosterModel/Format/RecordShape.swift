/// The mappings of the format.
///
/// Parsing, the JSON Schema, the order of records and of edits all follow ``fields``.
public enum RecordShape: Sendable, CaseIterable {
    /// A file under `providers/`.
    case provider
    /// A file under `secrets/`.
    case secret
    /// `roster.yaml`.
    case roster
    /// An entry of a secret's `boxes`.
    case box
    /// A value under `projects`.
    case project
    /// An entry of `sealingKeys`.
    case sealingKey
    /// The value of `access`.
    case access
    /// The value of `models`.
    case models
    /// A statement of a policy.
    case statement
    /// An entry of `access.tokens`.
    case token

    /// The noun for a mapping of this shape in messages.
    public var title: StaticString {
        switch self {
        case .provider: "a provider"
        case .secret: "a secret"
        case .roster: "roster.yaml"
        case .box: "a box"
        case .project: "a project"
        case .sealingKey: "a sealing key"
        case .access: "access"
        case .models: "models"
        case .statement: "a policy's statement"
        case .token: "a token"
        }
    }
}

/// One key of a mapping.
public struct FieldSpec: Sendable {
    /// The key.
    public var name: StaticString
    /// The kind of value that is allowed.
    public var type: FieldType
    /// A Boolean value that indicates whether the key is required.
    public var isRequired: Bool
    /// A Boolean value that indicates whether null means the same as an absent key.
    public var isNullable: Bool
    /// A sentence about its meaning, for the schema and the documentation.
    public var summary: StaticString

    /// ``summary`` and, for a base URL, the part that is appended to it.
    public var details: String {
        guard type == .url else { return summary.description }
        let groups = SlugFacts.appendedGroups.map { "\($0.slugs.joined(separator: ", ")): \($0.words)" }
        return summary.description + " A / at its end is dropped. Unless its path ends in it already, requests have "
            + "this after it, and then the path of the operation: \(groups.joined(separator: "; "))."
    }

    init(
        _ name: StaticString,
        _ type: FieldType,
        isRequired: Bool = true,
        isNullable: Bool = false,
        _ summary: StaticString
    ) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
        self.isNullable = isNullable
        self.summary = summary
    }
}

/// The kind of value that a key may have.
///
/// No case has a payload with a reference count, so that copies are free.
public enum FieldType: Sendable, Hashable {
    /// An id of that kind.
    case providerID, secretID, projectID, tokenID
    /// 1 to a maximum of characters.
    case text(maximum: Int)
    /// One of the ten slugs.
    case slug
    /// A handle.
    case handle
    /// An absolute URL.
    case url
    /// A mapping of plain JSON values.
    case freeMapping
    /// A whole number.
    case integer(minimum: Int64, maximum: Int64)
    /// A fixed number of lower-case hex digits.
    case hex(digits: Int)
    /// `YYYY-MM-DD`.
    case date
    /// A number of days, such as `30d`.
    case days
    /// `true` or `false`.
    case boolean
    /// `rk_` and 32 hex digits.
    case sealingKeyID
    /// 32 bytes in base64.
    case publicKey
    /// A sealed box in base64.
    case box
    /// `Allow` or `Deny`.
    case effect
    /// An entry of `allowedHosts`.
    case allowedHost
    /// An action or its wildcard.
    case action
    /// `*`, `<project>/*` or `<project>/<name>`.
    case resource
    /// A list.
    case list(FieldList)
    /// A mapping whose keys are handles.
    case table(FieldTable)
    /// A mapping of a fixed shape.
    case record(RecordShape)
}

/// The lists of the format.
public enum FieldList: Sendable, Hashable {
    /// `allowedHosts`.
    case allowedHosts
    /// `boxes`.
    case boxes
    /// `sealingKeys`.
    case sealingKeys
    /// A policy.
    case statements
    /// `action` of a statement.
    case actions
    /// `resource` of a statement.
    case resources
    /// `access.tokens`.
    case tokens
    /// `policies` of a token.
    case policyNames

    /// The kind of its elements.
    public var element: FieldType {
        switch self {
        case .allowedHosts: .allowedHost
        case .boxes: .record(.box)
        case .sealingKeys: .record(.sealingKey)
        case .statements: .record(.statement)
        case .actions: .action
        case .resources: .resource
        case .tokens: .record(.token)
        case .policyNames: .handle
        }
    }

    /// The allowed number of elements.
    public var count: ClosedRange<Int> {
        switch self {
        case .allowedHosts: 1...32
        case .boxes: 1...16
        case .statements, .actions, .resources: 1...Int.max
        case .sealingKeys, .tokens, .policyNames: 0...Int.max
        }
    }
}

/// The mappings of the format whose keys are handles.
public enum FieldTable: Sendable, Hashable {
    /// `projects`.
    case projects
    /// `access.policies`.
    case policies

    /// The kind of its values.
    public var element: FieldType {
        switch self {
        case .projects: .record(.project)
        case .policies: .list(.statements)
        }
    }
}
