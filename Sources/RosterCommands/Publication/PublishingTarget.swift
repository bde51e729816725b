import RosterFleet
import RosterPublication
import SealedBoxes

/// A destination, with the publication that it has now.
struct PublishingTarget {
    let address: PublicationAddress
    let destination: any PublicationDestination
    /// The same place as a source, from which the registry of the publication is read.
    let source: any PublicationSource
    /// The publication that it has; nil for none.
    var seen: PublishedManifest?
    /// The claims of that publication.
    var statement: Statement?
    /// The result of publishing.
    var outcome = Outcome.waiting

    /// The reason why older publications could not be removed; nil when they were.
    var removalProblem: SourceProblem?

    /// The results of publishing to a destination.
    enum Outcome {
        case waiting
        case published
        /// It has the same registry, with more than half of its validity left.
        case unchanged
        /// Nothing was published.
        case failed(String)
        /// The publication was written, and its registry cannot be read.
        case unreadable(String)
    }

    init(_ address: PublicationAddress, _ publications: RemotePublications) throws {
        self.address = address
        destination = try publications.destination(for: address)
        source = try publications.source(for: address)
    }

    /// Reads the publication that the destination has.
    ///
    /// One that cannot be parsed is a failure, unless it is to be replaced without a comparison.
    mutating func read(replacingMalformed: Bool) async {
        do throws(DestinationProblem) { seen = try await destination.current() } catch {
            outcome = .failed(Self.describe(error))
            return
        }
        guard let seen else { return }
        do throws(Refusal) { statement = try Statement(payload: Envelope(seen.envelope).payload) } catch {
            guard !replacingMalformed else { return }
            let reason = "it has something else than a publication: \(error.message)"
            outcome = .failed("\(reason); to replace it: --allow-older")
        }
    }

    /// Returns a Boolean value that indicates whether the publication that it has is signed by a key.
    func isSigned(by key: SigningPublicKey) -> Bool {
        guard let seen, let envelope = try? Envelope(seen.envelope) else { return false }
        return (try? TrustedKeys(pem: Array(key.pem.utf8)).signer(of: envelope)) != nil
    }

    /// A Boolean value that indicates whether the destination failed.
    var hasFailed: Bool { failure != nil }

    /// The reason why the destination failed; nil when it did not.
    var failure: String? {
        switch outcome {
        case .waiting, .published, .unchanged: nil
        case .failed(let reason): "nothing was published to \(address): \(reason)"
        case .unreadable(let reason): "\(address) does not return the registry that was published to it: \(reason)"
        }
    }

    static func describe(_ problem: DestinationProblem) -> String {
        switch problem {
        case .overtaken(let serial): "it has the newer serial \(serial): another pipeline was faster"
        case .failed(let problem): problem.message
        }
    }
}
