"""The archive for install.sh and the action: a folder with the program, its manual page and its completions."""

from . import manual_page
from .contents import File, tar


def make_archive(release, output):
    """Writes roster-VERSION-linux-ARCHITECTURE.tar.gz. Only the program is called `roster`: the action expects that."""
    files = {
        "LICENSE": File(release.license),
        "completions/_roster": File(release.completions["zsh"]),
        "completions/roster.bash": File(release.completions["bash"]),
        "completions/roster.fish": File(release.completions["fish"]),
        "man/man1/roster.1": File(manual_page.make_manual_page(release)),
        "roster": File(release.binary, 0o755),
    }
    data = tar({f"{release.name}/{path}": file for path, file in files.items()}, release.epoch)
    (output / f"{release.name}.tar.gz").write_bytes(release.gzip(data))
