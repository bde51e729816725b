package import RosterCatalogue
import RosterDiagnostics
import RosterFrontend
package import RosterSemantics
import RosterSources

extension AnalyzedRepository {
    /// The records that could be read, whether or not there are errors.
    package var partial: PartialRegistry { PartialRegistry(repository, files: files, findings) }

    /// The catalogue that the models of the repository are compared with.
    package var models: ModelCatalogue { repository.models.catalogue ?? .builtIn }

    /// The number of days before its retirement within which a model is reported.
    package var noticeDays: Int { repository.roster.models?.warnWithin?.value ?? ModelsDeclaration.defaultDays }

    /// The parts of the records that an edit starts from.
    package var outline: PartialRegistry.Outline { PartialRegistry.Outline(repository, files: files) }

    /// The files of the repository, read or not, with their git objects in a tree from git, and their bytes.
    package var fileIdentities: [(path: String, object: String?, bytes: [UInt8])] {
        zip(repository.listing.files, files).map { ($0.path, $0.object, $1.bytes) }
    }

    /// The number of providers, read or not.
    package var providerFileCount: Int { summary.providers }

    /// The project and handle of each provider, read or not.
    package var providerPlaces: [(project: String, handle: String)] {
        repository.listing.files.indices.dropFirst().filter { repository.listing.role(of: $0) == .provider }
            .map { (repository.listing.project(of: $0), repository.listing.handle(of: $0)) }
    }

    /// The paths of the repository's files, read or not, and of their folders.
    package var recordPaths: Set<String> {
        var paths: Set<String> = []
        for file in repository.listing.files { paths.formUnion([file.path, file.folder]) }
        return paths
    }
}
