import RosterBytes
import SealedBoxes
import YAMLSyntax

/// A secret's file for people: as it is, with each box as a few digits of its digest.
package enum SealedText {
    /// The file's text, keys hidden, line by line as it may be printed; every box, whatever is wrong with it, replaced.
    ///
    /// What is not YAML is shown as it is.
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

    /// Where the boxes stand, in order.
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
