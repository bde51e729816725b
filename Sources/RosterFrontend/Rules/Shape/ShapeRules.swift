/// The rules about the keys and values of one record, which the readers of declarations report.
package enum ShapeRules {
    /// The rules.
    package static let all: [any Rule.Type] = [
        MissingField.self, UnknownField.self, WrongType.self, InvalidValue.self, InvalidID.self,
        UnknownProviderSlug.self, UnknownAction.self, MalformedBox.self, InvalidAllowedHost.self,
    ]
}
