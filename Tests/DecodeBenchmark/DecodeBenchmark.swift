import Glibc
import RosterBackend
import RosterCompiler
import RosterModel
import RosterSources

/// A comparison of reading a compiled registry with compiling its files: `decode-benchmark FOLDER ROUNDS`.
///
/// Prints the milliseconds of each round, first of compiling and then of reading.
@main
enum DecodeBenchmark {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let rounds = Int(CommandLine.arguments[2]) else {
            print("usage: decode-benchmark FOLDER ROUNDS")
            exit(64)
        }
        let folder = CommandLine.arguments[1]
        let document = try await compile(folder)
        for _ in 0..<rounds {
            let compiling = try await milliseconds { _ = try await compile(folder) }
            let reading = try await milliseconds {
                _ = try await RegistryDecoder.decode(document, concurrency: concurrency)
            }
            print(compiling, reading)
        }
    }

    private static let concurrency = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    private static func compile(_ folder: String) async throws -> [UInt8] {
        let compiler = Compiler(Compiler.Options(today: CalendarDate(daysSince1970: 20_000), concurrency: concurrency))
        let checked = try await compiler.analyze(WorkingTree(root: folder))
        guard let registry = await checked.registry(history: .modificationTimes, concurrency: concurrency) else {
            print("\(folder) has errors")
            exit(1)
        }
        return RegistryEncoder.encode(registry)
    }

    private static func milliseconds(_ body: () async throws -> Void) async throws -> Double {
        let duration = try await ContinuousClock().measure(body)
        return Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1e3
    }
}
