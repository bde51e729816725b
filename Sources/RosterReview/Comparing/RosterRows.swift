import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics
import RosterSources

/// The rows of `roster.yaml`: projects, sealing keys, and access.
struct RosterRows {
    private let context: ReviewContext
    private let places: FieldPlaces?
    private let path: String
    private(set) var rows: [Change] = []

    init(_ context: ReviewContext) {
        self.context = context
        let head = context.head
        path = head.pathPrefix + RepositoryLayout.rosterFile
        places = head.file(RepositoryLayout.rosterFile).map { FieldPlaces($0.bytes) }
        // An unreadable file has a separate row, and its records do not count as deleted.
        guard head.isRosterRead else { return }
        if context.base.isRosterRead { projects() }
        // Without a readable tip, keys and access are compared with the base.
        if context.tip != nil || context.base.isRosterRead {
            sealingKeys()
            accessSection()
            policies()
            tokens()
        }
        removal()
        modelSettings()
        text()
    }

    private mutating func add(
        _ kind: Change.Kind,
        _ action: Change.Action,
        id: String?,
        handle: String?,
        _ fields: FieldDifferences,
        _ reasons: [Change.Reason]
    ) {
        var row = Change(
            kind: kind,
            action: action,
            id: id,
            handle: handle,
            reasons: reasons,
            fields: fields.fields,
            path: path,
            line: action == .deleted ? nil : fields.line ?? 1
        )
        row.finishReasons()
        rows.append(row)
    }

    private static func action<Record>(_ pair: Pair<Record>) -> Change.Action {
        pair.before == nil ? .added : pair.after == nil ? .deleted : .changed
    }

    /// Projects are paired by handle first, to detect a changed id, and then by id, to detect a rename.
    private mutating func projects() {
        var before = context.base.records.projects
        var after = context.head.records.projects
        var pairs: [ProjectPair] = []
        for key in [\.handle, \.id] as [KeyPath<PartialRegistry.Project, String>] {
            let others = Dictionary(after.map { ($0[keyPath: key], $0) }) { first, _ in first }
            var known: Set<String> = []
            for one in before where known.insert(one[keyPath: key]).inserted {
                if let other = others[one[keyPath: key]] { pairs.append(ProjectPair(one, other)) }
            }
            let (paired, taken) = (Set(pairs.compactMap(\.before)), Set(pairs.compactMap(\.after)))
            before.removeAll { paired.contains($0) }
            after.removeAll { taken.contains($0) }
        }
        pairs += before.map { ProjectPair($0, nil) } + after.map { ProjectPair(nil, $0) }
        for pair in pairs where pair.before != pair.after {
            guard let shown = pair.after ?? pair.before else { continue }
            var fields = FieldDifferences(in: places, at: [.key("projects"), .key(shown.handle)])
            fields.compare("handle", [], pair.before.map { .string($0.handle) }, pair.after.map { .string($0.handle) })
            fields.compare("id", pair.before?.id, pair.after?.id)
            fields.compare("name", pair.before?.name, pair.after?.name)
            let isMoved = pair.both.map { $0.before.handle != $0.after.handle } ?? false
            let reasons = RiskCatalogue.projects.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
            add(.project, isMoved ? .moved : Self.action(pair), id: shown.id, handle: shown.handle, fields, reasons)
        }
    }

    private mutating func sealingKeys() {
        let before = Dictionary(context.trust.before.sealingKeys.map { ($0.id, $0) }) { first, _ in first }
        let after = Dictionary(context.trust.after.sealingKeys.map { ($0.id, $0) }) { first, _ in first }
        for id in Set(before.keys).union(after.keys) where before[id] != after[id] {
            let pair = SealingKeyPair(before[id], after[id])
            var fields = FieldDifferences(in: places, at: [.key("sealingKeys"), .element("id", id.description)])
            fields.compare("publicKey", pair.before?.publicKey, pair.after?.publicKey)
            fields.compare("name", pair.before?.name, pair.after?.name)
            fields.compare(
                "retired",
                [.key("retired")],
                pair.before.map { .boolean($0.isRetired) },
                pair.after.map { .boolean($0.isRetired) }
            )
            let reasons = RiskCatalogue.sealingKeys.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
            add(
                .sealingKey,
                Self.action(pair),
                id: id.description,
                handle: (pair.after ?? pair.before)?.name,
                fields,
                reasons
            )
        }
    }

    /// Adds the row of `roster.yaml`, if the head does not have the file.
    private mutating func removal() {
        guard context.base.file(RepositoryLayout.rosterFile) != nil, context.head.records.files.isEmpty else { return }
        let reason = RosterRemoved.reason(RosterRemoved.sentence)
        rows.append(Change(kind: .file, action: .deleted, reasons: [reason], path: path))
    }

    /// Adds the row of `models`.
    private mutating func modelSettings() {
        let (before, after) = (context.base.records.warnWithin, context.head.records.warnWithin)
        guard before != after, context.base.isRosterRead, !context.head.records.files.isEmpty else { return }
        var fields = FieldDifferences(in: places, at: [.key("models")])
        fields.compare(
            "models.warnWithin",
            [.key("warnWithin")],
            before.map { .string("\($0)d") },
            after.map { .string("\($0)d") }
        )
        add(.file, .changed, id: nil, handle: nil, fields, [CatalogueChanged.reason(CatalogueChanged.sentence)])
    }

