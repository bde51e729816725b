import RosterCompiler
import RosterJSON
import RosterModel

extension Editor {
    func addProject(_ handle: String, name: String) throws(EditFailure) -> EditedFile {
        try Self.check(handle: handle)
        return try roster { (roster) throws(EditFailure) in
            guard roster["projects"]?.object?[handle] == nil else {
                throw EditFailure(.exists, "roster.yaml has a project \"\(handle)\" already")
            }
            let project = JSONObject(members: [
                "id": .string(makeID("proj_")), "name": .string(name),
            ])
            roster.set(["projects", handle], to: .object(project))
        }
    }

    func create(_ policy: Access.Policy) throws(EditFailure) -> EditedFile {
        try Self.check(handle: policy.name)
        return try roster { (roster) throws(EditFailure) in
            guard roster.value(at: ["access", "policies", policy.name]) == nil else {
                throw EditFailure(
                    .exists,
                    "there is a policy \"\(policy.name)\" already",
                    help: "choose another name, or delete it first: roster policy delete \(policy.name)"
                )
            }
            let statements = policy.statements.map { statement in
                JSONObject(members: [
                    "effect": .string(statement.effect.rawValue), "action": .strings(statement.actions.map(\.text)),
                    "resource": .strings(statement.resources.map(\.text)),
                ])
            }
            roster.set(["access", "policies", policy.name], to: .array(statements.map(JSONValue.object)))
        }
    }

    func deletePolicy(_ name: String, force: Bool) throws(EditFailure) -> EditedFile {
        try roster { (roster) throws(EditFailure) in
            let policies = roster.value(at: ["access", "policies"])?.object?.members.map(\.name) ?? []
            guard policies.contains(name) else {
                throw Self.unknown(
                    "there is no policy \"\(name)\"",
                    name,
                    among: policies,
                    orElse: "list them: roster policy list"
                )
            }
            if !force { try Self.checkUsers(of: name, roster) }
            roster.set(["access", "policies", name], to: nil)
        }
    }

    /// Reports the tokens that have a policy by name; `check` only reports the policy as unknown.
    private static func checkUsers(of policy: String, _ roster: JSONObject) throws(EditFailure) {
        let tokens = roster.value(at: ["access", "tokens"])?.elements ?? []
        let users = tokens.compactMap(\.object).filter {
            $0["policies"]?.elements?.contains(.string(policy)) ?? false
        }
        guard !users.isEmpty else { return }
        let names = users.map { $0["name"]?.string ?? "?" }
        throw EditFailure(
            .inUse,
            "the policy \"\(policy)\" was not deleted: \(names.joined(separator: ", ")) "
                + (users.count == 1 ? "has it" : "have it"),
            help: "revoke \(users.count == 1 ? "that token" : "those tokens") first: roster token revoke ID"
        )
    }

    func create(_ token: Access.Token) throws(EditFailure) -> EditedFile {
        if let handle = token.project?.text { _ = try project(handle) }
        return try roster { (roster) throws(EditFailure) in
            let policies = roster.value(at: ["access", "policies"])?.object?.members.map(\.name) ?? []
            for name in token.policies where !policies.contains(name) {
                throw Self.unknown(
                    "there is no policy \"\(name)\"",
                    name,
                    among: policies,
                    orElse: "make it first: roster policy create \(name) --allow ACTION --resource RESOURCE"
                )
            }
            let object = JSONObject(members: [
                "id": .string(token.id.description), "name": .string(token.name),
                "hash": .string(token.hash.description),
                "policies": .strings(token.policies), "project": token.project.map { .string($0.text) },
                "expires": token.expires.map { .string($0.description) },
            ])
            let tokens = roster.value(at: ["access", "tokens"])?.elements ?? []
            roster.set(["access", "tokens"], to: .array(tokens + [.object(object)]))
        }
    }

    func revokeToken(_ name: String) throws(EditFailure) -> EditedFile {
        try roster { (roster) throws(EditFailure) in
            var tokens = roster.value(at: ["access", "tokens"])?.elements ?? []
            func texts(_ key: String) -> [String] { tokens.compactMap { $0.object?[key]?.string } }
            let matches = tokens.indices.filter {
                tokens[$0].object?["id"] == .string(name) || tokens[$0].object?["name"] == .string(name)
            }
            guard let index = matches.first else {
                throw Self.unknown(
                    "there is no token \"\(name)\"",
                    name,
                    among: texts("id") + texts("name"),
                    orElse: "list them: roster token list"
                )
            }
            guard matches.count == 1 else {
                let ids = matches.compactMap { tokens[$0].object?["id"]?.string }
                throw EditFailure(
                    .invalid,
                    "\(matches.count) tokens are named \"\(name)\"",
                    help: "name one by its id: \(ids.joined(separator: ", "))"
                )
            }
            tokens.remove(at: index)
            roster.set(["access", "tokens"], to: .array(tokens))
        }
    }
}
