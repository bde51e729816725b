import RosterBackend
import RosterCompiler
import RosterDiagnostics
import RosterJSON
import RosterModel
import RosterEditing
import RosterSemantics
import RosterFrontend

extension JSONWriter {
    /// Writes a secret, with the member names of the registry.
    mutating func secret(_ secret: PartialRegistry.Outline.Secret, _ session: EditSession) {
        object { json in
            json.name("id")
            json.string(secret.id)
            json.name("projectId")
            json.string(secret.projectID)
            json.name("project")
            json.string(secret.project)
            json.name("handle")
            json.string(secret.handle)
            json.name("name")
            json.string(ShownText.mask(secret.name))
            json.secretTerms(
                allowedHosts: secret.allowedHosts,
                generation: secret.generation,
                fingerprint: secret.fingerprint,
                rotateBy: secret.rotateBy
            )
            json.name("keys")
            json.strings(secret.boxes.map(\.key.description))
            json.name("linkedBy")
            json.strings(session.editor.providersLinking(secret).map { $0.project + "/" + $0.handle })
        }
    }
}
