import RosterJSON
import RosterModel

/// The members of `GET /status` about publications.
enum PublicationStatus {
    /// Writes the publication that is served and, with `showsSources`, the sources and the state folder.
    ///
    /// Addresses, and the messages that repeat them, need the right that shows why a revision is refused.
    static func write(_ state: PublicationMonitor.State, showsSources: Bool, to json: inout JSONWriter) {
        json.name("publication")
        write(state.served, to: &json)
        guard showsSources else { return }
        json.name("sources")
        json.array { json in
            for source in state.sources {
                json.element()
                write(source, to: &json)
            }
        }
        json.name("state")
        guard let saved = state.saved else { return json.null() }
        json.object { json in
            json.name("savedAt")
            json.string(saved.savedAt?.description)
            json.name("failure")
            write(saved.failure, to: &json)
        }
    }

    private static func write(_ served: PublicationMonitor.Served?, to json: inout JSONWriter) {
        guard let served else { return json.null() }
        json.object { json in
            json.name("channel")
            json.string(served.channel)
            json.name("serial")
            json.integer(Int(served.serial))
            json.name("issued")
            json.string(served.issued.description)
            json.name("expires")
            json.string(served.expires.description)
            json.name("keyId")
            json.string(served.keyID)
        }
    }

    private static func write(_ source: PublicationMonitor.Source, to json: inout JSONWriter) {
        json.object { json in
            json.name("source")
            json.string(source.address)
            json.name("state")
            json.string(source.isUp.map { $0 ? "up" : "down" })
            json.name("checkedAt")
            json.string(source.checkedAt?.description)
            json.name("changedAt")
            json.string(source.changedAt?.description)
            json.name("failure")
            write(source.failure, to: &json)
        }
    }

    private static func write(_ failure: PublicationMonitor.Failure?, to json: inout JSONWriter) {
        guard let failure else { return json.null() }
        json.object { json in
            json.name("reason")
            json.string(failure.reason)
            json.name("message")
            json.string(failure.message)
            json.name("at")
            json.string(failure.at.description)
        }
    }
}
