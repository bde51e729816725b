import YAMLSyntax

/// The result of every stage that needs no other file.
package struct ParsedFile: Sendable {
    /// The record in the file.
    package var declaration: Declaration
    /// The file's bytes; empty when it could not be read.
    package var bytes: [UInt8] = []
    /// The modification time in seconds since 1970, where the tree has one.
    package var modified: Int64?
    /// The comments that silence warnings.
    package var suppressions: [Suppression] = []
    /// The line of the record's first key, from 1.
    package var firstLine = 1
    /// A Boolean value that indicates whether nothing was found in the file.
    package var isClean = false

    /// The record in a file.
    package enum Declaration: Sendable {
        case provider(Shared<ProviderDeclaration>)
        case secret(Shared<SecretDeclaration>)
        case roster(Shared<RosterDeclaration>)
        /// The file could not be read, which was reported.
        case broken
    }
}
