import NIOHTTP1
import RosterModel
import Testing

@testable import RosterServer

@Suite("The addresses of the clients of proxies")
struct ProxyClientsTests {
    private func client(_ proxies: [String], _ peer: String, _ chain: [String]) throws -> ClientAddress {
        let networks = try proxies.map { try #require(AddressNetwork($0)) }
        let fields = chain.map { ("X-Forwarded-For", $0) }
        return ProxyClients(networks).client(of: Request.made(.POST, "/", fields, from: ClientAddress(peer)))
    }

    @Test func trustsNoFieldWithoutTheOption() throws {
        #expect(try client([], "127.0.0.1", ["192.0.2.1"]) == ClientAddress("127.0.0.1"))
        #expect(try client(["10.0.0.1"], "127.0.0.1", ["192.0.2.1"]) == ClientAddress("127.0.0.1"))
        #expect(try client(["10.0.0.0/8"], "unix", ["192.0.2.1"]) == .unknown)
    }

    @Test(arguments: [
        (["192.0.2.1"], "192.0.2.1"), (["198.51.100.7, 192.0.2.1"], "192.0.2.1"),
        (["198.51.100.7", "192.0.2.1"], "192.0.2.1"), (["192.0.2.1, 10.0.0.9"], "192.0.2.1"),
        (["6.6.6.6, 192.0.2.1,10.0.0.8 ,\t10.0.0.9"], "192.0.2.1"), (["2001:db8::1"], "2001:db8::1"),
        (["::ffff:192.0.2.1"], "192.0.2.1"), ([], "10.0.0.1"), ([""], "10.0.0.1"), (["x"], "10.0.0.1"),
        (["192.0.2.1, x"], "10.0.0.1"), (["192.0.2.1, x, 10.0.0.9"], "10.0.0.9"), (["192.0.2.1:80"], "10.0.0.1"),
        (["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    ])
    func takesTheLastAddressThatIsNotAProxy(chain: [String], expected: String) throws {
        #expect(try client(["10.0.0.0/8"], "10.0.0.1", chain) == ClientAddress(expected))
    }

    @Test func readsABoundedNumberOfAddresses() throws {
        let chain = "192.0.2.1" + String(repeating: ",10.0.0.2", count: 1000)
        #expect(try client(["10.0.0.0/8"], "10.0.0.1", [chain]) == ClientAddress("10.0.0.2"))
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("0.0.0.0/0", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.1/32", "192.0.2.1", true),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false), ("::1", "::1", true),
        ("::/0", "192.0.2.1", false), ("2001:db8::/65", "2001:db8:0:0:7fff::", true),
        ("2001:db8::/65", "2001:db8:0:0:8000::", false), ("0.0.0.0/0", "::1", false), ("::/0", "x", false),
        ("127.0.0.0/8", "::ffff:127.0.0.1", true),
    ])
    func networksContainTheirAddresses(network: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressNetwork(network)).contains(ClientAddress(address)) == expected)
    }

    @Test(arguments: [
        "", "x", "10.0.0.0/", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "/8",
        "10.0.0/8",
        "::/129", "2001:db8::1/32", "::ffff:10.0.0.0/104", "10.0.0.0/0008", "localhost",
    ])
    func refusesOtherNetworks(_ text: String) { #expect(AddressNetwork(text) == nil) }
}
