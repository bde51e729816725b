import RosterFrontend
package import RosterModel

extension Provider {
    /// The record with keys hidden in all of its fields; its host is always shown.
    package var masked: Provider {
        var shown = self
        shown.name = ShownText.mask(name)
        shown.defaultModel = ShownText.mask(defaultModel)
        shown.baseURL = baseURL.map { url in
            let hosts = DestinationText.isValid(url) ? [String(DestinationText.authority(of: url))] : []
            return MaskedText(url, showing: hosts).text
        }
        shown.config = config?.masked
        return shown
    }
}
