import CoreMetrics
import Synchronization

/// Keeps metrics and writes them in Prometheus' text format.
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
final class PrometheusMetrics: MetricsFactory {
    /// The description of a metric.
    struct Family: Sendable {
        var name: String
        var kind: String
        var explanation: String
    }

    private let families: [Family]
    private let series = Mutex<[String: [(labels: String, value: any PrometheusValue)]]>([:])

    /// Makes metrics of the families that there are, in the order in which they are written.
    init(_ families: [Family]) { self.families = families }

    /// All metrics, as a scrape gets them.
    var text: String {
        let series = self.series.withLock { $0 }
        var text = ""
        for family in families {
            guard let all = series[family.name] else { continue }
            var lines = ""
            for (labels, value) in all.sorted(by: { $0.labels < $1.labels }) {
                value.write(family.name, labels: labels, to: &lines)
            }
            guard !lines.isEmpty else { continue }
            text += "# HELP \(family.name) \(family.explanation)\n# TYPE \(family.name) \(family.kind)\n" + lines
        }
        return text
    }

    private func keep<Value: PrometheusValue>(_ value: Value, _ label: String, _ dimensions: [(String, String)])
        -> Value
    {
        let labels = dimensions.map { "\($0.0)=\"\(Self.escape($0.1))\"" }.joined(separator: ",")
        series.withLock { $0[label, default: []].append((labels, value)) }
        return value
    }

    private static func escape(_ value: String) -> String {
        value.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\", "\"": escaped += "\\\(scalar)"
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        keep(PrometheusCounter(), label, dimensions)
    }

    func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        keep(PrometheusGauge(), label, dimensions)
    }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        keep(PrometheusGauge(), label, dimensions)
    }

    func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        keep(PrometheusGauge(), label, dimensions)
    }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        keep(PrometheusHistogram(), label, dimensions)
    }

    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}
}

/// A metric with one set of labels.
private protocol PrometheusValue: Sendable {
    /// Writes its lines; none before its first value.
    func write(_ name: String, labels: String, to text: inout String)
}

extension PrometheusValue {
    fileprivate func line(_ name: String, _ labels: String, _ value: String) -> String {
        labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}

private final class PrometheusCounter: CounterHandler, PrometheusValue {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.add(amount, ordering: .relaxed) }
    func reset() { value.store(0, ordering: .relaxed) }

    func write(_ name: String, labels: String, to text: inout String) {
        let value = value.load(ordering: .relaxed)
        if value > 0 { text += line(name, labels, String(value)) }
    }
}

private final class PrometheusGauge: MeterHandler, RecorderHandler, FloatingPointCounterHandler, PrometheusValue {
    /// The bits of a floating-point number, none of it written as long as nothing was set.
    private let bits = Atomic<UInt64>(Double.nan.bitPattern)

    func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
    func set(_ value: Int64) { set(Double(value)) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func reset() { set(0.0) }
    func decrement(by amount: Double) { increment(by: -amount) }

    func increment(by amount: Double) {
        var old = bits.load(ordering: .relaxed)
        while true {
            let value = Double(bitPattern: old)
            let new = ((value.isNaN ? 0 : value) + amount).bitPattern
            let (exchanged, found) = bits.compareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = found
        }
    }

    func write(_ name: String, labels: String, to text: inout String) {
        let value = Double(bitPattern: bits.load(ordering: .relaxed))
        guard !value.isNaN else { return }
        text += line(name, labels, value == value.rounded() ? String(Int64(value)) : String(value))
    }
}

private final class PrometheusHistogram: TimerHandler, PrometheusValue {
    /// Upper bounds in nanoseconds, and how they are written in seconds.
    private static let bounds: [(nanoseconds: Int64, text: String)] = [
        (100_000, "0.0001"), (1_000_000, "0.001"), (10_000_000, "0.01"), (100_000_000, "0.1"), (1_000_000_000, "1"),
        (10_000_000_000, "10"),
    ]

    private let counts: [PrometheusCount] = (0...bounds.count).map { _ in PrometheusCount() }
    private let sum = PrometheusCount()

    func preferDisplayUnit(_ unit: TimeUnit) {}

    func recordNanoseconds(_ duration: Int64) {
        var bucket = 0
        while bucket < Self.bounds.count, duration > Self.bounds[bucket].nanoseconds { bucket += 1 }
        counts[bucket].value.add(1, ordering: .relaxed)
        sum.value.add(duration, ordering: .relaxed)
    }

    func write(_ name: String, labels: String, to text: inout String) {
        let counts = counts.map { $0.value.load(ordering: .relaxed) }
        let total = counts.reduce(0, +)
        guard total > 0 else { return }
        let prefix = labels.isEmpty ? "" : labels + ","
        var below: Int64 = 0
        for (count, bound) in zip(counts, Self.bounds) {
            below += count
            text += line(name + "_bucket", prefix + "le=\"\(bound.text)\"", String(below))
        }
        text += line(name + "_bucket", prefix + "le=\"+Inf\"", String(total))
        text += line(name + "_sum", labels, String(Double(sum.value.load(ordering: .relaxed)) / 1e9))
        text += line(name + "_count", labels, String(total))
    }
}

private final class PrometheusCount: Sendable {
    let value = Atomic<Int64>(0)
}