    /// Adds the row of the `access` section: removed, emptied or added.
    private mutating func accessSection() {
        let (before, after) = (context.trust.before.access, context.trust.after.access)
        var fields = FieldDifferences(in: places)
        func words(_ access: Access?) -> JSONValue? {
            access.map { access in
                let policies = "\(access.policies.count) \(access.policies.count == 1 ? "policy" : "policies")"
                let tokens = "\(access.tokens.count) \(access.tokens.count == 1 ? "token" : "tokens")"
                return .string("\(policies), \(tokens)")
            }
        }
        let removal = AccessRemoved.sentence(base: before, head: after).map(AccessRemoved.reason)
        // A new registry with an access section takes no access away.
        let isOpened = before == nil && after != nil && context.trust.before.hasRegistry
        guard let reason = removal ?? (isOpened ? AccessChanged.reason(AccessChanged.beginning) : nil) else { return }
        fields.compare("access", [.key("access")], words(before), words(after))
        add(.file, .changed, id: nil, handle: nil, fields, [reason])
    }

    /// The reason for a policy or token that changes no access.
    private var withoutEffect: String {
        let isWhole = context.trust.before.access != nil && context.trust.after.access != nil
        return isWhole ? AccessChanged.sentence : AccessChanged.withSection
    }

    private mutating func policies() {
        let (before, after) = (policies(context.trust.before), policies(context.trust.after))
        for name in Set(before.keys).union(after.keys) where before[name] != after[name] {
            let pair = PolicyPair(before[name], after[name])
            var fields = FieldDifferences(in: places, at: [.key("access"), .key("policies"), .key(name)])
            func words(_ policy: Access.Policy?) -> [String]? {
                policy?.statements.map { statement in
                    let actions = statement.actions.map(\.text).joined(separator: ", ")
                    let resources = statement.resources.map(\.text).joined(separator: ", ")
                    return "\(statement.effect.rawValue) \(actions) on \(resources)"
                }
            }
            fields.compare("statements", words(pair.before), words(pair.after))
            var reasons = RiskCatalogue.policies.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
            if reasons.isEmpty { reasons = [AccessChanged.reason(withoutEffect)] }
            add(.policy, Self.action(pair), id: nil, handle: name, fields, reasons)
        }
    }

    private func policies(_ state: MergedTrust.State) -> [String: Access.Policy] {
        Dictionary((state.access?.policies ?? []).map { ($0.name, $0) }) { first, _ in first }
    }

    private mutating func tokens() {
        let (before, after) = (tokens(context.trust.before), tokens(context.trust.after))
        for id in Set(before.keys).union(after.keys) {
            let pair = TokenPair(before[id], after[id])
            let isAffected = context.access.widened[id] != nil || context.access.narrowed[id] != nil
            guard pair.before != pair.after || isAffected else { continue }
            var fields = FieldDifferences(in: places, at: [.key("access"), .key("tokens"), .element("id", id)])
            fields.compare("name", pair.before?.name, pair.after?.name)
            fields.compare("policies", pair.before?.policies, pair.after?.policies)
            fields.compare("project", pair.before?.project?.text, pair.after?.project?.text)
            fields.compare("expires", pair.before?.expires?.description, pair.after?.expires?.description)
            var reasons = RiskCatalogue.tokens.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
            if reasons.isEmpty, !fields.fields.allSatisfy({ $0.path == "name" }) || pair.both == nil {
                reasons = [AccessChanged.reason(withoutEffect)]
            }
            add(.token, Self.action(pair), id: id, handle: (pair.after ?? pair.before)?.name, fields, reasons)
        }
    }

    private func tokens(_ state: MergedTrust.State) -> [String: Access.Token] {
        Dictionary((state.access?.tokens ?? []).map { ($0.id.description, $0) }) { first, _ in first }
    }

    /// Adds the row of `roster.yaml`, if no other row describes its change.
    private mutating func text() {
        let name = RepositoryLayout.rosterFile
        guard let before = context.base.file(name), let after = context.head.file(name), before.state == .read,
            after.state == .read, !before.hasSameContents(as: after)
        else { return }
        var reasons = [Comparison.silenced(before, after)].compactMap(\.self)
        if after.hasErrors { reasons.append(UnreadableRecord.reason(UnreadableRecord.inPart)) }
        // A difference that the tip of the base already has is not a change.
        let (was, now) = (context.base.records, context.head.records)
        let isText = was.sealingKeys == now.sealingKeys && was.access == now.access
        guard rows.isEmpty && (isText || context.tip == nil) || !reasons.isEmpty else { return }
        if reasons.isEmpty { reasons = [TextOnly.reason(TextOnly.sentence)] }
        var row = Change(kind: .file, action: .changed, reasons: reasons, path: path, line: 1)
        row.finishReasons()
        rows.append(row)
    }
}
