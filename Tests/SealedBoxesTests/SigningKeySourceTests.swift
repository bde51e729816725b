import Foundation
import RosterTestSupport
import Testing

@testable import SealedBoxes

@Suite("Sources of signing keys")
struct SigningKeySourceTests {
    private let folder: ScratchFolder
    private let pem: String
    private let id: String

    init() throws {
        folder = try ScratchFolder()
        let key = try SigningPrivateKey.generate()
        pem = try key.withPEM { String(decoding: $0, as: UTF8.self) }
        id = key.publicKey.id
    }

    /// Returns the id of the key that is read, or the reason why none is.
    private func load(_ file: String?, _ variable: String? = nil) -> Result<
        String, SigningKeySource.Problem
    > {
        let values = variable.map { [SigningKeySource.textVariable: $0] } ?? [:]
        do throws(SigningKeySource.Problem) {
            let key = try SigningKeySource.load(
                file: file,
                variables: EnvironmentVariables(values),
                currentFolder: folder.path
            )
            return .success(key.publicKey.id)
        } catch { return .failure(error) }
    }

    @Test(
        "A file is read when only its owner can read it",
        arguments: [0o600, 0o400, 0o640, 0o604, 0o660]
    )
    func mode(mode: Int) throws {
        try folder.write("key.pem", pem)
        #expect(chmod(folder.path + "/key.pem", mode_t(mode)) == 0)
        let expected: Result<String, SigningKeySource.Problem> =
            mode & 0o077 == 0
            ? .success(id) : .failure(.file(path: "key.pem", .permissions(UInt32(mode))))
        #expect(load("key.pem") == expected)
    }

    @Test("Without a file, the text of the variable is read")
    func variable() throws {
        #expect(load(nil, pem) == .success(id))
        #expect(load(nil, "") == .failure(.noKey) && load(nil) == .failure(.noKey))
        #expect(load(nil, "x") == .failure(.text(place: "ROSTER_PUBLISHING_KEY", .blocks(0))))
        let long = String(repeating: "#", count: SigningPrivateKey.textLimit + 1)
        #expect(load(nil, long) == .failure(.file(path: "ROSTER_PUBLISHING_KEY", .tooLong)))
        #expect(load("none.pem", pem) == .failure(.file(path: "none.pem", .unreadable(ENOENT))))
        try folder.write("other", "no key")
        #expect(chmod(folder.path + "/other", 0o600) == 0)
        #expect(load("other", pem) == .failure(.text(place: "other", .blocks(0))))
        #expect(load(".", pem) == .failure(.file(path: ".", .notAFile)))
    }
}
