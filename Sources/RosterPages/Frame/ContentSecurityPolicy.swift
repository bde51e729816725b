/// The policy that browsers enforce on pages: nothing loads except the style sheet, the script and the icon.
package enum ContentSecurityPolicy {
    /// The value of the field `Content-Security-Policy`.
    ///
    /// - The script is allowed by its digest, so that no other response of the server can run as one.
    /// - A style sheet cannot be allowed by a digest; the server has a single response of the type `text/css`.
    /// - `form-action` keeps injected markup from sending a token elsewhere, and `base-uri` from redirecting links.
    package static let value = [
        "default-src 'none'", "style-src 'self'", "script-src '\(Asset.script.integrity)'", "img-src 'self'",
        "connect-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
        "require-trusted-types-for 'script'", "trusted-types 'none'",
    ].joined(separator: "; ")
}
