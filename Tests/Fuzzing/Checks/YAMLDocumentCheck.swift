@testable import RosterFrontend
@testable import YAMLSyntax

/// Both YAML readers agree on a document, or the faster one declines it.
enum YAMLDocumentCheck {
    static func check(_ input: [UInt8]) throws {
        var general = YAMLReader()
        general.read(input)
        try checkSpans(of: general.tree)
        // The compiler reads only files that pass the scan.
        guard TextScan(input).problems.isEmpty else { return }
        var core = PlainCoreReader()
        var tree = YAMLTree()
        tree.source = input
        guard input.withUnsafeBufferPointer({ core.read($0, into: &tree) }) else { return }
        try require(general.tree.isComplete && general.tree.problems.isEmpty, "only the plain core's reader accepts it")
        try require(general.tree.nodes.count == tree.nodes.count, "the readers find different numbers of nodes")
        for index in tree.nodes.indices {
            let (one, other) = (tree.nodes[index], general.tree.nodes[index])
            let isSame =
                one.kind == other.kind && one.isFlow == other.isFlow && one.span == other.span
                && one.subtreeEnd == other.subtreeEnd && one.contentIsVerbatim == other.contentIsVerbatim
                && (!one.isScalar || tree.text(of: index) == general.tree.text(of: index))
            try require(isSame, "the readers differ in node \(index)")
        }
    }

    private static func checkSpans(of tree: borrowing YAMLTree) throws {
        let length = tree.source.count
        for index in tree.nodes.indices {
            let node = tree.nodes[index]
            try require(node.span.range.upperBound <= length, "node \(index) ends after the file")
            try require(index < node.subtreeEnd && node.subtreeEnd <= tree.nodes.count, "subtree of node \(index)")
            if node.isScalar { _ = tree.text(of: index) }
        }
        for index in tree.problems.indices {
            try require(tree.problems[index].span.range.upperBound <= length, "problem \(index) ends after the file")
        }
    }
}
