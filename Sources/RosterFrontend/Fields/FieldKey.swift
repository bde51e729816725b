package import RosterModel

/// A key of a record's mapping, named as it is written in a file.
///
/// The raw value is the key's position in the table of its shape (``RecordShape/fields``); a test compares the two.
package protocol FieldKey: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The shape that has the key.
    static var shape: RecordShape { get }
}

/// The keys of a provider.
package enum ProviderKey: Int, FieldKey {
    case id, name, provider, defaultModel, secret, baseUrl, config
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .provider }
}

/// The keys of a secret.
package enum SecretKey: Int, FieldKey {
    case id, name, allowedHosts, generation, fingerprint, rotateBy, boxes
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .secret }
}

/// The keys of an entry of `boxes`.
package enum BoxKey: Int, FieldKey {
    case key, box
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .box }
}

/// The keys of `roster.yaml`.
package enum RosterKey: Int, FieldKey {
    case roster, projects, sealingKeys, access, models
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .roster }
}

/// The keys of `models`.
package enum ModelsKey: Int, FieldKey {
    case warnWithin
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .models }
}

/// The keys of an entry of `projects`.
package enum ProjectKey: Int, FieldKey {
    case id, name
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .project }
}

/// The keys of an entry of `sealingKeys`.
package enum SealingKeyKey: Int, FieldKey {
    case id, publicKey, name, retired
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .sealingKey }
}

/// The keys of `access`.
package enum AccessKey: Int, FieldKey {
    case policies, tokens
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .access }
}

/// The keys of a policy's statement.
package enum StatementKey: Int, FieldKey {
    case effect, action, resource
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .statement }
}

/// The keys of an entry of `tokens`.
package enum TokenKey: Int, FieldKey {
    case id, name, hash, policies, project, expires
    /// See ``FieldKey/shape``.
    package static var shape: RecordShape { .token }
}
