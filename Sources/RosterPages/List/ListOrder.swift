/// A column that the list is sorted by.
package enum ListColumn: String, Sendable, Hashable, CaseIterable {
    case handle
    case name
    case slug = "provider"
    case model
    case host
    case key
    case changed
    /// The day on which the model retires, which is not a column of the table.
    case retires
}

/// The order of the list.
package struct ListOrder: Sendable, Hashable {
    package var column: ListColumn
    package var isDescending = false

    /// Creates an order by a column.
    init(_ column: ListColumn, isDescending: Bool = false) {
        (self.column, self.isDescending) = (column, isDescending)
    }

    /// Creates the order of a parameter: a column, with `-` before it for the reverse.
    init?(parameter: String) {
        let isDescending = parameter.utf8.first == UInt8(ascii: "-")
        guard let column = ListColumn(rawValue: isDescending ? String(parameter.dropFirst()) : parameter) else {
            return nil
        }
        self.init(column, isDescending: isDescending)
    }

    /// The value of the parameter.
    var parameter: String { (isDescending ? "-" : "") + column.rawValue }
}
