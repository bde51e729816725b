import RosterJSON
import RosterModel

extension RegisteredProvider {
    /// Returns the headers of requests whose values are in the record.
    ///
    /// - Throws: ``ProviderFailure`` when a value is not allowed in a header.
    package func configuredHeaders() throws(ProviderFailure) -> [ProviderRequest.Field] {
        let (config, facts) = (record.config, record.slug.facts)
        var fields: [ProviderRequest.Field] = []
        for header in facts.configuredHeaders {
            guard let value = config?[header.config.description]?.string ?? header.otherwise?.description else {
                continue
            }
            guard !value.isEmpty, value.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw ProviderFailure(
                    .endpoint,
                    "config.\(header.config) of \(name) has a character that is not allowed in a header"
                )
            }
            fields.append(ProviderRequest.Field(header.name.description, value))
        }
        guard facts.sendsConfiguredHeaders, let extra = config?["headers"]?.object else { return fields }
        for member in extra.members {
            guard HeaderName.refusal(of: member.name) == nil, let value = member.value.string,
                value.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
            else {
                throw ProviderFailure(.endpoint, "config.headers of \(name) has a header that is not sent")
            }
            // A header from the configuration may be confidential.
            fields.append(ProviderRequest.Field(member.name, value, isSecret: true))
        }
        return fields
    }
}
