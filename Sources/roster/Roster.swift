import RosterCommands

@main
enum Roster {
    static func main() async { await RosterCommand.run() }
}
