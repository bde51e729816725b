import RosterTestSupport

extension ServedRepository {
    /// The program in the folder of this repository.
    var program: BuiltProgram { BuiltProgram(folder: folder.path) }
}
