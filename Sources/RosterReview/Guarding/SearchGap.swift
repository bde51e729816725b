import RosterCompiler
import RosterSemantics

/// A path whose changes are not all known, because a limit was reached or something could not be read.
package struct SearchGap: Sendable, Hashable {
    /// The reason for a gap.
    package enum Cause: Sendable, Hashable {
        /// A limit, as text such as "more than 20000 files and folders".
        case limit(String)
        /// An object, file or folder that cannot be read, and the reason.
        case unreadable(String)
    }

    /// The path relative to git's top level; empty for the top level itself.
    package var path: String
    package var cause: Cause

    package init(path: String, cause: Cause) {
        self.path = path
        self.cause = cause
    }
}

extension SearchGap {
    /// Returns the parts of two sides that `check` did not read, and that may differ.
    package static func gaps(base: ReviewedTree, head: ReviewedTree) -> [SearchGap] {
        var result: [SearchGap] = []
        var seen: Set<String> = []
        for (side, other) in [(base, head), (head, base)] {
            for place in side.checked?.unreadPlaces ?? [] {
                // The same git object on both sides is the same file.
                if let object = side.file(place.path)?.object, object == other.file(place.path)?.object { continue }
                let path = side.pathPrefix + place.path
                guard seen.insert(path).inserted else { continue }
                result.append(
                    SearchGap(path: path, cause: place.isLimit ? .limit(place.reason) : .unreadable(place.reason))
                )
            }
        }
        return result
    }
}
