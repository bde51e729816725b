import RosterTestSupport
import Testing

@testable import RosterCatalogue

@Suite struct ObjectNamesTests {
    @Test func agreesWithSetsOnRandomNestedObjects() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        var names = ObjectNames()
        var objects: [Set<[UInt8]>] = []
        for _ in 0..<20_000 {
            switch random.next() % 20 {
            case 0 where objects.count < 8:
                names.open()
                objects.append([])
            case 1 where !objects.isEmpty && random.next() % 4 == 0:
                names.close()
                objects.removeLast()
            default:
                guard let last = objects.indices.last else { continue }
                let name = (0..<random.next() % 3).map { _ in UInt8(truncatingIfNeeded: random.next() % 20) }
                #expect(names.insert(name[...]) == objects[last].insert(name).inserted, "seed \(seed)")
            }
        }
    }

    @Test(arguments: [1, 15, 16, 17, 1000]) func findsANameAmongMany(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\": 0" }.joined(separator: ",")
        for repeated in Set([0, count / 2, count - 1]) {
            var json = try ModelJSON(Array("{\(members), \"\\u006e\(repeated)\": 1}".utf8))
            #expect { try json.skip() } throws: {
                ($0 as? CatalogueProblem)?.message == "the name \"n\(repeated)\" appears twice"
            }
        }
    }

    @Test func distinguishesNamesOfOtherBytes() throws {
        var json = try ModelJSON(Array("{\"\u{E9}\": 0, \"e\u{301}\": 1}".utf8))
        try json.skip()
        try json.finish()
    }
}
