/// The fate of one value of an imported file.
package struct ImportFinding: Sendable, Hashable {
    /// The kind of a fate; a value that is used several times has the last of its kinds in this order.
    package enum Kind: String, Sendable, Comparable, CaseIterable {
        /// The value has no place in a repository.
        case left
        /// The value is in a record as it was.
        case taken
        /// The value is in a record in another form.
        case changed
        /// The value should be in a record, and cannot be.
        case refused

        package static func < (one: Kind, other: Kind) -> Bool {
            (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
        }
    }

    /// The kind.
    package var kind: Kind
    /// The file, as it was named.
    package var file: String
    /// The line, from 1.
    package var line: Int
    /// The column, from 1.
    package var column: Int
    /// The path of the value: `model_list[0].litellm_params.model`, or the name of a variable.
    package var path: String
    /// The description.
    package var message: String
}
