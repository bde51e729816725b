// swift-tools-version: 6.2

import PackageDescription

/// A user of Roster's library products, and of nothing else: it builds only as long as they are enough.
let package = Package(
    name: "consumer",
    dependencies: [.package(name: "roster", path: "../..")],
    targets: [
        .executableTarget(
            name: "Consumer",
            dependencies: [
                .product(name: "RosterModel", package: "roster"),
                .product(name: "RosterCompiler", package: "roster"),
                .product(name: "RosterRuntime", package: "roster"),
            ]
        )
    ],
    swiftLanguageModes: [.v6]
)
