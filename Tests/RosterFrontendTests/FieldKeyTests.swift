import RosterModel
import Testing

@testable import RosterFrontend

@Suite("The keys of records")
struct FieldKeyTests {
    @Test("The keys of each shape have the names and order of its table")
    func keys() {
        func check<Key: FieldKey>(_ key: Key.Type) {
            #expect(Key.allCases.map { "\($0)" } == key.shape.fields.map(\.name.description))
            #expect(Key.allCases.map(\.rawValue) == Array(key.shape.fields.indices))
        }
        check(ProviderKey.self)
        check(SecretKey.self)
        check(BoxKey.self)
        check(RosterKey.self)
        check(ProjectKey.self)
        check(SealingKeyKey.self)
        check(AccessKey.self)
        check(StatementKey.self)
        check(TokenKey.self)
    }
}
