import Foundation
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("Requests to write that are refused")
struct WriteRefusalTests {
    private typealias Repository = ServedRepository
    private typealias Token = ServedRepository.Token
    private static let list = ServedExample.list
    private static let gpt = ServedExample.item(ServedRepository.gpt)

    @Test func rejectsUnreadableBodies() async throws {
        let server = try await ServedExample()
        let all = Token.all.text
        for body in [
            "", "{", "nonsense", "{\"name\": \"a\"} x", "{\"name\": 'a'}", "{\"a\":1,}", "\u{FEFF}{}",
            "{\"a\":1,\"a\":2}",
        ] {
            #expect(try await server.request("PATCH", Self.gpt, token: all, body: body).status == 400, "\(body)")
            #expect(try await server.request("POST", Self.list, token: all, body: body).status == 400, "\(body)")
        }
        let huge = #"{"config":{"n":123456789012345678901234567890}}"#
        #expect(
            try await server.request("PATCH", Self.gpt, token: all, body: huge).status == 400,
            "does not fit 64 bits"
        )
        let deep = String(repeating: "[", count: 100_000)
        #expect(try await server.request("PATCH", Self.gpt, token: all, body: "{\"config\":" + deep).status == 400)
        #expect(try await server.request("PATCH", Self.gpt, token: all).status == 415, "no body, no type")
        for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", "", "*/*", "json"] {
            let answer = try await server.request("PATCH", Self.gpt, token: all, body: "{}", type: type)
            #expect(answer.status == 415 && answer.object["title"] != nil, "\(type)")
        }
        let types = ["application/merge-patch+json", "Application/JSON; charset=utf-8", "application/json ;a=\"b\""]
        for type in types {
            #expect(
                try await server.request("PATCH", Self.gpt, token: all, body: "{\"name\":\"x\"}", type: type).status
                    == 405
            )
        }
        #expect(try await server.request("PATCH", Self.gpt + "?x=1", token: all, body: "{}").status == 400)
        #expect(try await server.request("DELETE", Self.gpt + "?force=1", token: all).status == 400)
        let same = try await server.request("PATCH", Self.gpt, token: all, body: "{}")
        #expect(same.status == 405 && (same.object["fileEdit"] as? [String: Any])?["patch"] as? String == "")
    }

    /// A change that `check` would find something wrong with, the rule that finds it, and what the detail names.
    private static let invalid: [(patch: String, rule: String, word: String)] = [
        (#"{"provider":"antropic"}"#, "unknown-provider-slug", "antropic"),
        (#"{"naem":"x"}"#, "unknown-field", "naem"), (#"{"name":5}"#, "wrong-type", "name"),
        (#"{"name":null}"#, "missing-field", "name"), (#"{"name":""}"#, "invalid-value", ""),
        (#"{"secretId":"sec_0000000000000000"}"#, "unknown-secret", "secret"),
        (#"{"secretId":"openai-prod"}"#, "unknown-secret", "secret"), (#"{"secretId":5}"#, "wrong-type", "secretId"),
        (#"{"baseUrl":"not a url"}"#, "", ""), (#"{"config":[1]}"#, "wrong-type", "config"),
        (#"{"config":{"a":"\u0000"}}"#, "invalid-value", "control"), (#"{"name":"a\nb"}"#, "invalid-value", "control"),
        (#"{"name":"\u202e"}"#, "", ""), (#"{"id":"aip_0000000000000000"}"#, "invalid-value", "id"),
        (#"{"projectId":"proj_hLF0TG2Fv5uUbiqq"}"#, "invalid-value", "projectId"),
        (#"{"createdAt":"2020-01-01T00:00:00Z"}"#, "invalid-value", "createdAt"),
        (#"{"secret":"openai-prod"}"#, "unknown-field", "secret"),
        (#"{"config":{"apiKey":"sk-proj-abcdefghijklmnopqrstuvwxyz0123456789abcdefghijkl"}}"#, "", ""),
    ]

    @Test func reportsTheDiagnosticsOfCheck() async throws {
        let server = try await ServedExample()
        for (patch, rule, word) in Self.invalid {
            let answer = try await server.request("PATCH", Self.gpt, token: Token.all.text, body: patch)
            #expect(answer.status == 422, "\(patch) gives \(answer.status): \(answer.text)")
            let diagnostics = try #require(answer.object["diagnostics"] as? [[String: Any]], "\(patch)")
            #expect(diagnostics.allSatisfy { $0["path"] as? String == "providers/acme/gpt-4o.yaml" }, "\(answer.text)")
            if !rule.isEmpty {
                #expect(diagnostics.contains { $0["rule"] as? String == rule }, "\(patch) \(answer.text)")
            }
            #expect((answer.object["detail"] as? String)?.contains(word) ?? false || word.isEmpty, "\(answer.text)")
            #expect(!answer.text.contains("abcdefghijklmnopqrstuvwxyz0123456789"), "a key is not repeated")
        }
        for body in ["[]", "5", "null", "\"x\""] {
            #expect(
                try await server.request("PATCH", Self.gpt, token: Token.all.text, body: body).status == 422,
                "\(body)"
            )
        }
        let post = #"{"projectId":"\#(Repository.acme)","name":"n","provider":"openai"}"#
        let missing = try await server.request("POST", Self.list, token: Token.all.text, body: post)
        #expect(
            missing.status == 422 && missing.text.contains("missing-field") && missing.text.contains("defaultModel")
        )
        let answer = try await server.request("POST", Self.list, token: Token.all.text, body: #"{"name":"n"}"#)
        #expect(answer.status == 422 && answer.text.contains("projectId"))
    }

    @Test func answersForbiddenProjectsAsUnknownOnes() async throws {
        let server = try await ServedExample()
        func create(_ project: String, _ token: Token, name: String = "new") async throws -> HTTPAnswer {
            let body = #"{"projectId":"\#(project)","name":"\#(name)","provider":"ollama","defaultModel":"m"}"#
            return try await server.request("POST", Self.list, token: token.text, body: body)
        }
        let (nowhere, elsewhere) = (
            try await create("proj_0000000000000000", .writer), try await create(Repository.labs, .writer)
        )
        #expect(nowhere.status == 403 && nowhere.shape == elsewhere.shape)
        #expect(try await create("labs", .writer).shape == nowhere.shape)
        #expect(try await create(Repository.acme, .writer).status == 405)
        #expect(try await create(Repository.labs, .locked).status == 405)
        #expect(try await create(Repository.acme, .locked).status == 403)
        #expect(try await create(Repository.acme, .reader).status == 403)
        let claude = ServedExample.item(Repository.claude)
        #expect(try await server.request("PATCH", claude, token: Token.writer.text, body: "{}").status == 403)
        #expect(try await server.request("DELETE", claude, token: Token.writer.text).status == 403)
        #expect(try await server.request("GET", claude, token: Token.writer.text).status == 200)
        let gateway = ServedExample.item(ServedRepository.gateway)
        #expect(try await server.request("DELETE", gateway, token: Token.writer.text).status == 405)
        // A policy names this one: the error of roster.yaml is reported without its place.
        let clash = try await server.request("DELETE", Self.gpt, token: Token.writer.text)
        let found = clash.object["diagnostics"] as? [[String: Any]]
        #expect(clash.status == 422 && found?.count == 1 && found?[0]["rule"] as? String == "unknown-resource")
        #expect(found?[0]["path"] as? String == "providers/acme/gpt-4o.yaml" && !clash.text.contains("roster.yaml"))
        #expect(!clash.text.contains("denied"))
    }

    @Test func hidesDeniedRecordsInDiagnostics() async throws {
        let hidden = """
            id: aip_HiddenHiddenHidd
            name: HIDDENNAME
            provider: openai
            defaultModel: hidden-canary-model
            secret: openai-prod
            baseUrl: https://eu.api.openai.com/hidden-canary/v1

            """
        let files = try ServedRepository.files(isOpen: false)
        let roster = String(decoding: try #require(files.first { $0.path == "roster.yaml" }).bytes, as: UTF8.self)
        let server = try await ServedExample(changes: [
            "roster.yaml": roster.replacing("acme/gpt-4o", with: "acme/hidden-canary"),
            "providers/acme/hidden-canary.yaml": hidden,
            "providers/acme/hidden-canary-2.yaml": hidden.replacing("dd\n", with: "d2\n"),
        ])
        let denied = Token.denied.text
        #expect(!(try await server.request("GET", Self.list, token: denied).text.contains("hidden-canary.yaml")))
        // The same name and model again, a base URL that the secret's hosts do not have, secrets that are nearly right.
        let bodies = [
            #"{"name":"HIDDENNAME"}"#, #"{"name":"HIDDENNAME","defaultModel":"hidden-canary-model"}"#,
            #"{"baseUrl":"https://eu.api.openai.com/hidden-canary/v1"}"#, #"{"secretId":"sec_IdGkpVcKERzYUb8u"}"#,
            #"{"secretId":"sec_xxxxxxxxxxxxxxxx"}"#, #"{"provider":"antropic"}"#, #"{"secret":"openai-prd"}"#,
            #"{"secretId":"sec_IdGkpVcKERzYUb8u","provider":"bedrock"}"#,
        ]
        for body in bodies {
            let answer = try await server.request("PATCH", Self.gpt, token: denied, body: body)
            #expect([405, 422].contains(answer.status) || body.isEmpty, "\(body) \(answer.text)")
            for canary in ["hidden-canary.yaml", "HiddenHiddenHidd", "labs/"] {
                #expect(!answer.text.contains(canary), "\(body) \(answer.text)")
            }
        }
        for name in ["hidden canary", "Hidden-Canary", "HIDDENNAME"] {
            let body = #"{"projectId":"\#(Repository.acme)","name":"\#(name)","provider":"openai","defaultModel":"m"}"#
            let answer = try await server.request("POST", Self.list, token: denied, body: body)
            #expect(!answer.text.contains("HiddenHiddenHidd"), "\(answer.text)")
        }
    }
}
