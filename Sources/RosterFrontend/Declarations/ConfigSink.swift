import RosterDiagnostics
import RosterJSON
import RosterModel

/// A receiver of the values of a `config`, in the order of the file.
///
/// Texts are UTF-8 that is valid only inside the call.
protocol ConfigSink: ~Copyable {
    /// Begins an object; `body` passes its members, each after its name.
    mutating func object(_ body: (inout Self) -> Void)
    /// Begins an array; `body` passes its elements, each after a call of ``element()``.
    mutating func array(_ body: (inout Self) -> Void)
    @unsafe
    mutating func name(utf8 text: UnsafeBufferPointer<UInt8>)
    mutating func element()
    @unsafe
    mutating func string(utf8 text: UnsafeBufferPointer<UInt8>)
    mutating func integer(_ number: Int64)
    mutating func float(_ number: Double)
    mutating func boolean(_ value: Bool)
    mutating func null()
}

/// Writes the values as JSON.
extension JSONWriter: ConfigSink {}

/// Builds a JSON value.
struct ConfigValues: ConfigSink {
    /// The complete values that are not yet part of a collection.
    private var values: [JSONValue] = []
    /// The names of those that are members.
    private var names: [String] = []

    /// The value.
    var root: JSONValue? { values.last }

    mutating func object(_ body: (inout ConfigValues) -> Void) {
        let (firstName, first) = (names.count, values.count)
        body(&self)
        let members = zip(names[firstName...], values[first...]).map(JSONObject.Member.init(name:value:))
        names.removeSubrange(firstName...)
        values.removeSubrange(first...)
        values.append(.object(JSONObject(members)))
    }

    mutating func array(_ body: (inout ConfigValues) -> Void) {
        let first = values.count
        body(&self)
        let elements = Array(values[first...])
        values.removeSubrange(first...)
        values.append(.array(elements))
    }

    @unsafe
    mutating func name(utf8 text: UnsafeBufferPointer<UInt8>) {
        unsafe names.append(String(decoding: text, as: UTF8.self))
    }

    mutating func element() {}

    @unsafe
    mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {
        unsafe values.append(.string(String(decoding: text, as: UTF8.self)))
    }

    mutating func integer(_ number: Int64) { values.append(.integer(number)) }
    mutating func float(_ number: Double) { values.append(.float(number)) }
    mutating func boolean(_ value: Bool) { values.append(.boolean(value)) }
    mutating func null() { values.append(.null) }
}

/// Discards the values.
struct NoConfig: ConfigSink {
    mutating func object(_ body: (inout NoConfig) -> Void) { body(&self) }
    mutating func array(_ body: (inout NoConfig) -> Void) { body(&self) }
    @unsafe mutating func name(utf8 text: UnsafeBufferPointer<UInt8>) {}
    mutating func element() {}
    @unsafe mutating func string(utf8 text: UnsafeBufferPointer<UInt8>) {}
    mutating func integer(_ number: Int64) {}
    mutating func float(_ number: Double) {}
    mutating func boolean(_ value: Bool) {}
    mutating func null() {}
}
