public import RosterJSON

/// A group of providers and the secrets that they share.
public struct Project: Sendable, Hashable {
    /// The project's identity.
    public var id: ProjectID
    /// The folder.
    public var handle: Handle
    /// The label for people.
    public var name: String

    /// Makes a project from its parts.
    public init(id: ProjectID, handle: Handle, name: String) {
        self.id = id
        self.handle = handle
        self.name = name
    }
}

/// An LLM endpoint: which model, where, with which key.
public struct Provider: Sendable, Hashable {
    /// The provider's identity.
    public var id: ProviderID
    /// The project that it belongs to.
    public var projectID: ProjectID
    /// The secret that holds its key; nil without one.
    public var secretID: SecretID?
    /// The label for people.
    public var name: String
    /// The kind of provider.
    public var slug: ProviderSlug
    /// What is sent as the model.
    public var defaultModel: String
    /// What overrides the slug's own endpoint, as it is written.
    public var baseURL: String?
    /// What is the provider's own.
    public var config: JSONObject?
    /// When the file was made.
    public var createdAt: Timestamp
    /// When the file was last changed.
    public var updatedAt: Timestamp
    /// The file's name without `.yaml`.
    public var handle: Handle
    /// The file.
    public var source: Registry.Source

    /// Makes a provider from its parts.
    public init(
        id: ProviderID,
        projectID: ProjectID,
        secretID: SecretID?,
        name: String,
        slug: ProviderSlug,
        defaultModel: String,
        baseURL: String?,
        config: JSONObject?,
        createdAt: Timestamp,
        updatedAt: Timestamp,
        handle: Handle,
        source: Registry.Source
    ) {
        self.id = id
        self.projectID = projectID
        self.secretID = secretID
        self.name = name
        self.slug = slug
        self.defaultModel = defaultModel
        self.baseURL = baseURL
        self.config = config
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.handle = handle
        self.source = source
    }
}

/// A sealed key, as far as it can be known without opening it.
public struct Secret: Sendable, Hashable {
    /// The secret's identity.
    public var id: SecretID
    /// The project that it belongs to.
    public var projectID: ProjectID
    /// The file's name without `.yaml`.
    public var handle: Handle
    /// The label for people.
    public var name: String
    /// Where the key may be sent, in the file's order.
    public var allowedHosts: [String]
    /// One higher each time value or hosts change, from 1.
    public var generation: Int64
    /// 32 hex digits that change with the value.
    public var fingerprint: String
    /// Past it, the key is due to be changed.
    public var rotateBy: CalendarDate?
    /// The payload, once for each recipient.
    public var boxes: [Box]
    /// When the file was made.
    public var createdAt: Timestamp
    /// When the file was last changed.
    public var updatedAt: Timestamp
    /// The file.
    public var source: Registry.Source

    /// Makes a secret from its parts.
    public init(
        id: SecretID,
        projectID: ProjectID,
        handle: Handle,
        name: String,
        allowedHosts: [String],
        generation: Int64,
        fingerprint: String,
        rotateBy: CalendarDate?,
        boxes: [Box],
        createdAt: Timestamp,
        updatedAt: Timestamp,
        source: Registry.Source
    ) {
        self.id = id
        self.projectID = projectID
        self.handle = handle
        self.name = name
        self.allowedHosts = allowedHosts
        self.generation = generation
        self.fingerprint = fingerprint
        self.rotateBy = rotateBy
        self.boxes = boxes
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.source = source
    }

    /// The payload sealed to one key.
    public struct Box: Sendable, Hashable {
        /// The id of the sealing key.
        public var key: String
        /// The box in base64.
        public var box: String

        /// Makes a box from its parts.
        public init(key: String, box: String) {
            self.key = key
            self.box = box
        }
    }
}

/// A key that secrets are sealed to.
public struct SealingKey: Sendable, Hashable {
    /// `rk_` and 32 hex digits that follow from the public key.
    public var id: String
    /// The public half in base64.
    public var publicKey: String
    /// The label for people.
    public var name: String
    /// Whether nothing new is sealed to it.
    public var isRetired: Bool

    /// Makes a sealing key from its parts.
    public init(id: String, publicKey: String, name: String, isRetired: Bool) {
        self.id = id
        self.publicKey = publicKey
        self.name = name
        self.isRetired = isRetired
    }
}
