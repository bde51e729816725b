import RosterSources

/// The bytes of consecutive files, in one block for each chunk of them.
///
/// Most files have no findings, but a rule about the whole repository may still report one, and then its lines are
/// shown. Retained in a block, a file costs its bytes and an offset, without a separate allocation.
struct RetainedContents: Sendable {
    /// The contents of a chunk of files.
    struct Block: Sendable {
        let first: FileIndex
        private var bytes: [UInt8] = []
        /// The end of each file in ``bytes``.
        private var ends: [UInt32] = []

        /// Creates a block that starts with a file.
        init(first: FileIndex) { self.first = first }

        /// Adds the next file.
        mutating func append(_ contents: [UInt8]) {
            bytes += contents
            ends.append(UInt32(clamping: bytes.count))
        }

        /// Releases spare capacity.
        mutating func trim() {
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            copy += bytes
            bytes = copy
        }

        /// The index after the last file.
        var end: FileIndex { first + ends.count }

        /// Returns the bytes of a file.
        subscript(file: FileIndex) -> [UInt8] {
            let position = file - first
            return Array(bytes[(position == 0 ? 0 : Int(ends[position - 1]))..<Int(ends[position])])
        }
    }

    /// The blocks in the order of their files.
    private var blocks: [Block] = []

    /// Adds a block, whose files follow those of the others.
    mutating func append(_ block: Block) { blocks.append(block) }

    /// Adds the blocks of other contents, whose files follow.
    mutating func append(contentsOf other: RetainedContents) { blocks += other.blocks }

    /// Returns the bytes of a file; empty when they were not retained.
    subscript(file: FileIndex) -> [UInt8] {
        var (low, high) = (0, blocks.count)
        while low < high {
            let middle = (low + high) / 2
            if blocks[middle].end <= file { low = middle + 1 } else { high = middle }
        }
        guard low < blocks.count, blocks[low].first <= file else { return [] }
        return blocks[low][file]
    }
}
