/// A file that was meant to be a record and is not read because of its place.
package struct MisplacedRecord: Sendable {
    /// The path, relative to the repository.
    package var path: String
    /// The kind of the record.
    package var role: FileRole
    /// The project whose folder the file is below; nil for a file outside every project's folder.
    package var project: String?
    /// The file name with which it would be read; nil when none can be derived from its own.
    package var name: String?
    /// The folder that is not searched.
    package var folder: String
}
