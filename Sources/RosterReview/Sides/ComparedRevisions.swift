/// The revisions that the arguments of `diff` name, which git has not resolved yet.
package struct ComparedRevisions: Sendable, Hashable {
    /// The side that the base is compared with.
    package enum Head: Sendable, Hashable {
        case revision(String)
        case workingTree
        case index
    }

    /// The name of the base; nil when the user named none.
    package var base: String?
    /// The side that is compared with it.
    package var head: Head
    /// A Boolean value that indicates whether the base's own tree is compared, and not the merge base.
    package var isExact: Bool

    /// Reads the arguments as git does: two revisions, a range of two, one revision, or none; with `isStaged`, the index is
    /// the head, and the base is `HEAD` unless the user names another.
    ///
    /// - Throws: ``ReviewFailure`` when the arguments contradict each other.
    package init(base: String?, head: String?, isExact: Bool, isStaged: Bool = false) throws(ReviewFailure) {
        guard !isStaged else {
            guard head == nil, base.flatMap(Range.init) == nil else {
                throw ReviewFailure(
                    .usage,
                    "--staged compares the index, and the arguments name a second revision",
                    help: "name the base alone: roster diff --staged BASE"
                )
            }
            (self.base, self.head, self.isExact) = (base ?? "HEAD", .index, isExact)
            return
        }
        if let head, let range = Range(head) {
            throw ReviewFailure(
                .usage,
                "the second argument is a range: \(range.text)",
                help: "give the range alone, or two revisions"
            )
        }
        guard let range = base.flatMap(Range.init) else {
            guard base != nil || !isExact else {
                throw ReviewFailure(.usage, "--exact needs a base", help: "name it: roster diff --exact BASE")
            }
            (self.base, self.isExact) = (base, isExact)
            self.head = head.map(Head.revision) ?? .workingTree
            return
        }
        guard head == nil else {
            throw ReviewFailure(
                .usage,
                "\(range.text) is a range of two revisions, and there is another argument",
                help: "give the range alone, or two revisions"
            )
        }
        guard range.text != ".." else {
            throw ReviewFailure(.usage, "\"..\" names no revision", help: "write both sides: roster diff BASE..HEAD")
        }
        guard !range.isSymmetric || !isExact else {
            throw ReviewFailure(
                .usage,
                "\(range.text) compares with the merge base, and --exact with the base itself",
                help: "leave --exact out, or write two dots"
            )
        }
        (self.base, self.head) = (range.base, .revision(range.head))
        self.isExact = !range.isSymmetric
    }

    /// Two revisions with dots between them.
    private struct Range {
        let text: String
        /// Each side is `HEAD` when it is left out.
        var base = "HEAD"
        var head = "HEAD"
        /// A Boolean value that indicates whether there are three dots.
        let isSymmetric: Bool

        /// Splits at the first two dots that are not part of an expression; nil for a text without them.
        ///
        /// The name of a ref never has two dots in a row. A search for a message (`HEAD^{/a..b}`, `:/a..b`) can have them.
        init?(_ text: String) {
            guard !text.hasPrefix(":/"), let dots = Self.dots(in: text) else { return nil }
            let (left, right) = (text.utf8[..<dots], text.utf8[dots...].dropFirst(2))
            isSymmetric = right.first == UInt8(ascii: ".")
            let other = isSymmetric ? right.dropFirst() : right
            self.text = text
            if !left.isEmpty { base = String(Substring(left)) }
            if !other.isEmpty { head = String(Substring(other)) }
        }

        private static func dots(in text: String) -> String.Index? {
            var depth = 0
            var last: String.Index?
            for index in text.utf8.indices {
                switch text.utf8[index] {
                case UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "}"): depth -= 1
                case UInt8(ascii: ".") where depth <= 0:
                    if let last { return last }
                    last = index
                    continue
                default: break
                }
                last = nil
            }
            return nil
        }
    }
}
