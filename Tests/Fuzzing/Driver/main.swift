import CLibFuzzer
import Dispatch
import Foundation
import Synchronization

// Usage: roster-fuzz TARGET [OPTIONS OF LIBFUZZER] [CORPUS]

/// Returns the result of asynchronous work to the fuzzer's thread, which cannot wait otherwise.
func wait<Success: Sendable>(for work: @escaping @Sendable () async throws -> Success) -> Result<Success, any Error> {
    let result = Mutex<Result<Success, any Error>?>(nil)
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
        do {
            let success = try await work()
            result.withLock { $0 = .success(success) }
        } catch {
            result.withLock { $0 = .failure(error) }
        }
        isDone.signal()
    }
    isDone.wait()
    guard let value = result.withLock(\.self) else { fatalError("the work has no result") }
    return value
}

enum Running {
    static let check = Mutex<FuzzTarget.Check?>(nil)
}

/// Checks one input.
///
/// The name is that of libFuzzer's interface (https://llvm.org/docs/LibFuzzer.html#fuzz-target): its own `main`, which the
/// linker finds before this one, refers to it.
@_cdecl("LLVMFuzzerTestOneInput")
func checkOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    if case .failure(let failure) = wait(for: { try await Running.check.withLock(\.self)?(input) }) {
        fatalError("\(failure)")
    }
    return 0
}

guard CommandLine.argc > 1, let target = FuzzTarget.all.first(where: { $0.name == CommandLine.arguments[1] }) else {
    print("usage: roster-fuzz TARGET [OPTIONS] [CORPUS]")
    print("targets: \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
    exit(64)
}
let check = try wait(for: { try await target.prepare() }).get()
Running.check.withLock { $0 = check }

// libFuzzer sees the target's name as that of the program.
var count = CommandLine.argc - 1
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 1
exit(LLVMFuzzerRunDriver(&count, &arguments, checkOneInput))
