import RosterBytes
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The sessions of the pages")
struct SessionStoreTests {
    private let day: Int64 = 24 * 60 * 60

    @Test func handlesAreRandomAndNeverReused() throws {
        var (seen, ones) = (Set<String>(), [Int](repeating: 0, count: 256))
        for _ in 0..<1200 {
            let text = SessionHandle().text
            #expect(text.utf8.count == 43 && SessionHandle(text)?.text == text && seen.insert(text).inserted)
            let base64 = text.replacing("-", with: "+").replacing("_", with: "/") + "="
            let decoded = CanonicalBase64.decode(base64.utf8.span)
            let bytes = try #require(decoded)
            for bit in 0..<256 where bytes[bit / 8] & (1 << (bit % 8)) != 0 { ones[bit] += 1 }
        }
        // Ten standard deviations: each bit of the 256 is random.
        #expect(ones.allSatisfy { (426...774).contains($0) }, "\(ones)")
    }

    @Test func refusesOtherTextsAsHandles() {
        let good = SessionHandle().text
        for text in ["", String(good.dropLast()), good + "A", "+" + good.dropFirst(), "é" + good.dropFirst(2)] {
            #expect(SessionHandle(text) == nil, "\(text)")
        }
    }

    @Test func noDescriptionContainsTheHandle() {
        let handle = SessionHandle()
        for text in [String(describing: handle), "\(handle)", String(reflecting: handle)] {
            #expect(!text.contains(handle.text))
        }
        var dumped = ""
        dump(Optional(handle), to: &dumped)
        #expect(!dumped.contains(handle.text))
    }

