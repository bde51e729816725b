import RosterBytes
import RosterJSON
import RosterModel

extension Statement {
    /// Parses the payload of an envelope, which has exactly the members that ``payload`` writes.
    package init(payload: [UInt8]) throws(Refusal) {
        let value = try ObjectReader.parse(payload, "the statement", limit: PublicationLimits.envelope)
        let members = try ObjectReader(
            value,
            "the statement",
            exactly: ["_type", "subject", "predicateType", "predicate"]
        )
        try members.require("_type", is: Self.type)
        try members.require("predicateType", is: Self.predicateType)
        let digests = try Self.digests(members)
        let claims = try ObjectReader(
            members["predicate"],
            "the predicate",
            exactly: [
                "channel", "serial", "issued", "expires", "size", "compressedSize", "commit", "committedAt",
            ]
        )
        guard let channel = Channel(try claims.text("channel")) else {
            throw claims.problem("channel", "is not \(Channel.rule)")
        }
        guard let serial = Serial(milliseconds: try claims.integer("serial", atLeast: 1, atMost: .max)) else {
            throw claims.problem("serial", "is not a serial")
        }
        self.init(
            channel: channel,
            serial: serial,
            issued: try Self.time("issued", claims),
            expires: try Self.time("expires", claims),
            registry: Content(digest: digests.registry, size: Int(try claims.integer("size", atLeast: 1))),
            compressed: Content(
                digest: digests.compressed,
                size: Int(try claims.integer("compressedSize", atLeast: 1))
            ),
            commit: try Self.commit(claims)
        )
    }

    /// The statement as compact JSON, to be signed.
    package var payload: [UInt8] {
        var json = JSONWriter(.compact, capacity: 1024)
        json.object { json in
            json.name("_type")
            json.string(Self.type)
            json.name("subject")
            json.array(of: [(Self.registryName, registry), (Self.compressedName, compressed)]) { subject, json in
                json.object { json in
                    json.name("name")
                    json.string(subject.0)
                    json.name("digest")
                    json.object { json in
                        json.name("sha256")
                        json.string(subject.1.digest.hex)
                    }
                }
            }
            json.name("predicateType")
            json.string(Self.predicateType)
            json.name("predicate")
            writePredicate(&json)
        }
        return json.bytes
    }

    private func writePredicate(_ json: inout JSONWriter) {
        json.object { json in
            json.name("channel")
            json.string(channel.description)
            json.name("serial")
            json.integer(serial.milliseconds)
            json.name("issued")
            json.string(issued.description)
            json.name("expires")
            json.string(expires.description)
            json.name("size")
            json.integer(registry.size)
            json.name("compressedSize")
            json.integer(compressed.size)
            json.name("commit")
            json.string(commit?.id)
            json.name("committedAt")
            json.string(commit?.date.description)
        }
    }

    /// Returns the digests of the two subjects, which may be in either order.
    private static func digests(
        _ members: ObjectReader
    ) throws(Refusal) -> (registry: Digest, compressed: Digest) {
        let elements = try members.array("subject")
        var found: [String: Digest] = [:]
        for (index, element) in elements.enumerated() {
            let subject = try ObjectReader(element, "subject \(index + 1)", exactly: ["name", "digest"])
            let digest = try ObjectReader(
                subject["digest"],
                "the digest of subject \(index + 1)",
                exactly: ["sha256"]
            )
            guard let bytes = LowerHex.decode(Array(try digest.text("sha256").utf8).span), bytes.count == 32 else {
                throw digest.problem("sha256", "is not 64 lower-case hexadecimal digits")
            }
            found[try subject.text("name")] = Digest(bytes: bytes)
        }
        guard elements.count == 2, let registry = found[registryName], let compressed = found[compressedName] else {
            throw members.problem("subject", "is not one \"\(registryName)\" and one \"\(compressedName)\"")
        }
        return (registry, compressed)
    }

    private static func time(_ name: String, _ claims: ObjectReader) throws(Refusal) -> Timestamp {
        guard let time = Timestamp(try claims.text(name)) else {
            throw claims.problem(name, "is not a time such as 2026-11-28T20:58:38Z")
        }
        return time
    }

    private static func commit(_ claims: ObjectReader) throws(Refusal) -> Commit? {
        switch (claims.optional("commit"), claims.optional("committedAt")) {
        case (nil, nil): return nil
        case (_?, nil), (nil, _?): throw claims.problem("committedAt", "is null, or \"commit\" is, without the other")
        case (_?, _?):
            let date = try time("committedAt", claims)
            guard let commit = Commit(id: try claims.text("commit"), date: date) else {
                throw claims.problem("commit", "is not the full id of a commit in lower-case hexadecimal digits")
            }
            return commit
        }
    }
}
