import RosterModel

@testable import RosterServer

extension PublicationMonitor {
    /// Returns a monitor of two sources; its skew is 300 s.
    static func made(_ expiry: Expiry = .refuse, hasStateFolder: Bool = true) -> PublicationMonitor {
        let sources = ["oci://registry.example/llm:main", "dir:/srv/publications"]
        return PublicationMonitor(sources: sources, hasStateFolder: hasStateFolder, expiry: expiry, skew: 300)
    }
}

extension PublicationMonitor.Served {
    /// Returns a publication that is valid for 1,000 s.
    static func made(issued: Int64) -> PublicationMonitor.Served {
        PublicationMonitor.Served(
            channel: "main",
            serial: issued * 1_000 + 487,
            issued: Timestamp(secondsSince1970: issued),
            expires: Timestamp(secondsSince1970: issued + 1_000),
            keyID: "3f9a"
        )
    }
}
