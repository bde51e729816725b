/// The names and limits of a repository's folders.
package enum RepositoryLayout {
    /// The file that makes a folder a Roster repository.
    package static let rosterFile = "roster.yaml"
    /// The repository's own catalogue of models, next to `roster.yaml`.
    package static let modelsFile = "models.json"
    /// The largest size of the catalogue, in bytes.
    package static let modelsSizeLimit = 16 * 1024 * 1024
    /// The suffix of the name of a provider's or secret's file, after the handle.
    package static let recordSuffix = ".yaml"
    /// The largest number of entries under `providers/` and `secrets/` together.
    package static let entryLimit = 250_000
}
