import RosterJSON
import RosterModel

/// The manifest of a Node.js package, which contains scripts and settings of hook managers in addition to dependencies.
enum PackageManifest {
    /// The name of the file.
    static let name = "package.json"

    /// Members that hook managers do not execute, and that change with each update of a dependency.
    private static let harmless: Set<String> = [
        "dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "version", "description",
        "author", "license", "keywords", "homepage", "bugs",
    ]

    /// Returns whether two manifests differ only in dependencies and descriptions.
    ///
    /// A manifest that is not a JSON object differs from every other one.
    static func differOnlyInDependencies(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard let one = settings(one), let other = settings(other) else { return false }
        return JSONValue.object(one) == .object(other)
    }

    private static func settings(_ bytes: [UInt8]) -> JSONObject? {
        guard let object = (try? JSONReader.read(utf8: bytes))?.object else { return nil }
        return JSONObject(object.members.filter { !harmless.contains($0.name) })
    }
}
