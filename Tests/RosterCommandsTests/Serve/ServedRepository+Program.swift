import RosterTestSupport

extension ServedRepository {
    /// The program in the folder of this repository.
    var program: RosterProgram { RosterProgram(folder: folder.path) }
}
