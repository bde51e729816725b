import RosterCompiler
import RosterJSON
import RosterModel

/// A record on both sides; one of them can be missing.
struct Pair<Record> {
    var before: Record?
    var after: Record?
    /// What differs between the two.
    var fields: [Change.Field] = []

    init(_ before: Record?, _ after: Record?) {
        self.before = before
        self.after = after
    }

    /// Both, when both are there.
    var both: (before: Record, after: Record)? {
        if let before, let after { (before, after) } else { nil }
    }

    /// A field that differs, by its path.
    func field(_ path: String) -> Change.Field? { fields.first { $0.path == path } }
}

/// A provider and its file.
struct ReviewedProvider {
    var record: ReadRecords.Provider
    var file: ReadRecords.File

    /// The URLs of the requests that carry a key; nil without one.
    var keyEndpoint: Endpoint? { record.secret == nil ? nil : record.endpoint }

    /// The headers of the requests that carry a key, as `config` has them; nil where none are sent.
    var keyHeaders: JSONValue? {
        guard record.secret != nil, record.slug?.facts.sendsConfiguredHeaders == true else { return nil }
        let headers = record.config?["headers"]
        return headers == .null ? nil : headers
    }
}

/// A secret and its file.
struct ReviewedSecret {
    var record: ReadRecords.Secret
    var file: ReadRecords.File
}

typealias ProviderPair = Pair<ReviewedProvider>
typealias SecretPair = Pair<ReviewedSecret>
typealias ProjectPair = Pair<ReadRecords.Project>
typealias SealingKeyPair = Pair<RepositorySurvey.SealingKey>
typealias PolicyPair = Pair<Access.Policy>
typealias TokenPair = Pair<Access.Token>
