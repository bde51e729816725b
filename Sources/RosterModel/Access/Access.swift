/// The policies and tokens that decide about access to providers.
public struct Access: Sendable, Hashable {
    /// In the order of `roster.yaml`.
    public var policies: [Policy]
    /// In the order of `roster.yaml`.
    public var tokens: [Token]

    /// Creates an access section from its parts.
    public init(policies: [Policy], tokens: [Token]) {
        self.policies = policies
        self.tokens = tokens
    }

    /// A named list of statements.
    public struct Policy: Sendable, Hashable {
        /// The name by which tokens refer to the policy.
        public var name: String
        /// In the order of the file.
        public var statements: [Statement]

        /// Creates a policy from its parts.
        public init(name: String, statements: [Statement]) {
            self.name = name
            self.statements = statements
        }
    }

    /// One rule of a policy.
    public struct Statement: Sendable, Hashable {
        /// The effect when an action and a resource match.
        public var effect: Effect
        /// Actions and wildcards of actions.
        public var actions: [ActionPattern]
        /// Providers and wildcards of providers.
        public var resources: [ResourcePattern]

        /// Creates a statement from its parts.
        public init(effect: Effect, actions: [ActionPattern], resources: [ResourcePattern]) {
            self.effect = effect
            self.actions = actions
            self.resources = resources
        }
    }

    /// The effect of a statement.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Grants, unless another statement denies.
        case allow = "Allow"
        /// Denies, regardless of other statements.
        case deny = "Deny"
    }

    /// A token, by the hash of its text.
    public struct Token: Sendable, Hashable {
        /// The token's identity.
        public var id: TokenID
        /// The label for people.
        public var name: String
        /// The hash of the whole token text.
        public var hash: TokenHash
        /// Names of policies.
        public var policies: [String]
        /// The one project that it may see; nil when the policies alone decide.
        public var project: Handle?
        /// The last valid day, UTC.
        public var expires: CalendarDate?

        /// Creates a token from its parts.
        public init(
            id: TokenID,
            name: String,
            hash: TokenHash,
            policies: [String],
            project: Handle?,
            expires: CalendarDate?
        ) {
            self.id = id
            self.name = name
            self.hash = hash
            self.policies = policies
            self.project = project
            self.expires = expires
        }
    }
}

/// An action that a policy can allow.
public enum AccessAction: String, Sendable, CaseIterable {
    /// Read records in lists.
    case list = "aiProviders:ListAiProviders"
    /// Read one record.
    case get = "aiProviders:GetAiProvider"
    /// Request the file edit that creates a record.
    case create = "aiProviders:CreateAiProvider"
    /// Request the file edit that changes a record.
    case update = "aiProviders:UpdateAiProvider"
    /// Request the file edit that removes a record.
    case delete = "aiProviders:DeleteAiProvider"

    /// The names that mean every action.
    public static let wildcards = ["aiProviders:*", "*"]
}
