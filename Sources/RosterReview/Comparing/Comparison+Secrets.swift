import RosterBytes
import RosterCompiler
import RosterFrontend
import RosterJSON
import RosterModel
import RosterSemantics

extension Comparison {
    /// Returns the row of a secret; nil if it did not change.
    func secretRow(_ pair: SecretPair) -> Change? {
        guard let shown = pair.after ?? pair.before else { return nil }
        let (before, after) = (pair.before, pair.after)
        if Self.isSameFile(pair) { return nil }
        var pair = pair
        let places = pair.after.map { FieldPlaces($0.file.bytes) }
        var fields = FieldDifferences(in: places)
        fields.compare("handle", [], before.map { .string($0.file.fullName) }, after.map { .string($0.file.fullName) })
        fields.compare("name", before?.record.name, after?.record.name)
        fields.compare(
            "allowedHosts",
            before?.record.allowedHosts?.map(\.text),
            after?.record.allowedHosts?.map(\.text)
        )
        fields.compare(
            "generation",
            [.key("generation")],
            before?.record.generation.map(JSONValue.integer),
            after?.record.generation.map(JSONValue.integer)
        )
        // Different fingerprints can have the same first digits.
        let digits = (
            before?.record.fingerprint?.description.prefix(8), after?.record.fingerprint?.description.prefix(8)
        )
        fields.compare("fingerprint", digits.0.map(String.init), digits.1.map(String.init))
        fields.compare("rotateBy", before?.record.rotateBy?.description, after?.record.rotateBy?.description)
        fields.compare("boxes", Self.recipients(before), Self.recipients(after))
        pair.fields = fields.fields
        var row = row(.secret, shown.record.id, before?.file, after?.file, fields) {
            RiskCatalogue.secrets.compactMap { rule in rule.sentence(pair, context).map(rule.reason) }
        }
        let isResealed = row.reasons.contains { $0.rule == SecretResealed.name }
        if isResealed, row.action == .changed, row.fields.allSatisfy({ $0.path == "boxes" }) { row.action = .resealed }
        if row.action == .resealed, row.line == after?.file.line { row.line = places?.line(of: [.key("boxes")]) }
        finish(&row, before?.file, after?.file)
        return row
    }

    /// Returns the sorted ids of the keys that a secret is sealed to.
    private static func recipients(_ secret: ReviewedSecret?) -> [String]? {
        secret.map { $0.record.boxes.map(\.key).sorted().map(\.description) }
    }
}
