import RosterBytes

/// A file that pages load: the style sheet, the script or the icon.
package struct Asset: Sendable {
    /// The path with a digest of the bytes, so that a browser can keep the file for ever.
    package let path: String
    /// The content type.
    package let type: StaticString
    /// The file.
    package let bytes: [UInt8]
    /// The source expression of a policy, and the value of `integrity`: `sha256-` and the digest in base64.
    package let integrity: String

    private init(_ stem: String, _ suffix: String, _ type: StaticString, _ bytes: [UInt8]) {
        let digest = Digest.sha256(of: bytes.span)
        path = "/assets/\(stem)-\(digest.hex.prefix(12)).\(suffix)"
        integrity = "sha256-" + CanonicalBase64.encode(digest.bytes.span)
        self.type = type
        self.bytes = bytes
    }

    /// The style sheet.
    package static let style = Asset("page", "css", "text/css; charset=utf-8", PackageResources.page_css)
    /// The script; every task works without it.
    package static let script = Asset("page", "js", "text/javascript; charset=utf-8", PackageResources.page_js)
    /// The icon.
    package static let icon = Asset("favicon", "svg", "image/svg+xml", PackageResources.favicon_svg)

    /// All files.
    package static let all = [style, script, icon]
}
