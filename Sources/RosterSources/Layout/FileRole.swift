package import RosterModel

/// The kind of a file, by its place in the repository.
public enum FileRole: Sendable, Hashable, CaseIterable {
    /// `roster.yaml`
    case roster
    /// A file of `providers/<project>/`.
    case provider
    /// A file of `secrets/<project>/`.
    case secret

    /// The top-level folder of files of this kind; empty for `roster.yaml`.
    package var folder: String {
        switch self {
        case .roster: ""
        case .provider: "providers"
        case .secret: "secrets"
        }
    }

    /// Returns the path of a provider's or secret's file.
    package func path(project: String, handle: String) -> String {
        "\(folder)/\(project)/\(handle)\(RepositoryLayout.recordSuffix)"
    }

    /// The largest size of a file of this kind, in bytes.
    public var sizeLimit: Int {
        switch self {
        case .roster: 16 * 1024 * 1024
        case .provider: 64 * 1024
        case .secret: 512 * 1024
        }
    }

    /// The shape of the file's root mapping.
    package var shape: RecordShape {
        switch self {
        case .roster: .roster
        case .provider: .provider
        case .secret: .secret
        }
    }
}
