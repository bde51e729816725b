/// The constants of a release, which `scripts/release` writes into a copy of this file before it compiles the program.
///
/// Empty texts make a development build.
enum ReleaseConstants {
    /// The full id of the commit that the program was built from.
    static let commit = ""
    /// The date of that commit, such as `2026-11-29`.
    static let date = ""
    /// The action that `roster init` pins, as `OWNER/NAME@COMMIT`.
    ///
    /// It is a commit that names the digests of a published release. A program cannot contain the id of a commit that
    /// contains the program's own digest, so this is an earlier release than the program's.
    static let action = ""
    /// The version of the program that this action runs, such as `0.2.0`.
    static let actionVersion = ""
}
