/// The names and limits of a repository's folders.
package enum RepositoryLayout {
    /// The file that makes a folder a repository of Roster's.
    package static let rosterFile = "roster.yaml"
    /// What follows the handle in the name of a provider's or secret's file.
    package static let recordSuffix = ".yaml"
    /// The most entries under `providers/` and `secrets/` together.
    package static let entryLimit = 250_000
}
