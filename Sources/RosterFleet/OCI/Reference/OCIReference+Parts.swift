import RosterBytes

extension OCIReference {
    /// The parts of a reference, after its scheme.
    struct Parts {
        let authority: Substring
        let repository: String
        let tag: String?
        let digest: Digest?

        init(_ text: Substring.UTF8View) throws(Problem) {
            let whole = Substring(text)
            for (character, name) in [("?", "query"), ("#", "fragment")] where whole.contains(character) {
                throw Problem(message: "the address has a \(name), which is not allowed")
            }
            let slash = text.firstIndex(of: UInt8(ascii: "/")) ?? text.endIndex
            authority = whole[..<slash]
            guard !authority.utf8.contains(UInt8(ascii: "@")) else {
                throw Problem(message: "the address has a user; credentials belong in a file, see --auth-file")
            }
            var rest = text[slash...].dropFirst()
            if let sign = rest.firstIndex(of: UInt8(ascii: "@")) {
                digest = try Self.digest(rest[sign...].dropFirst())
                rest = rest[..<sign]
            } else {
                digest = nil
            }
            let name = rest.lastIndex(of: UInt8(ascii: "/")).map(rest.index(after:)) ?? rest.startIndex
            if let colon = rest[name...].firstIndex(of: UInt8(ascii: ":")) {
                let tag = String(Substring(rest[colon...].dropFirst()))
                guard OCIReference.isTag(tag) else {
                    throw Problem(
                        message: """
                            the tag is not 1 to 128 letters, digits, ".", "_" or "-", of which the first is not "." or "-"
                            """
                    )
                }
                self.tag = tag
                rest = rest[..<colon]
            } else {
                tag = nil
            }
            repository = String(Substring(rest))
            guard !repository.isEmpty else {
                throw Problem(message: "the address has no repository, such as oci://HOST/acme/llm-registry")
            }
            guard OCIReference.isRepository(repository) else {
                throw Problem(
                    message: """
                        the repository is not a path of lower-case letters and digits, which "." or "_" or "-" may separate
                        """
                )
            }
        }

        private static func digest(_ text: Substring.UTF8View.SubSequence) throws(Problem) -> Digest {
            let prefix = "sha256:".utf8
            guard text.starts(with: prefix),
                let bytes = LowerHex.decode(Array(text.dropFirst(prefix.count)).span), bytes.count == 32
            else { throw Problem(message: "the digest is not \"sha256:\" and 64 lower-case hexadecimal digits") }
            return Digest(bytes: bytes)
        }
    }

    /// Returns a Boolean value that indicates whether a text is a tag by the OCI distribution specification.
    static func isTag(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return text.isName(with: "._-") && (first.isASCIILetterOrDigit || first == UInt8(ascii: "_"))
    }

    /// Returns a Boolean value that indicates whether a text is the name of a repository by the OCI distribution
    /// specification.
    static func isRepository(_ text: String) -> Bool {
        guard text.utf8.count <= 255 else { return false }
        return text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy(isComponent)
    }

    /// Evaluates `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
    private static func isComponent(_ component: Substring.UTF8View) -> Bool {
        guard let first = component.first, let last = component.last, first.isASCIILowercaseLetterOrDigit,
            last.isASCIILowercaseLetterOrDigit
        else { return false }
        let separators = component.split(omittingEmptySubsequences: true) { $0.isASCIILowercaseLetterOrDigit }
        return separators.allSatisfy { separator in
            separator.elementsEqual(".".utf8) || separator.elementsEqual("_".utf8)
                || separator.elementsEqual("__".utf8) || separator.allSatisfy { $0 == UInt8(ascii: "-") }
        }
    }
}
