/// Who may read.
public struct Access: Sendable, Hashable {
    /// In the order of `roster.yaml`.
    public var policies: [Policy]
    /// In the order of `roster.yaml`.
    public var tokens: [Token]

    /// Makes an access section from its parts.
    public init(policies: [Policy], tokens: [Token]) {
        self.policies = policies
        self.tokens = tokens
    }

    /// Statements under a name.
    public struct Policy: Sendable, Hashable {
        /// What tokens name it by.
        public var name: String
        /// In the order of the file.
        public var statements: [Statement]

        /// Makes a policy from its parts.
        public init(name: String, statements: [Statement]) {
            self.name = name
            self.statements = statements
        }
    }

    /// One rule of a policy.
    public struct Statement: Sendable, Hashable {
        /// What follows when action and resource match.
        public var effect: Effect
        /// Actions or their wildcards.
        public var actions: [String]
        /// Handles or their wildcards.
        public var resources: [String]

        /// Makes a statement from its parts.
        public init(effect: Effect, actions: [String], resources: [String]) {
            self.effect = effect
            self.actions = actions
            self.resources = resources
        }
    }

    /// What a statement does.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// Grants, unless another statement denies.
        case allow = "Allow"
        /// Refuses, whatever else is said.
        case deny = "Deny"
    }

    /// A token, by the hash of its text.
    public struct Token: Sendable, Hashable {
        /// The token's identity.
        public var id: TokenID
        /// The label for people.
        public var name: String
        /// Lower-case hex BLAKE2b-256 of the whole token text.
        public var hash: String
        /// Names of policies.
        public var policies: [String]
        /// The one project that it may see; nil when the policies alone decide.
        public var project: Handle?
        /// The last valid day, UTC.
        public var expires: CalendarDate?

        /// Makes a token from its parts.
        public init(
            id: TokenID,
            name: String,
            hash: String,
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

/// What a token may be allowed to do.
public enum AccessAction: String, Sendable, CaseIterable {
    /// See records in lists.
    case list = "aiProviders:ListAiProviders"
    /// See one record.
    case get = "aiProviders:GetAiProvider"
    /// Ask for the file edit that creates a record.
    case create = "aiProviders:CreateAiProvider"
    /// Ask for the file edit that changes a record.
    case update = "aiProviders:UpdateAiProvider"
    /// Ask for the file edit that removes a record.
    case delete = "aiProviders:DeleteAiProvider"

    /// The names that stand for every action.
    public static let wildcards = ["aiProviders:*", "*"]
}
