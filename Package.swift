// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "roster",
    products: [
        .executable(name: "roster", targets: ["roster"]),
        .library(name: "RosterModel", targets: ["RosterModel", "RosterJSON"]),
        // With the modules of the trees that it reads, of the diagnostics that it returns and of the sinks that it fills.
        .library(
            name: "RosterCompiler",
            targets: ["RosterCompiler", "RosterBackend", "RosterSources", "RosterDiagnostics"]
        ),
        .library(name: "RosterRuntime", targets: ["RosterRuntime"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        // Without its trait for Foundation, which would be linked in and slow every start.
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(name: "CLibSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // SHA-256 by the processor's own instructions, which libsodium does not use.
        .target(name: "CSHA256"),
        .target(name: "CArguments"),
        .target(name: "RosterBytes", dependencies: ["CLibSodium", "CSHA256"]),
        .target(name: "RosterJSON", dependencies: ["RosterBytes"]),
        .target(name: "YAMLSyntax", dependencies: ["CLibYAML", "RosterBytes"]),
        .target(name: "SealedBoxes", dependencies: ["CLibSodium", "RosterBytes"]),
        .target(name: "RosterModel", dependencies: ["RosterBytes", "RosterJSON"]),
        .target(name: "RosterCatalogue", dependencies: ["RosterBytes", "RosterJSON", "RosterModel"]),
        .target(name: "RosterDiagnostics", dependencies: ["RosterBytes", "RosterJSON"]),
        .target(name: "RosterSources", dependencies: ["RosterBytes", "RosterModel"]),
        .target(
            name: "RosterFrontend",
            dependencies: [
                "RosterBytes", "RosterJSON", "YAMLSyntax", "SealedBoxes", "RosterDiagnostics", "RosterModel",
                "RosterSources",
            ]
        ),
        .target(
            name: "RosterSemantics",
            dependencies: [
                "RosterCatalogue",
                "RosterBytes", "RosterJSON", "RosterFrontend", "SealedBoxes", "YAMLSyntax", "RosterDiagnostics",
                "RosterModel", "RosterSources",
            ]
        ),
        .target(
            name: "RosterBackend",
            dependencies: [
                "RosterBytes", "RosterJSON", "RosterSemantics", "RosterFrontend", "RosterDiagnostics", "RosterModel",
                "RosterSources",
            ]
        ),
        .target(
            name: "RosterCompiler",
            dependencies: [
                "RosterCatalogue",
                "RosterBytes", "RosterJSON", "RosterBackend", "RosterSemantics", "RosterFrontend", "YAMLSyntax",
                "SealedBoxes", "RosterDiagnostics", "RosterModel", "RosterSources",
            ]
        ),
        .target(
            name: "RosterGit",
            dependencies: [
                "RosterBytes", "RosterSources", "RosterModel",
                .product(name: "Subprocess", package: "swift-subprocess"),
            ]
        ),
        .target(
            name: "RosterEditing",
            dependencies: [
                "RosterCatalogue",
                "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources",
                "RosterDiagnostics", "RosterModel", "SealedBoxes", "YAMLSyntax", "RosterBytes", "RosterJSON",
            ]
        ),
        .target(
            name: "RosterReview",
            dependencies: [
                "RosterCatalogue",
                "RosterGit", "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources",
                "RosterDiagnostics", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
            ]
        ),
        .target(
            name: "RosterPages",
            dependencies: [
                "RosterBridges", "RosterRuntime", "RosterReview", "RosterCatalogue", "RosterFrontend",
                "RosterDiagnostics", "RosterModel", "RosterBytes", "RosterJSON",
            ],
            resources: [
                .embedInCode("Assets/page.css"), .embedInCode("Assets/page.js"), .embedInCode("Assets/favicon.svg"),
            ]
        ),
        .target(
            name: "RosterServer",
            dependencies: [
                "RosterPages", "RosterPublication", "RosterReview", "RosterCatalogue",
                "RosterEditing", "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterGit",
                "RosterSources", "RosterDiagnostics", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
                "CZlib",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "Logging", package: "swift-log"),
                // Without the part of it that brings Foundation.
                .product(name: "CoreMetrics", package: "swift-metrics"),
                // Without ServiceLifecycle, whose dependencies would add 1.2 MB for two services.
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .target(
            name: "RosterPublication",
            dependencies: ["RosterBytes", "RosterJSON", "RosterModel", "SealedBoxes"]
        ),
        .target(
            name: "RosterHTTPClient",
            dependencies: [
                "RosterBytes", "RosterModel", "SealedBoxes",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOExtras", package: "swift-nio-extras"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
            ]
        ),
        .target(
            name: "RosterFleet",
            dependencies: [
                "RosterPublication", "RosterHTTPClient", "RosterServer", "RosterEditing", "RosterCompiler",
                "RosterBackend", "RosterSemantics", "RosterSources", "RosterDiagnostics", "RosterModel", "SealedBoxes",
                "RosterBytes", "RosterJSON",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "RosterRuntime",
            dependencies: [
                "CArguments", "RosterBytes", "RosterDiagnostics", "RosterHTTPClient", "RosterJSON", "RosterModel",
                "SealedBoxes",
            ]
        ),
        .target(
            name: "RosterBridges",
            dependencies: [
                "RosterRuntime", "RosterEditing", "RosterCompiler", "RosterBackend", "RosterSemantics",
                "RosterFrontend", "RosterSources", "RosterDiagnostics", "RosterModel", "SealedBoxes", "YAMLSyntax",
                "RosterBytes", "RosterJSON",
            ]
        ),
        .target(
            name: "RosterWorkspace",
            dependencies: [
                "RosterCatalogue",
                "RosterBytes", "RosterJSON", "RosterRuntime", "RosterEditing", "RosterReview", "RosterGit",
                "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources",
                "RosterDiagnostics", "RosterModel", "SealedBoxes",
            ]
        ),
        .target(
            name: "RosterCommands",
            dependencies: [
                "RosterCatalogue",
                "RosterBytes", "RosterJSON",
                "RosterFleet", "RosterPublication", "RosterHTTPClient",
                "RosterBridges", "RosterWorkspace", "RosterServer", "RosterRuntime", "RosterReview", "RosterEditing",
                "RosterGit", "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources",
                "RosterDiagnostics", "RosterModel", "SealedBoxes", "YAMLSyntax",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .executableTarget(
            name: "roster",
            dependencies: ["RosterCommands"],
            // Sixty thousand addresses to adjust at every start take a hundredth of the room in this form, which glibc
            // reads from 2.36 on; the toolchain's own linker writes it. https://sourceware.org/glibc/wiki/Release/2.36
            // No program links against this one, whose symbol table would add 4 MB to each start.
            linkerSettings: [
                .unsafeFlags(
                    [
                        "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker",
                        "--no-export-dynamic",
                    ],
                    .when(platforms: [.linux])
                )
            ]
        ),

        .target(name: "RosterTestSupport", path: "Tests/RosterTestSupport"),
        .target(
            name: "RosterServerTestSupport",
            dependencies: ["RosterServer", .product(name: "NIOCore", package: "swift-nio")],
            path: "Tests/RosterServerTestSupport"
        ),
        .testTarget(name: "RosterBytesTests", dependencies: ["RosterBytes"]),
        .testTarget(name: "RosterJSONTests", dependencies: ["RosterJSON"]),
        .testTarget(name: "YAMLSyntaxTests", dependencies: ["RosterTestSupport", "YAMLSyntax"]),
        .testTarget(name: "SealedBoxesTests", dependencies: ["RosterBytes", "RosterTestSupport", "SealedBoxes"]),
        .testTarget(name: "RosterDiagnosticsTests", dependencies: ["RosterDiagnostics"], exclude: ["Goldens"]),
        .testTarget(
            name: "RosterModelTests",
            dependencies: ["RosterBytes", "RosterJSON", "RosterTestSupport", "RosterModel"],
            exclude: ["path_peer.py"]
        ),
        .testTarget(
            name: "RosterCatalogueTests",
            dependencies: ["RosterTestSupport", "RosterCatalogue", "RosterModel", "RosterJSON"],
            exclude: ["Feeds", "matches.tsv", "sunset_differences.tsv", "sunset_peer.py"]
        ),
        .testTarget(name: "RosterSourcesTests", dependencies: ["RosterSources"]),
        .testTarget(name: "RosterFrontendTests", dependencies: ["RosterFrontend", "RosterModel", "YAMLSyntax"]),
        .testTarget(
            name: "RosterSemanticsTests",
            dependencies: [
                "RosterTestSupport", "RosterSemantics", "RosterFrontend", "RosterSources", "RosterDiagnostics",
                "RosterModel", "RosterJSON", "SealedBoxes", "YAMLSyntax",
            ]
        ),
        .testTarget(name: "RosterBackendTests", dependencies: ["RosterBackend"]),
        .testTarget(
            name: "RosterCompilerTests",
            dependencies: [
                "RosterTestSupport", "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend",
                "RosterSources", "RosterDiagnostics", "RosterModel", "YAMLSyntax", "RosterJSON",
            ],
            exclude: ["schema_verdicts.py", "yaml12_peer.py"]
        ),
        .testTarget(
            name: "RosterEditingTests",
            dependencies: [
                "RosterTestSupport", "RosterEditing", "RosterCompiler", "RosterBackend", "RosterSemantics",
                "RosterFrontend", "RosterSources", "RosterDiagnostics", "RosterModel", "RosterJSON",
            ],
            exclude: ["yaml_peer.py"]
        ),
        .testTarget(
            name: "RosterPagesTests",
            dependencies: [
                "RosterTestSupport", "RosterPages", "RosterBridges", "RosterRuntime", "RosterReview", "RosterCatalogue",
                "RosterDiagnostics", "RosterModel", "RosterBytes", "RosterJSON",
            ],
            exclude: ["Snippets/snippet_peer.js", "Snippets/snippet_peer.py"]
        ),
        .testTarget(
            name: "RosterServerTests",
            dependencies: [
                "RosterTestSupport", "RosterServerTestSupport", "RosterServer", "RosterPages", "RosterPublication",
                "RosterReview",
                "RosterCompiler", "RosterBackend",
                "RosterSemantics", "RosterFrontend", "RosterGit", "RosterSources", "RosterDiagnostics", "RosterEditing",
                "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON", "CZlib",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .testTarget(
            name: "RosterGitTests",
            dependencies: ["RosterTestSupport", "RosterGit", "RosterCompiler", "RosterSources", "RosterModel"]
        ),
        .testTarget(
            name: "RosterPublicationTests",
            dependencies: [
                "RosterTestSupport", "RosterPublication", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
            ],
            exclude: ["dsse_peer.py"]
        ),
        .testTarget(
            name: "RosterRuntimeTests",
            dependencies: [
                "RosterTestSupport", "RosterRuntime", "RosterCompiler", "RosterBackend", "RosterSemantics",
                "RosterFrontend", "RosterSources", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
            ]
        ),
        .testTarget(
            name: "RosterHTTPClientTests",
            dependencies: [
                "RosterTestSupport", "RosterHTTPClient", "RosterModel", "RosterBytes",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        .testTarget(
            name: "RosterFleetTests",
            dependencies: [
                "RosterTestSupport", "RosterServerTestSupport", "RosterFleet", "RosterPublication", "RosterHTTPClient",
                "RosterServer", "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend",
                "RosterSources", "RosterDiagnostics", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ]
        ),
        .testTarget(
            name: "RosterReviewTests",
            dependencies: [
                "RosterTestSupport", "RosterReview", "RosterCompiler", "RosterBackend", "RosterSemantics",
                "RosterFrontend",
                "RosterSources", "RosterDiagnostics", "RosterModel", "SealedBoxes", "RosterBytes", "RosterJSON",
            ]
        ),
        .testTarget(
            name: "RosterBridgesTests",
            dependencies: [
                "RosterTestSupport", "RosterBridges", "RosterRuntime", "RosterEditing", "RosterCompiler",
                "RosterCatalogue", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources",
                "RosterDiagnostics",
                "RosterModel", "SealedBoxes", "YAMLSyntax", "RosterBytes", "RosterJSON",
            ],
            exclude: ["dotenv_peer.py"]
        ),
        .testTarget(
            name: "RosterCommandsTests",
            dependencies: [
                "RosterBytes", "RosterJSON",
                "RosterTestSupport", "RosterBridges", "RosterCommands", "RosterPages", "RosterWorkspace",
                "RosterRuntime",
                "RosterReview",
                "RosterEditing",
                "RosterCompiler", "RosterBackend", "RosterSemantics", "RosterFrontend", "RosterSources", "RosterModel",
                "SealedBoxes",
                "roster",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: [
                "Export/export_peer.py", "Export/export_schema_peer.py", "Export/litellm_peer.py",
                "Import/litellm_peer.py",
                "Runtime/harmless_variables.txt", "Runtime/paste_peer.py", "Runtime/recording_server.py",
                "Runtime/sdk_peer.py",
                "Runtime/sdk_variables.py", "Serve/proxy_peer.py", "Serve/slow_peer.py", "acceptance_peer.py",
                "conversation_peer.py", "github_peer.py", "markdown_peer.py", "mcp_clients_peer.py", "mcp_peer.py",
                "private_git_peer.py",
                "history_oracle.py", "pynacl_peer.py", "random_histories.py", "rerun_peer.py", "terminal_peer.py",
                "terminal_signal_peer.py",
            ]
        ),
    ]
)

let fuzzedTargets: [Target.Dependency] = [
    "RosterBackend", "RosterCompiler", "RosterDiagnostics", "RosterEditing", "RosterFleet", "RosterFrontend",
    "RosterGit", "RosterJSON", "RosterModel", "RosterPublication", "RosterServer", "RosterServerTestSupport",
    "RosterSources", "SealedBoxes", "YAMLSyntax",
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOEmbedded", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
]

// The fuzzers need libFuzzer's runtime: ROSTER_FUZZ=1 swift build --scratch-path .build-fuzz --product roster-fuzz
let isFuzzing = Context.environment["ROSTER_FUZZ"] == "1"
if isFuzzing {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzzing/CLibFuzzer"),
        .executableTarget(
            name: "roster-fuzz",
            dependencies: ["CLibFuzzer"] + fuzzedTargets,
            path: "Tests/Fuzzing",
            exclude: ["Corpora", "CorpusTests.swift", "Dictionaries", "CLibFuzzer"],
            linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]
        ),
    ]
} else {
    package.targets.append(
        .testTarget(
            name: "FuzzingTests",
            dependencies: fuzzedTargets,
            path: "Tests/Fuzzing",
            exclude: ["CLibFuzzer", "Corpora", "Dictionaries", "Driver"]
        )
    )
}

// A program for scripts/bench, which is not installed.
if Context.environment["ROSTER_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "decode-benchmark",
            dependencies: ["RosterCompiler", "RosterBackend", "RosterModel", "RosterSources"],
            path: "Tests/DecodeBenchmark"
        )
    )
}

// The tests of some modules only, which build in a fraction of the time: ROSTER_TESTS=RosterFleetTests swift test
if let wanted = Context.environment["ROSTER_TESTS"]?.split(separator: ",").map(String.init) {
    package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}

/// The modules that scripts/release optimizes for size.
let smallTargets: Set = [
    "RosterBridges", "RosterCommands", "RosterEditing", "RosterFleet", "RosterGit", "RosterHTTPClient",
    "RosterPublication", "RosterReview", "RosterRuntime", "RosterWorkspace",
]

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0337-support-incremental-migration-to-concurrency-checking.md
        .swiftLanguageMode(.v6),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0461-async-function-isolation.md
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0480-swiftpm-warning-control.md
        .treatAllWarnings(as: .error),
    ]
    if target.type == .regular {
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0458-strict-memory-safety.md
        target.swiftSettings?.append(.strictMemorySafety())
    }
    // The code of a command that people wait for once is better small than fast.
    if Context.environment["ROSTER_RELEASE"] == "1", smallTargets.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-Osize"]))
    }
    // For the tests of .ci/run, since an optimizer can make mistakes.
    if Context.environment["ROSTER_OPTIMIZED"] == "1", target.type == .regular {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
    // For `scripts/deep-test release`, and not for packages: the compiler crashes on swift-subprocess with these options.
    if let options = Context.environment["ROSTER_MODULE_OPTIONS"], target.type == .regular {
        target.swiftSettings?.append(.unsafeFlags(options.split(separator: " ").map(String.init)))
    }
    if isFuzzing, target.type == .regular {
        target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer", "-O"]))
    }
}