    @Test func keepsTheDigestOfAHandleOnly() throws {
        let store = SessionStore()
        let handle = store.start(for: .numbered(1), replacing: nil, at: .test(0))
        var dumped = ""
        dump(try #require(store.session(of: handle, at: .test(0))), to: &dumped)
        dump(store, to: &dumped)
        #expect(dumped.contains("SessionID") && !dumped.contains(handle.text))
    }

    @Test func findsTheSessionOfAHandle() throws {
        let store = SessionStore()
        let handle = store.start(for: .numbered(1), replacing: nil, at: .test(100))
        let session = try #require(store.session(of: handle, at: .test(100)))
        #expect(session.credential == .numbered(1) && store.isCurrent(session, at: .test(100)))
        #expect(store.session(of: SessionHandle(), at: .test(100)) == nil)
    }

    @Test func endsAfterTwelveHours() throws {
        let store = SessionStore()
        let handle = store.start(for: .numbered(1), replacing: nil, at: .test(0))
        let session = try #require(store.session(of: handle, at: .test(12 * 3600 - 1)))
        #expect(store.session(of: handle, at: .test(12 * 3600)) == nil)
        #expect(!store.isCurrent(session, at: .test(12 * 3600)))
        // Reading it does not prolong it.
        #expect(store.session(of: handle, at: .test(12 * 3600)) == nil)
        _ = store.start(for: .numbered(2), replacing: nil, at: .test(12 * 3600))
        #expect(store.count == 1, "the memory is released")
    }

    @Test func endsWhenTheClockIsSetBackFar() {
        let store = SessionStore()
        let handle = store.start(for: .numbered(1), replacing: nil, at: .test(day))
        #expect(store.session(of: handle, at: .test(day - 1)) != nil)
        #expect(store.session(of: handle, at: .test(0)) == nil, "it would last longer than 12 hours")
    }

    @Test func signInReplacesTheHandleAndEndsThePreviousSession() {
        let store = SessionStore()
        let first = store.start(for: .numbered(1), replacing: nil, at: .test(0))
        let second = store.start(for: .numbered(1), replacing: first, at: .test(1))
        #expect(second != first && store.session(of: first, at: .test(1)) == nil)
        #expect(store.session(of: second, at: .test(1)) != nil)
        // A handle that the server did not make is not adopted.
        let planted = SessionHandle()
        let third = store.start(for: .numbered(1), replacing: planted, at: .test(2))
        #expect(third != planted && store.session(of: planted, at: .test(2)) == nil)
        #expect(store.session(of: second, at: .test(2)) != nil, "another browser stays signed in")
    }

    @Test func signOutEndsOneSession() {
        let store = SessionStore()
        let handles = (0..<3).map { store.start(for: .numbered(1), replacing: nil, at: .test($0)) }
        #expect(store.end(handles[1]) == .numbered(1) && store.end(handles[1]) == nil)
        #expect(handles.map { store.session(of: $0, at: .test(5)) != nil } == [true, false, true])
    }

    @Test func dropsTheOldestOfTooMany() {
        let store = SessionStore(capacity: 3)
        var handles = (0..<3).map { store.start(for: .numbered(Int($0)), replacing: nil, at: .test($0)) }
        store.end(handles[1])
        handles += (3..<5).map { store.start(for: .numbered(Int($0)), replacing: nil, at: .test($0)) }
        let isFound = handles.map { store.session(of: $0, at: .test(5)) != nil }
        #expect(isFound == [false, false, true, true, true] && store.count == 3)
    }

    @Test func manySignInsOfATokenEndItsOwnSessionsOnly() {
        let store = SessionStore(capacity: 50, capacityOfToken: 5)
        let other = store.start(for: .numbered(1), replacing: nil, at: .test(0))
        let handles = (0..<200).map { store.start(for: .numbered(2), replacing: nil, at: .test(Int64($0) / 100)) }
        #expect(store.session(of: other, at: .test(5)) != nil && store.count == 6)
        #expect(handles.suffix(5).allSatisfy { store.session(of: $0, at: .test(5)) != nil })
        #expect(store.session(of: handles[194], at: .test(5)) == nil)
    }

    @Test func memoryIsBoundedForAnyNumberOfSignIns() {
        let store = SessionStore(capacity: 8)
        var previous: SessionHandle?
        for number in Int64(0)..<500 {
            previous = store.start(for: .numbered(1), replacing: previous, at: .test(number / 100))
        }
        #expect(store.count == 1)
        // Mostly the queue of the order: sign-out leaves nothing there either.
        for number in Int64(0)..<5000 {
            store.end(store.start(for: .numbered(1), replacing: nil, at: .test(number / 100)))
        }
        #expect(store.count == 1 && store.queueLength <= 2 * 8 + 17, "\(store.queueLength)")
    }

    @Test func isUsedBySeveralThreads() async {
        let store = SessionStore(capacity: 64)
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    for round in 0..<50 {
                        let handle = store.start(for: .numbered(worker), replacing: nil, at: .test(0))
                        if let session = store.session(of: handle, at: .test(0)) {
                            #expect(session.credential == .numbered(worker))
                        }
                        if round.isMultiple(of: 2) { store.end(handle) }
                    }
                }
            }
        }
        #expect(store.count <= 64)
    }

    @Test func behavesAsAModelForRandomSequences() throws {
        var numbers = SeededGenerator()
        for _ in 0..<12 {
            let capacity = Int.random(in: 1...6, using: &numbers)
            let store = SessionStore(capacity: capacity)
            var model = Model(capacity: capacity)
            var handles = [SessionHandle()]
            var now: Int64 = 0
            for _ in 0..<50 {
                let handle = try #require(handles.randomElement(using: &numbers))
                switch Int.random(in: 0..<8, using: &numbers) {
                case 0...3:
                    let credential = Credential.numbered(Int.random(in: 0..<3, using: &numbers))
                    let previous = Bool.random(using: &numbers) ? handle : nil
                    let new = store.start(for: credential, replacing: previous, at: .test(now))
                    #expect(!handles.contains(new))
                    handles.append(new)
                    model.start(new, credential, replacing: previous, at: now)
                case 4, 5: #expect(store.end(handle) == model.end(handle))
                case 6: now += Int64.random(in: 0..<3600, using: &numbers)
                default: now += Int64.random(in: 0..<15 * 3600, using: &numbers)
                }
                for handle in handles {
                    #expect(
                        store.session(of: handle, at: .test(now))?.credential == model.credential(of: handle, at: now)
                    )
                }
            }
        }
    }

    /// The sessions as a list.
    private struct Model {
        var capacity: Int
        var sessions: [(handle: SessionHandle, credential: Credential, start: Int64)] = []

        mutating func start(_ new: SessionHandle, _ credential: Credential, replacing: SessionHandle?, at now: Int64) {
            sessions.removeAll { $0.handle == replacing || now - $0.start >= 12 * 3600 }
            if sessions.count == capacity { sessions.removeFirst() }
            sessions.append((new, credential, now))
        }

        mutating func end(_ handle: SessionHandle) -> Credential? {
            guard let index = sessions.firstIndex(where: { $0.handle == handle }) else { return nil }
            return sessions.remove(at: index).credential
        }

        func credential(of handle: SessionHandle, at now: Int64) -> Credential? {
            sessions.first { $0.handle == handle && now - $0.start < 12 * 3600 }?.credential
        }
    }
}
