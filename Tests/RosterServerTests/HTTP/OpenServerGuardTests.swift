import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The guard of an open server")
@ConnectionThread
struct OpenServerGuardTests {
    private typealias Repository = ServedRepository
    private static let routes = [
        ServedExample.list, ServedExample.item(Repository.gpt), "/livez", "/readyz", "/status", "/metrics",
        "/openapi.json", "/mcp", "/nowhere",
    ]

    private func status(_ server: ServedExample, _ path: String, _ fields: [String], _ version: String = "1.1")
        async throws
        -> HTTPAnswer
    {
        let connection = try server.connect()
        connection.send("GET \(path) HTTP/\(version)\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n")
        return try #require(try connection.answer())
    }

    @Test func refusesOtherHostsProxiesAndOrigins() async throws {
        let server = try await ServedExample(isOpen: true)
        let own = "Host: 127.0.0.1:4100"
        let misdirected: [[String]] = [
            ["Host: evil.example"], ["Host: localhost.evil.example"], ["Host: 127.0.0.1.evil.example"],
            ["Host: 127.0.0.2"], ["Host: 0.0.0.0"], ["Host: [::2]"], ["Host: localhost:80x"], ["Host: localhost@evil"],
            ["Host: 127.0.0.1, evil"], ["Host:"], ["Host: ::1"], ["Host: localhost."],
            [own, "Forwarded: for=1.2.3.4"], [own, "X-Forwarded-For: 127.0.0.1"], [own, "Via: 1.1 proxy"],
            [own, "x-forwarded-for:"], [own, "FORWARDED: x"],
        ]
        for route in Self.routes {
            for fields in misdirected {
                let answer = try await status(server, route, fields)
                #expect(answer.status == 421 && answer["Roster-Digest"] == nil, "\(route) \(fields)")
            }
        }
        for origin in [
            "null", "https://evil.example", "http://localhost.evil.example", "http://evil.example:4100", "file://",
            "http://127.0.0.1@evil.example", "http://localhost:4100, http://evil.example", "", "localhost",
        ] {
            for route in Self.routes {
                #expect(
                    try await status(server, route, [own, "Origin: \(origin)"]).status == 403,
                    "\(route) \(origin)"
                )
            }
        }
        #expect(
            try await status(server, "/livez", [own, "Origin: http://localhost", "Origin: http://localhost"]).status
                == 403
        )
        for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]", "[::1]:4100", "127.0.0.1:65535"] {
            let answer = try await status(
                server,
                ServedExample.list,
                ["Host: \(host)", "Origin: http://\(host.lowercased())"]
            )
            #expect(answer.status == 200, "\(host)")
            #expect(answer.fields.allSatisfy { !$0.name.lowercased().hasPrefix("access-control") })
        }
        #expect(
            try await status(server, "http://evil.example/livez", ["Host: localhost"]).status == 421,
            "absolute form wins"
        )
        #expect(try await status(server, "http://localhost/livez", ["Host: localhost"]).status == 200)
        for fields in [[], ["Host: localhost", "Host: localhost"], ["Host: localhost", "host: evil.example"]] {
            #expect(try await status(server, "/livez", fields).status == 400, "\(fields)")
        }
        for route in Self.routes {
            #expect(try await status(server, route, [own], "1.0").status == 421, "\(route)")
            #expect(try await status(server, route, [own, "Connection: keep-alive"], "1.0").status == 421, "\(route)")
        }
    }

    /// Fields that some proxy, load balancer or content delivery network adds.
    private static let proxyFields = [
        "Via", "Forwarded", "Forwarded-For", "X-Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto",
        "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Forwarded-Scheme", "X-Forwarded-Ssl",
        "X-Forwarded-Client-Cert", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "X-ProxyUser-Ip", "Client-IP",
        "True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "CF-Ray", "CF-Visitor", "CDN-Loop",
        "Fastly-Client-IP", "Fly-Client-IP", "Fly-Forwarded-Proto", "DO-Connecting-IP", "X-Original-For",
        "X-Original-Forwarded-For", "X-Original-Host", "X-Original-URL", "X-Original-URI", "X-Original-Proto",
        "X-Rewrite-URL", "X-Envoy-External-Address", "X-Envoy-Peer-Metadata", "X-Azure-ClientIP", "X-Azure-SocketIP",
        "X-AppEngine-User-IP", "X-Vercel-Forwarded-For", "X-NF-Client-Connection-IP", "X-Amz-Cf-Id",
        "CloudFront-Viewer-Address", "Akamai-Origin-Hop", "X-Akamai-Edgescape", "X-ARR-SSL", "X-Scheme", "X-Host",
        "Front-End-Https", "X-Remote-IP", "X-Remote-Addr", "Remote-Addr", "X-Originating-IP", "X-Nginx-Proxy",
        "WL-Proxy-Client-IP", "Proxy-Client-IP", "Proxy-Connection", "Proxy-Authorization", "X-BlueCoat-Via-Proxy",
        "Incap-Client-IP", "Tailscale-User-Login", "SSL-Client-Verify", "Some-Vendors-X-Forwarded-For-Header",
    ]

    @Test func refusesFieldsOfProxies() async throws {
        let server = try await ServedExample(isOpen: true)
        let own = "Host: localhost:4100"
        for name in Self.proxyFields {
            for spelling in [name, name.lowercased(), name.uppercased()] {
                let answer = try await status(server, ServedExample.list, [own, "\(spelling): 127.0.0.1"])
                #expect(answer.status == 421 && answer.text.contains(spelling), "\(spelling): \(answer.status)")
            }
        }
        for route in Self.routes {
            for field in ["X-Real-IP: 127.0.0.1", "x-forwarded-host: localhost", "CF-Connecting-IP:"] {
                #expect(try await status(server, route, [own, field]).status == 421, "\(route) \(field)")
            }
        }
        // What clients send is answered as before.
        let usual = [
            own, "User-Agent: curl/8.5.0", "Accept: */*", "Accept-Encoding: gzip, br", "Accept-Language: de",
            "Cookie: a=b",
            "Cache-Control: no-cache", "Pragma: no-cache", "Connection: keep-alive", "Referer: http://localhost/",
            "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: cors", "Sec-CH-UA-Platform-Version: 1", "DNT: 1",
            "TE: trailers",
            "X-Request-ID: a", "X-Requested-With: fetch", "X-B3-TraceId: 1", "Traceparent: 00-1-1-01", "Priority: u=1",
            "Upgrade-Insecure-Requests: 1", "Range: bytes=0-", "If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT",
        ]
        #expect(try await status(server, ServedExample.list, usual).status == 200)
    }

    @Test func refusesAHostThatDiffersFromTheTarget() async throws {
        let server = try await ServedExample(isOpen: true)
        let target = "http://localhost:4100/livez"
        for host in ["evil.example", "127.0.0.1:4100", "localhost", "localhost:1", ""] {
            #expect(try await status(server, target, ["Host: \(host)"]).status == 421, "\(host)")
        }
        for host in ["localhost:4100", "LOCALHOST:4100"] {
            #expect(try await status(server, target, ["Host: \(host)"]).status == 200, "\(host)")
        }
        #expect(try await status(server, "http://a@localhost/livez", ["Host: a@localhost"]).status == 421)
    }

    @Test func acceptsProxiesWithAccessControl() async throws {
        let server = try await ServedExample()
        let fields = [
            "Host: roster.acme.example", "X-Forwarded-For: 1.2.3.4", "Via: 1.1 proxy", "Forwarded: for=1.2.3.4",
            "X-Real-IP: 1.2.3.4", "CF-Connecting-IP: 1.2.3.4", "X-Forwarded-Host: roster.acme.example",
            "X-Forwarded-Proto: https", "Origin: https://acme.example",
            "Authorization: Bearer \(Repository.Token.all.text)",
        ]
        let answer = try await status(server, ServedExample.list, fields)
        #expect(answer.status == 200 && !answer.fields.contains { $0.name.lowercased().hasPrefix("access-control") })
        #expect(try await status(server, ServedExample.list, fields, "1.0").status == 200)
        #expect(try await status(server, "http://other.example" + ServedExample.list, fields).status == 200)
    }
}
