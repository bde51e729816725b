import RosterBytes
import RosterModel
import Synchronization

/// The digests of what callers may see of a snapshot, each computed once for an access view.
final class VisibleDigests: Sendable {
    private let digests = Mutex<[Int: String]>([:])

    /// Returns the digest of a view, which is computed unless it is known.
    func digest(of view: AccessView, in snapshot: Snapshot) -> String {
        // Computed inside the lock: the event loops that need the same digest at the same time would all compute it.
        digests.withLock { digests in
            if let digest = digests[view.number] { return digest }
            let digest = Self.compute(of: view, in: snapshot)
            digests[view.number] = digest
            return digest
        }
    }

    /// Returns the digest of everything that responses to the view's callers depend on, and of nothing else.
    ///
    /// For a view that lists everything, also what is added later, it is the digest of the registry. Any other view would
    /// notice a change of a hidden record by that digest.
    private static func compute(of view: AccessView, in snapshot: Snapshot) -> String {
        guard !view.mayListEverything else { return snapshot.digest }
        let registry = snapshot.registry
        let projects = Dictionary(registry.projects.map { ($0.id, $0) }) { first, _ in first }
        var text = VisibleText(capacity: 128 * registry.providers.count)
        var listed: Set<ProjectID> = []
        for (position, provider) in registry.providers.enumerated() {
            let (isListed, isReadable) = (view.allows(.list, at: position), view.allows(.get, at: position))
            guard isListed || isReadable else { continue }
            if isListed { listed.insert(provider.projectID) }
            text.add(isListed ? "list" : "")
            text.add(isReadable ? "get" : "")
            text.add(projects[provider.projectID]?.handle.text ?? "")
            text.add(provider.handle.text)
            text.add(snapshot.records.tag(at: position))
        }
        for project in registry.projects where listed.contains(project.id) {
            for part in [project.id.description, project.handle.text, project.name] { text.add(part) }
        }
        for secret in registry.secrets where listed.contains(secret.projectID) {
            for part in [secret.id.description, secret.handle.text, secret.name] { text.add(part) }
            text.add(secret.rotateBy?.description ?? "")
            for host in secret.allowedHosts { text.add(host.text) }
        }
        return text.digest
    }
}

/// Texts in a form from which they can be read back, so that different texts have different digests.
private struct VisibleText {
    private var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func add(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        // No text in UTF-8 has this byte.
        bytes.append(0xFF)
    }

    /// Adds a tag, whose length is always the same.
    mutating func add(_ tag: EntityTag) { tag.append(to: &bytes) }

    /// The digest with the prefix `sha256:`.
    var digest: String { "sha256:" + Digest.sha256(of: bytes.span).hex }
}
