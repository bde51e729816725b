import RosterFrontend
import SealedBoxes

/// The texts of files that have no errors.
enum Sample {
    /// A file that is not YAML.
    static let broken = "id: ["

    /// Returns the id of a record.
    static func id(_ prefix: String, _ number: Int) -> String {
        let digits = String(number)
        return prefix + String(repeating: "A", count: 16 - digits.utf8.count) + digits
    }

    /// Returns a provider that links a secret, or that needs none.
    static func provider(_ number: Int, name: String? = nil, secret: String? = nil, _ lines: String = "") -> String {
        let slug = secret == nil ? "ollama" : "openai"
        let link = secret.map { "secret: \($0)\n" } ?? ""
        return """
            id: \(id("aip_", number))
            name: \(name ?? "Provider \(number)")
            provider: \(slug)
            defaultModel: gpt-5.6
            \(link)\(lines)
            """
    }

    /// Returns a secret with boxes, given by the numbers of their keys.
    static func secret(
        _ number: Int,
        hosts: String = "api.openai.com",
        keys: [Int] = [1],
        _ lines: String = ""
    ) -> String {
        secret(number, hosts: hosts, boxes: keys.map { ($0, number * 20 + $0) }, lines)
    }

    /// Returns a secret with boxes, given by the numbers of their keys and of the boxes themselves.
    static func secret(
        _ number: Int,
        hosts: String = "api.openai.com",
        boxes: [(key: Int, box: Int)],
        _ lines: String = ""
    ) -> String {
        """
        id: \(id("sec_", number))
        name: Secret \(number)
        allowedHosts: [\(hosts)]
        generation: 1
        fingerprint: 0f1e2d3c4b5a69788796a5b4c3d2e1f0
        \(lines)boxes:

        """ + boxes.map { "  - key: \(keyID($0.key))\n    box: \(box($0.box))\n" }.joined()
    }

    /// Returns a box whose first 32 bytes differ from those of every other number below 9000.
    static func box(_ number: Int) -> String { "\(number + 1000)" + RuleExample.box("B").dropFirst(4) }

    /// Returns `roster.yaml` with projects, keys and an access section.
    static func roster(
        _ projects: [String] = ["acme"],
        keys: String = key(1),
        access: String = ""
    ) -> String {
        let projects = projects.enumerated().map { "  \($1): {id: \(id("proj_", $0 + 1)), name: Project \($1)}\n" }
        return roster(projects: projects.joined(), keys: keys, access: access)
    }

    /// Returns `roster.yaml` with the lines of projects.
    static func roster(projects: String, keys: String = key(1), access: String = "") -> String {
        "roster: 1\nprojects:\n" + projects + (keys.isEmpty ? "" : "sealingKeys:\n" + keys) + access
    }

    /// Returns an entry of `sealingKeys`.
    static func key(_ number: Int, isRetired: Bool = false) -> String {
        "  - id: \(keyID(number))\n    publicKey: \(publicKey(number)?.base64 ?? "")\n    name: Key \(number)\n"
            + (isRetired ? "    retired: true\n" : "")
    }

    /// Returns the id of a sealing key.
    static func keyID(_ number: Int) -> String { publicKey(number)?.id ?? "" }

    /// Returns the public key whose coordinate is `number + 1`; a coordinate of 0 or 1 is a point of low order.
    static func publicKey(_ number: Int) -> SealingPublicKey? {
        try? SealingPublicKey(bytes: [UInt8(number + 1)] + Array(repeating: 0, count: 31))
    }

    /// Returns an access section with the lines of policies and tokens.
    static func access(policies: String = "", tokens: String = "") -> String {
        "access:\n" + (policies.isEmpty ? "" : "  policies:\n" + policies)
            + (tokens.isEmpty ? "" : "  tokens:\n" + tokens)
    }

    /// Returns an entry of `tokens`.
    static func token(_ number: Int, hash: Int? = nil, policies: String = "", _ lines: String = "") -> String {
        """
            - id: \(id("key_", number))
              name: Token \(number)
              hash: \(self.hash(hash ?? number))
              policies: [\(policies)]
        \(lines)
        """
    }

    /// Returns the hash of a token.
    static func hash(_ number: Int) -> String { String(repeating: "5d", count: 31) + String(number + 10) }
}
