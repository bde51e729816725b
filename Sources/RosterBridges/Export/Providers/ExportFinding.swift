/// A part of a provider that a format cannot express.
package struct ExportFinding: Hashable, Sendable {
    /// The provider, `<project>/<handle>`; nil for a finding about the whole export.
    package let provider: String?
    /// A Boolean value that indicates whether the export does not contain the provider.
    package let isLeftOut: Bool
    /// The end of a sentence about the provider.
    private let reason: String

    private init(_ provider: String?, isLeftOut: Bool, _ reason: String) {
        self.provider = provider
        self.isLeftOut = isLeftOut
        self.reason = reason
    }

    /// Returns the finding for a provider that the export does not contain.
    static func leftOut(_ provider: ExportedProvider, _ reason: String) -> ExportFinding {
        ExportFinding(provider.name, isLeftOut: true, reason)
    }

    /// Returns the finding for a part of a provider, such as `config.retry`, that the export does not contain.
    static func omitted(_ part: String, of provider: ExportedProvider, _ reason: String) -> ExportFinding {
        ExportFinding(provider.name, isLeftOut: false, "\(part) is not exported: \(reason)")
    }

    /// Returns the finding for a provider whose requests differ from those of Roster.
    static func changed(_ provider: ExportedProvider, _ reason: String) -> ExportFinding {
        ExportFinding(provider.name, isLeftOut: false, reason)
    }

    /// Returns the finding for an export that is not usable as a whole.
    static func whole(_ reason: String) -> ExportFinding { ExportFinding(nil, isLeftOut: false, reason) }

    /// The finding for an export without a provider.
    static let empty = whole("there are no providers to export")

    /// One sentence without a full stop.
    package var message: String {
        guard let provider else { return reason }
        return isLeftOut ? "\(provider) is left out: \(reason)" : "\(provider): \(reason)"
    }
}
