/// The names of the objects that are being read, to find a name that appears twice.
///
/// The names of nested objects follow each other in one list, so that an object costs no allocation. An object with many
/// names has a table of them by hash.
struct ObjectNames {
    /// The number of names up to which all are compared.
    private static let few = 16

    private struct Name {
        var hash: Int
        var start: Int
        var end: Int
    }

    /// The first name and text of an object, and its table: positions in ``names`` plus one, 0 for none.
    private struct Object {
        var firstName: Int
        var firstByte: Int
        var slots: [UInt32] = []
    }

    private var objects: [Object] = []
    private var names: [Name] = []
    private var texts: [UInt8] = []

    /// Starts an object inside the ones that are open.
    mutating func open() { objects.append(Object(firstName: names.count, firstByte: texts.count)) }

    /// Ends the innermost object, and forgets its names.
    mutating func close() {
        guard let object = objects.popLast() else { return }
        names.removeSubrange(object.firstName...)
        texts.removeSubrange(object.firstByte...)
    }

    /// Adds a name to the innermost object; returns false if the object has it.
    ///
    /// Names are equal when their bytes are, escapes having been replaced.
    mutating func insert(_ name: ArraySlice<UInt8>) -> Bool {
        guard let index = objects.indices.last else { return false }
        var hasher = Hasher()
        unsafe name.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        let first = objects[index].firstName
        if names.count - first < Self.few {
            for other in names[first...] where other.hash == hash && texts[other.start..<other.end] == name {
                return false
            }
        } else {
            if (names.count - first) * 2 >= objects[index].slots.count { growTable(of: index) }
            let mask = objects[index].slots.count - 1
            var slot = hash & mask
            while case let position = Int(objects[index].slots[slot]), position > 0 {
                let other = names[position - 1]
                if other.hash == hash, texts[other.start..<other.end] == name { return false }
                slot = (slot + 1) & mask
            }
            objects[index].slots[slot] = UInt32(truncatingIfNeeded: names.count + 1)
        }
        let start = texts.count
        texts += name
        names.append(Name(hash: hash, start: start, end: texts.count))
        return true
    }

    private mutating func growTable(of index: Int) {
        let first = objects[index].firstName
        var size = Self.few * 4
        while size < (names.count - first) * 4 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for position in first..<names.count {
            var slot = names[position].hash & (size - 1)
            while slots[slot] > 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: position + 1)
        }
        objects[index].slots = slots
    }
}
