import RosterModel

/// Who may do what in a snapshot.
struct AccessTable: Sendable {
    /// Whether the registry has no `access` section, so that everybody may do everything.
    let isOpen: Bool
    private let views: [AccessView]
    private let tokens: TokenTable

    init(_ registry: Registry) {
        guard let access = registry.access else {
            isOpen = true
            views = [AccessView(openTo: registry)]
            tokens = TokenTable([])
            return
        }
        isOpen = false
        let policies = Dictionary(access.policies.map { ($0.name, $0) }) { first, _ in first }
        var views: [AccessView] = []
        var numbers: [[String?]: Int] = [:]
        tokens = TokenTable(
            access.tokens.compactMap { token in
                guard let hash = TokenHash(hex: token.hash) else { return nil }
                let names = Array(Set(token.policies)).sorted()
                let key: [String?] = [token.project?.text] + names
                let number = numbers[key] ?? views.count
                if number == views.count {
                    numbers[key] = number
                    views.append(
                        AccessView(
                            number: number,
                            of: registry,
                            policies: names.compactMap { policies[$0] },
                            lock: token.project
                        )
                    )
                }
                return TokenTable.Entry(
                    id: token.id.description,
                    hash: hash,
                    expires: token.expires,
                    view: number
                )
            }
        )
        self.views = views
    }

    /// Whoever asks, by the request's `Authorization` fields.
    func caller(_ authorization: Authorization, today: CalendarDate) -> Caller? {
        if isOpen { return Caller(view: views[0], tokenID: nil) }
        guard case .one(let field) = authorization, let text = Self.bearerToken(in: field),
            let entry = tokens.entry(of: text)
        else { return nil }
        if let expires = entry.expires, expires < today { return nil }
        return Caller(view: views[entry.view], tokenID: entry.id)
    }

    /// What follows `Bearer`, in whatever case, and spaces.
    private static func bearerToken(in field: String) -> Substring? {
        let scheme = field.utf8.prefix(7)
        guard scheme.count == 7, scheme.last == UInt8(ascii: " "),
            scheme.dropLast().map({ $0 | 0x20 }) == Array("bearer".utf8)
        else { return nil }
        return field[scheme.endIndex...].drop { $0 == " " }
    }
}

/// The `Authorization` fields of a request.
enum Authorization: Sendable, Hashable {
    case none
    case one(String)
    /// More than one, which is none that counts.
    case several
}

/// Whoever makes a request.
struct Caller: Sendable {
    let view: AccessView
    /// The id of the token, for the log; nil at an open registry.
    let tokenID: String?
}
