import RosterDiagnostics
package import RosterJSON
public import RosterModel

/// An encoder of registries as JSON documents: the same bytes for the same records.
public enum RegistryEncoder {
    /// Returns the document, with its final newline.
    public static func encode(_ registry: Registry) -> [UInt8] {
        var frame = frame(registry)
        frame.insert(elements(registry.providers[...], isFirst: true))
        return frame.bytes
    }

    /// Encodes providers by several threads, and passes the elements of each run to `receive`, in order.
    ///
    /// A run has `length` providers; the last one may have fewer.
    package static func encodeRuns(
        of providers: [Provider],
        length: Int,
        concurrency: Int,
        receive: (_ elements: [UInt8]) -> Void
    ) async {
        let starts = Array(stride(from: 0, to: providers.count, by: length))
        let minimum = ParallelRanges.worthSplitting / length
        let parts = ParallelRanges(starts.indices, concurrency: concurrency, minimum: minimum)
        await parts.forEach(
            { part in
                starts[part].map { elements(providers[$0..<min($0 + length, providers.count)], isFirst: $0 == 0) }
            },
            receive: { $0.forEach(receive) }
        )
    }

    /// Returns consecutive elements of the array of providers, with their separators.
    package static func elements(_ providers: ArraySlice<Provider>, isFirst: Bool) -> [UInt8] {
        // Untouched memory is free, and growing the buffer would copy it.
        var json = JSONWriter(elementsOf: .pretty, depth: 2, isFirst: isFirst, capacity: providers.count * 1536)
        // A span borrows each provider; an array would retain all of its parts.
        let span = providers.span
        for index in span.indices {
            json.element()
            write(span[index], to: &json)
        }
        return json.bytes
    }

    /// A document without its providers, or without any records.
    package struct Frame {
        fileprivate(set) var bytes: [UInt8]
        /// The offset in the array of providers at which its elements belong.
        fileprivate let opening: Int
        /// The same offset in the array of secrets.
        fileprivate let secretsOpening: Int

        /// Inserts all providers.
        mutating func insert(_ elements: [UInt8]) {
            guard !elements.isEmpty else { return }
            bytes.reserveCapacity(bytes.count + elements.count + Self.closing.count)
            bytes.insert(contentsOf: elements + Self.closing, at: opening)
        }

        /// Returns the text up to the providers, from them to the secrets, and after the secrets.
        package func pieces(hasProviders: Bool, hasSecrets: Bool) -> (head: [UInt8], middle: [UInt8], tail: [UInt8]) {
            (
                Array(bytes[..<opening]),
                (hasProviders ? Self.closing : []) + bytes[opening..<secretsOpening],
                (hasSecrets ? Self.closing : []) + bytes[secretsOpening...]
            )
        }

        /// The text between the last element and the closing bracket.
        private static let closing = Array("\n  ".utf8)
    }

    /// Returns a registry's document without its providers.
    package static func frame(_ registry: Registry) -> Frame {
        var json = JSONWriter(.pretty, capacity: 4096 + registry.secrets.count * 4096)
        var (opening, secretsOpening) = (0, 0)
        json.object { json in
            json.name("registry")
            json.integer(Registry.version)
            json.name("revision")
            write(registry.revision, to: &json)
            json.name("projects")
            json.array(of: registry.projects, write)
            json.name("providers")
            json.array { opening = $0.count }
            json.name("secrets")
            json.array { json in
                secretsOpening = json.count
                for secret in registry.secrets {
                    json.element()
                    write(secret, to: &json)
                }
            }
            json.name("sealingKeys")
            write(registry.sealingKeys, to: &json)
            json.name("access")
            if let access = registry.access { write(access, to: &json) } else { json.null() }
        }
        json.endLine()
        return Frame(bytes: json.bytes, opening: opening, secretsOpening: secretsOpening)
    }

    private static func write(_ revision: Registry.Revision, to json: inout JSONWriter) {
        json.object { json in
            json.name("commit")
            json.string(revision.commit)
            json.name("committedAt")
            json.string(revision.committedAt?.description)
            json.name("dirty")
            json.boolean(revision.isDirty)
        }
    }

    private static func write(_ project: Project, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.id(project.id)
            json.name("handle")
            json.string(project.handle.text)
            json.name("name")
            json.string(project.name)
        }
    }

    private static func write(_ provider: Provider, to json: inout JSONWriter) {
        json.object { json in
            json.recordMembers(of: provider)
            json.name("handle")
            json.string(provider.handle.text)
            json.source(line: provider.source.line) { $0.string(provider.source.path) }
            json.endpoint(Endpoint(of: provider), isKeyed: provider.isKeyed)
        }
    }

    /// Writes a secret, and returns the places of its dates.
    @discardableResult
    static func write(_ secret: Secret, to json: inout JSONWriter) -> JSONWriter.DatePlaces {
        var places = JSONWriter.DatePlaces(created: 0, updated: 0)
        json.object { json in
            json.name("id")
            json.id(secret.id)
            json.name("projectId")
            json.id(secret.projectID)
            json.name("handle")
            json.string(secret.handle.text)
            writeContents(of: secret, to: &json)
            places = json.dates(secret.createdAt, secret.updatedAt)
            json.source(line: secret.source.line) { $0.string(secret.source.path) }
        }
        return places
    }

    /// Writes the members of a secret that the registry and a secret's file share, in order.
    package static func writeContents(of secret: Secret, to json: inout JSONWriter) {
        json.name("name")
        json.string(secret.name)
        json.secretTerms(
            allowedHosts: secret.allowedHosts,
            generation: secret.generation,
            fingerprint: secret.fingerprint,
            rotateBy: secret.rotateBy
        )
        json.name("boxes")
        write(secret.boxes, to: &json)
    }

    /// Writes a secret's boxes as the registry and a secret's file have them.
    package static func write(_ boxes: [Secret.Box], to json: inout JSONWriter) {
        json.array(of: boxes) { box, json in
            json.object { json in
                json.name("key")
                json.string(box.key.description)
                json.name("box")
                json.string(box.box)
            }
        }
    }

    /// Writes sealing keys as the registry and `roster.yaml` have them.
    package static func write(_ keys: [SealingKey], to json: inout JSONWriter) { json.array(of: keys, write) }

    private static func write(_ key: SealingKey, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(key.id.description)
            json.name("publicKey")
            json.string(key.publicKey)
            json.name("name")
            json.string(key.name)
            json.name("retired")
            json.boolean(key.isRetired)
        }
    }

    /// Writes access rules as the registry and `roster.yaml` have them.
    package static func write(_ access: Access, to json: inout JSONWriter) {
        json.object { json in
            json.name("policies")
            json.object { json in
                for policy in access.policies {
                    json.name(escaping: policy.name)
                    json.array(of: policy.statements) { statement, json in
                        json.object { json in
                            json.name("effect")
                            json.string(statement.effect.rawValue)
                            json.name("action")
                            json.strings(statement.actions.map(\.text))
                            json.name("resource")
                            json.strings(statement.resources.map(\.text))
                        }
                    }
                }
            }
            json.name("tokens")
            json.array(of: access.tokens, write)
        }
    }

    private static func write(_ token: Access.Token, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.id(token.id)
            json.name("name")
            json.string(token.name)
            json.name("hash")
            json.string(token.hash.description)
            json.name("policies")
            json.strings(token.policies)
            json.name("project")
            json.string(token.project?.text)
            json.name("expires")
            json.string(token.expires?.description)
        }
    }
}
