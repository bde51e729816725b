import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
package import RosterSemantics
import RosterSources

extension Editor {
    func create(_ provider: NewProvider) throws(EditFailure) -> [EditedFile] {
        _ = try project(provider.project)
        let secretFile = try newSecretFile(of: provider)
        if provider.newSecret == nil, let secret = provider.fields["secret"]?.string {
            let command = ShellCommand.seal(provider.project + "/" + secret, for: provider.fields).text
            try checkSecret(
                secret,
                in: provider.project,
                help: "create it in the same step: add --seal; or seal it first: \(command)"
            )
        }
        let slug = provider.fields["provider"]?.string ?? ""
        let name = provider.fields["name"]?.string ?? ""
        let handle = provider.handle ?? self.handle(for: name, slug: slug, in: provider.project)
        try Self.check(handle: handle)
        let path = "providers/\(provider.project)/\(handle)\(RepositoryLayout.recordSuffix)"
        guard contents[path] == nil else {
            throw EditFailure(
                .exists,
                "there is a provider \(provider.project)/\(handle) already",
                help: "choose another --handle, or change it: roster provider update \(provider.project)/\(handle)"
            )
        }
        var fields = JSONObject(members: ["id": .string(makeID("aip_"))])
        fields.members += provider.fields.members
        try ConfigLimits.check(fields)
        let file = EditedFile(.create(path: path, bytes: ProviderDocument.make(fields)), intended: fields)
        // In this order no reader sees the provider without its secret.
        return [secretFile, file].compactMap(\.self)
    }

    /// Returns the file of the secret to create with a provider; nil if there is none, or if it is not sealed yet.
    private func newSecretFile(of provider: NewProvider) throws(EditFailure) -> EditedFile? {
        guard let secret = provider.newSecret else { return nil }
        try Self.check(handle: secret.handle)
        let path = "secrets/\(provider.project)/\(secret.handle)\(RepositoryLayout.recordSuffix)"
        guard contents[path] == nil else {
            let name = provider.project + "/" + secret.handle
            throw EditFailure(
                .exists,
                "there is a secret \(name) already",
                help: "seal the key under another name: --secret NAME; or use that secret: --secret \(secret.handle) "
                    + "without --seal; or give it a new value: roster secret set \(name)"
            )
        }
        return secret.file.map { EditedFile(.create(path: path, bytes: $0)) }
    }

    func update(_ name: String, _ update: ProviderUpdate) throws(EditFailure) -> [EditedFile] {
        let provider = try provider(name)
        let old = try read(provider.path)
        let (new, says) = try Self.edit(old, provider.path, as: .provider) { (fields) throws(EditFailure) in
            for (path, value) in update.fields { fields.set(path, to: value) }
            try ConfigLimits.check(fields)
        }
        if let secret = says["secret"]?.string, secret != provider.secret {
            let command = ShellCommand.seal(provider.project + "/" + secret, for: says).text
            try checkSecret(secret, in: provider.project, help: "seal it first: \(command)")
        }
        guard let handle = update.handle, handle != provider.handle else {
            return [EditedFile(.replace(path: provider.path, old: old, new: new), intended: says)]
        }
        try Self.check(handle: handle)
        let path = "providers/\(provider.project)/\(handle)\(RepositoryLayout.recordSuffix)"
        guard contents[path] == nil else {
            throw EditFailure(.exists, "there is a provider \(provider.project)/\(handle) already")
        }
        let moved = EditedFile(.move(path: provider.path, to: path, old: old, new: new), intended: says)
        let names = (provider.project + "/" + provider.handle, provider.project + "/" + handle)
        return [moved] + (try policiesFollowing(names.0, to: names.1))
    }

    func delete(_ name: String, withSecret: Bool) throws(EditFailure) -> [EditedFile] {
        let provider = try provider(name)
        let gone = EditedFile(.delete(path: provider.path, old: try read(provider.path)))
        guard withSecret else { return [gone] }
        let fullName = provider.project + "/" + provider.handle
        guard let handle = provider.secret else {
            throw EditFailure(
                .invalid,
                "\(fullName) links no secret that could be deleted with it",
                help: "leave --with-secret out"
            )
        }
        let others = othersLinking(provider)
        guard others.isEmpty else {
            throw EditFailure(
                .inUse,
                "nothing was deleted: the secret \(provider.project)/\(handle) is also linked by "
                    + others.joined(separator: ", "),
                help: "leave --with-secret out, or link another secret there first"
            )
        }
        guard checked.areLinksKnown(in: provider.project) else {
            throw EditFailure(
                .inUse,
                "nothing was deleted: a provider of \(provider.project) cannot be read, and may link the secret too",
                help: "see which: roster check; or leave --with-secret out"
            )
        }
        let path = "secrets/\(provider.project)/\(handle)\(RepositoryLayout.recordSuffix)"
        return [gone, EditedFile(.delete(path: path, old: try read(path)))]
    }

    /// Returns the full names of the other providers that link a provider's secret.
    package func othersLinking(_ provider: PartialRegistry.Outline.Provider) -> [String] {
        survey.providers.filter {
            $0.project == provider.project && $0.secret == provider.secret && $0.handle != provider.handle
        }.map { $0.project + "/" + $0.handle }
    }

    private func checkSecret(_ handle: String, in project: String, help: String) throws(EditFailure) {
        guard contents["secrets/\(project)/\(handle).yaml"] == nil else { return }
        let parts = handle.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, parts.allSatisfy({ Handle($0) != nil }) {
            let isOwn = parts[0] == project
            throw EditFailure(
                .invalid,
                isOwn
                    ? "the secret is given as a name, without the project"
                    : "a provider can only use secrets of its project, which is \"\(project)\"",
                help: isOwn
                    ? "write \(parts[1])"
                    : "seal the key in this project, roster secret set \(project)/\(parts[1]), and write \(parts[1])"
            )
        }
        guard MaskedText.handle(handle) == handle else {
            throw EditFailure(
                .invalid,
                "a provider names its secret, and this is more likely the key itself",
                help: "seal the key under a name, and give that: roster secret set \(project)/NAME"
            )
        }
        try Self.check(handle: handle)
        throw Self.unknown(
            "the project \"\(project)\" has no secret \"\(handle)\"",
            handle,
            among: survey.secrets.filter { $0.project == project }.map(\.handle),
            orElse: help
        )
    }

    /// Returns `roster.yaml` with a provider's new name in all policies that have the old one; nil if none has it.
    private func policiesFollowing(_ old: String, to new: String) throws(EditFailure) -> [EditedFile] {
        let file = try roster { (roster) throws(EditFailure) in
            guard var access = roster["access"]?.object, var policies = access["policies"]?.object else { return }
            for policy in policies.members.indices {
                guard let statements = policies.members[policy].value.elements else { continue }
                policies.members[policy].value = .array(
                    statements.map { statement in
                        guard var object = statement.object, let resources = object["resource"]?.elements else {
                            return statement
                        }
                        object.set(
                            "resource",
                            to: .array(resources.map { $0 == .string(old) ? .string(new) : $0 })
                        )
                        return .object(object)
                    }
                )
            }
            access.set("policies", to: .object(policies))
            roster.set("access", to: .object(access))
        }
        if case .replace(_, let before, let after) = file.change, before == after { return [] }
        return [file]
    }
}
