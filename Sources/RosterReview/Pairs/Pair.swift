import RosterCompiler
import RosterJSON
import RosterModel
import RosterSemantics

/// A record on both sides, or on one of them.
struct Pair<Record> {
    var before: Record?
    var after: Record?
    /// The fields that differ.
    var fields: [Change.Field] = []

    init(_ before: Record?, _ after: Record?) {
        self.before = before
        self.after = after
    }

    /// Both records; nil if one is missing.
    var both: (before: Record, after: Record)? {
        if let before, let after { (before, after) } else { nil }
    }

    /// Returns the difference of a field.
    func field(_ path: String) -> Change.Field? { fields.first { $0.path == path } }
}

/// A provider and its file.
struct ReviewedProvider {
    var record: PartialRegistry.Provider
    var file: PartialRegistry.File

    /// The URLs of requests with a key; nil without a secret.
    var keyEndpoint: Endpoint? { record.secret == nil ? nil : record.endpoint }

    /// The configured headers of requests with a key; nil if no headers are sent.
    var keyHeaders: JSONValue? {
        guard record.secret != nil, record.slug?.facts.sendsConfiguredHeaders == true else { return nil }
        let headers = record.config?["headers"]
        return headers == .null ? nil : headers
    }
}

/// A secret and its file.
struct ReviewedSecret {
    var record: PartialRegistry.Secret
    var file: PartialRegistry.File
}

typealias ProviderPair = Pair<ReviewedProvider>
typealias SecretPair = Pair<ReviewedSecret>
typealias ProjectPair = Pair<PartialRegistry.Project>
typealias SealingKeyPair = Pair<PartialRegistry.SealingKey>
typealias PolicyPair = Pair<Access.Policy>
typealias TokenPair = Pair<Access.Token>
