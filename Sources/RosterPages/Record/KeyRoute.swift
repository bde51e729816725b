import RosterModel

/// The section of a provider's page that shows where its key goes.
struct KeyRoute {
    private let record: ProviderRecord
    private let today: CalendarDate

    init(_ record: ProviderRecord, _ today: CalendarDate) { (self.record, self.today) = (record, today) }

    /// The contents of the section.
    var contents: HTML {
        let url = record.endpoint?.chat ?? ""
        func flow(_ origin: HTML, _ verb: StaticString, _ form: HTML) -> HTML {
            """
            <ol class=flow><li>\(origin)<li><small>\(constant: verb)</small><strong>\(url)</strong>\
            <small>\(form)</small></ol>
            """
        }
        guard record.endpoint?.isKeyed == true else {
            return flow(
                "<small>No key</small><strong>none</strong><small>This provider has no secret</small>",
                "requests go to",
                "without a key"
            )
        }
        guard record.secret != nil else {
            return flow(
                """
                <small>The AWS identity</small><strong>of the host that runs the program</strong>\
                <small>No secret of the registry</small>
                """,
                "signs requests to",
                "AWS’s own hosts of the region only"
            )
        }
        return "\(flow(origin, "is sent to", "in the header \(sentAs)"))\(limits)"
    }

    /// The key, as far as the reader may see its facts.
    private var origin: HTML {
        guard let secret = record.secret, record.showsSecret else {
            return "<small>The key</small><strong>of this provider</strong><small>You may not see its facts</small>"
        }
        return """
            <small>The key</small><strong>\(record.project)/\(secret.handle)</strong>\
            <small><bdi>\(secret.name)</bdi>, generation \(Int(secret.generation))</small>
            """
    }

    /// The header field that has the key.
    private var sentAs: HTML {
        switch record.provider.slug.facts.authentication {
        case .bearer: "Authorization: Bearer"
        case .header(let name): "\(constant: name)"
        case .awsSignature: "Authorization, as an AWS signature or after Bearer"
        }
    }

    private var limits: HTML? {
        guard let secret = record.secret, record.showsSecret else { return nil }
        let hosts: [HTML] = secret.allowedHosts.enumerated().map { index, host in
            "\(constant: index > 0 ? ", " : "")<code>\(host.text)</code>"
        }
        let date: HTML = secret.rotateBy == nil ? "no date" : "\(rotation(of: secret))"
        return "<dl class=pairs><dt>May go to<dd>\(hosts), and nowhere else<dt>Rotate by<dd>\(date)</dl>"
    }

    private func rotation(of secret: Secret) -> HTML {
        guard let date = secret.rotateBy else { return "no date" }
        return date <= today ? "<span class=\"b bad\">overdue \(date)</span>" : "\(date)"
    }
}
