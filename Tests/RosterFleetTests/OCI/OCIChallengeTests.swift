import RosterTestSupport
import Testing

@testable import RosterFleet

@Suite("Challenges of registries")
struct OCIChallengeTests {
    @Test(arguments: [
        ([#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull""#], 1),
        (["Basic realm=\"x\", Bearer realm=\"https://a/b\""], 2), (["Negotiate", "Basic realm=x"], 2),
        (["Negotiate abc==, Basic realm = \"x\" , a = b"], 2), ([", ,Basic realm=x,,"], 1), ([""], 0), ([], 0),
        (["NTLM, Negotiate, Digest realm=\"a, b\", nonce=\"c\\\"d\", Basic realm=e"], 4), (["Basic a=b,c=d, Other"], 2),
        (["Basic realm="], 1),
    ])
    func areParsed(_ fields: [String], _ count: Int) { #expect(OCIChallenge.parse(fields)?.count == count) }

    @Test func haveUnescapedParameters() {
        let challenges = OCIChallenge.parse(["BEARER Realm=\"a\\\"b, c\" ,SERVICE=d"])
        #expect(challenges == [OCIChallenge(scheme: "bearer", parameters: ["realm": "a\"b, c", "service": "d"])])
    }

    @Test(arguments: [
        "Basic realm=\"x", "Basic realm=\"x\\", "Basic =x", "Basic realm=x realm=y", "Basic a=b,a=c",
        "Basic a=b,A=c", "\"Basic\"", "Basic realm=\"x\"y", "Basic, realm=x", "Basic{}", "Basic abc def", "a=b",
        "Basic realm=\"\u{1}\"",
    ])
    func areRefusedWhole(_ field: String) {
        // A scheme or a value of another meaning must not be read out of a field that is not a list of challenges.
        #expect(OCIChallenge.parse([field]) == nil)
    }

    @Test func areLimited() {
        #expect(OCIChallenge.parse([String(repeating: "a", count: OCIChallenge.byteLimit + 1)]) == nil)
        #expect(OCIChallenge.parse([Array(repeating: "a", count: 17).joined(separator: ",")]) == nil)
        #expect(OCIChallenge.parse(Array(repeating: "a", count: 17)) == nil)
        #expect(OCIChallenge.parse(["a " + (0..<17).map { "p\($0)=x" }.joined(separator: ",")]) == nil)
    }

    @Test func areReadBackAsWrittenInOneOrSeveralFields() {
        var random = SeededGenerator()
        for _ in 0..<500 {
            let challenges = (0..<Int.random(in: 1...5, using: &random)).map { _ in Self.challenge(&random) }
            let texts = challenges.map { Self.text($0, &random) }
            let blanks = ["", " ", "\t ", ",", " , "].randomElement(using: &random) ?? ""
            #expect(OCIChallenge.parse(texts) == challenges, "\(texts)")
            #expect(OCIChallenge.parse([texts.joined(separator: blanks + "," + blanks)]) == challenges, "\(texts)")
        }
    }

    @Test func doNotTrapOnAnyBytes() {
        var random = SeededGenerator()
        let alphabet = Array("abZ0 \t,,==\"\"\\/~{}é\u{7f}Basic Bearer realm".unicodeScalars)
        for _ in 0..<3000 {
            var field = ""
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                field.unicodeScalars.append(alphabet[Int.random(in: alphabet.indices, using: &random)])
            }
            let challenges = OCIChallenge.parse([field]) ?? []
            #expect(challenges.count <= OCIChallenge.countLimit)
            #expect(
                challenges.allSatisfy { !$0.scheme.isEmpty && $0.scheme.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F } }
            )
        }
    }

    @Test func areNotChangedByACut() {
        // Every prefix of a field has only challenges and parameters that the whole field has.
        let field = #"Bearer realm="https://a.example/t",service="s", Basic realm="r""#
        for count in 0...field.count {
            for challenge in OCIChallenge.parse([String(field.prefix(count))]) ?? [] where challenge.scheme == "bearer"
            {
                let realm = challenge.parameters["realm"]
                #expect(realm == nil || realm == "https://a.example/t")
            }
        }
    }

    private static func challenge(_ random: inout SeededGenerator) -> OCIChallenge {
        let scheme = ["bearer", "basic", "negotiate", "x-y"].randomElement(using: &random) ?? ""
        var parameters: [String: String] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let name = ["realm", "service", "scope", "error", "a"].randomElement(using: &random) ?? ""
            let value = ["x", "", "a b", "a\"b", "a\\b", "a=b, Basic c=d", "é", "https://h/?a=b&c"].randomElement(
                using: &random
            )
            parameters[name] = value
        }
        return OCIChallenge(scheme: scheme, parameters: parameters)
    }

    private static func text(_ challenge: OCIChallenge, _ random: inout SeededGenerator) -> String {
        let scheme = Bool.random(using: &random) ? challenge.scheme : challenge.scheme.uppercased()
        let parameters = challenge.parameters.map { name, value in
            let isToken = !value.isEmpty && value.utf8.allSatisfy { UInt8(ascii: "a") <= $0 && $0 <= UInt8(ascii: "z") }
            if isToken, Bool.random(using: &random) { return "\(name)=\(value)" }
            let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
            return "\(name)\(Bool.random(using: &random) ? " = " : "=")\"\(escaped)\""
        }
        return parameters.isEmpty
            ? scheme : scheme + " " + parameters.joined(separator: Bool.random(using: &random) ? "," : " , ")
    }
}
