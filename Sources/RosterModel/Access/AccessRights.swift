/// A set of actions.
package struct AccessRights: OptionSet, Sendable, Hashable {
    /// One bit for each action, in the order of ``AccessAction``'s cases.
    package let rawValue: UInt8

    package static let list = AccessRights(.list)
    package static let get = AccessRights(.get)
    package static let create = AccessRights(.create)
    package static let update = AccessRights(.update)
    package static let delete = AccessRights(.delete)
    package static let all: AccessRights = [.list, .get, .create, .update, .delete]

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    private init(_ action: AccessAction) {
        rawValue = 1 << UInt8(AccessAction.allCases.firstIndex(of: action) ?? 0)
    }

    /// Creates the set of actions that a name in a policy means.
    init(named name: String) {
        if AccessAction.wildcards.contains(name) {
            self = .all
        } else if let action = AccessAction(rawValue: name) {
            self.init(action)
        } else {
            self = []
        }
    }

    /// The actions, in the order of their cases.
    package var actions: [AccessAction] { AccessAction.allCases.filter { contains(AccessRights($0)) } }
}
