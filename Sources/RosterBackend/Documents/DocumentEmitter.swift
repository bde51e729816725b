import RosterFrontend
import RosterModel
package import RosterSemantics
package import RosterSources

/// The emitter of the registry's document, from the texts of its records to a sink.
///
/// With a history that is known in advance, providers are passed on while files are still being read; otherwise they are
/// retained until all files were read and the history is known. Nothing is passed on after the first error.
package struct DocumentEmitter<Sink: RegistrySink> {
    /// The sink.
    package private(set) var sink: Sink
    /// The error of the sink.
    package private(set) var failure: (any Error)?
    private let history: TreeHistory?
    private var isBegun = false
    private var texts: (providers: [RecordText], secrets: [RecordText]) = ([], [])

    /// Creates an emitter; `history` is nil when it is known only after reading.
    package init(_ sink: Sink, history: TreeHistory?) {
        self.sink = sink
        self.history = history
    }

    /// Takes the text of secrets.
    package mutating func appendSecrets(_ text: RecordText) { texts.secrets.append(text) }

    /// Takes the text of providers; `hasErrors` indicates whether an error was found so far.
    package mutating func appendProviders(_ text: RecordText, in projects: ProjectTable, hasErrors: Bool) {
        guard let history else { return texts.providers.append(text) }
        guard !hasErrors else { return }
        if !isBegun {
            let frame = RegistryEncoder.frame(Registry(projects.roster, history: history))
            pass(frame.pieces(hasProviders: true, hasSecrets: false).head)
            isBegun = true
        }
        pass(text.bytes(dated: history, in: projects.listing))
    }

    /// Passes on everything that was not passed on before, dated by a history.
    package mutating func finish(_ repository: LinkedRepository, history: TreeHistory) {
        let pieces = RegistryEncoder.frame(Registry(repository.roster, history: history))
            .pieces(hasProviders: !repository.providers.isEmpty, hasSecrets: !repository.secrets.isEmpty)
        if !isBegun {
            pass(pieces.head)
            for text in texts.providers { pass(text.bytes(dated: history, in: repository.listing)) }
        }
        pass(pieces.middle)
        for text in texts.secrets { pass(text.bytes(dated: history, in: repository.listing)) }
        pass(pieces.tail)
    }

    private mutating func pass(_ bytes: [UInt8]) {
        guard failure == nil else { return }
        do {
            try sink.receive(bytes)
        } catch {
            failure = error
        }
    }
}
