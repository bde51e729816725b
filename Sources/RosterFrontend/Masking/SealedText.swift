import RosterBytes
import SealedBoxes
import YAMLSyntax

/// The text of a secret's file for people, with a few digits of the digest in place of each box.
package enum SealedText {
    /// Returns the file's text with keys hidden and every box replaced, valid or not.
    ///
    /// A file that is not YAML is returned without changes.
    package static func text(of bytes: [UInt8]) -> String {
        let mask = KeyMask(bytes)
        var result = ""
        var position = 0
        for box in boxes(in: bytes) {
            result += mask.text(of: bytes, position..<box.lowerBound).text
            let digest = Digest.blake2b256(of: Array(bytes[box]).span)
            result += "[sealed \(digest.hex.prefix(8))]"
            position = box.upperBound
        }
        return result + mask.text(of: bytes, position..<bytes.count).text
    }

    /// Returns the ranges of the boxes, in order.
    private static func boxes(in bytes: [UInt8]) -> [Range<Int>] {
        var reader = YAMLReader()
        reader.read(bytes)
        guard reader.tree.isComplete, let root = reader.tree.root else { return [] }
        return boxes(of: root, in: reader.tree)
    }

    private static func boxes(of root: YAMLNodeIndex, in tree: borrowing YAMLTree) -> [Range<Int>] {
        guard let list = tree.value(of: "boxes", in: root), tree[list].kind == .sequence else { return [] }
        var result: [Range<Int>] = []
        tree.forEachElement(of: list) { element in
            guard let box = tree.value(of: "box", in: element), tree[box].isScalar, !tree[box].span.isEmpty else {
                return
            }
            result.append(tree[box].span.range)
        }
        return result
    }
}
