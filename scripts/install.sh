#!/bin/sh
# Installs the released program for one user, or for all when root runs it.
#
#   sh install.sh [--version VERSION] [--base-url URL] [--dir FOLDER]
#
#   --version   the release to install, such as 0.2.0 (default: the newest)
#   --base-url  the folder of the releases: VERSION is in URL/vVERSION, and the newest one also in URL/latest
#               (default: the releases of the project)
#   --dir       where to put the program (default: ~/.local/bin; /usr/local/bin for root)
#
# The archive is compared with the release's SHA256SUMS before anything of it is unpacked or executed. The program replaces
# an older one in one step, or nothing changes. It needs tar, sha256sum, and curl or wget.
#
# Exit codes: 3 when nothing could be installed, 64 for invalid arguments.
set -eu

# The project's repository at its host. A copy that a release publishes names it.
repository=https://github.com/OWNER/roster

fail() {
    code=$1
    shift
    echo "install.sh: $*" >&2
    exit "$code"
}

usage() {
    echo "usage: sh install.sh [--version VERSION] [--base-url URL] [--dir FOLDER]"
    echo "Installs roster in ~/.local/bin, or in /usr/local/bin for root."
}

# Downloads a URL to a file; it may be at most 256 MiB.
download() {
    if command -v curl > /dev/null 2>&1; then
        curl --silent --show-error --fail --location --proto "$protocols" --proto-redir "$protocols" --retry 2 \
            --connect-timeout 20 --max-time 300 --max-filesize 268435456 --output "$2" -- "$1"
    elif command -v wget > /dev/null 2>&1; then
        wget -q -O "$2" -- "$1"
    else
        fail 3 "neither curl nor wget is installed; install one of them and run this again"
    fi
}

# Prints the SHA-256 of a file.
digest_of() {
    # The digest is read from standard input, so that no file name is escaped.
    digest_line=$(sha256sum < "$1") || return 1
    echo "${digest_line%% *}"
}

# Prints the names of the archives in the list that are for this system.
archives() {
    sed -n "s/^[0-9a-f]\{64\} [ *]\(roster-[0-9A-Za-z.+-]*-$platform\.tar\.gz\)\$/\1/p" "$1"
}

# Sets the variables that the options name.
read_arguments() {
    version='' base='' folder=''
    while [ $# -gt 0 ]; do
        case $1 in
        -h | --help)
            usage
            exit 0
            ;;
        --version=* | --base-url=* | --dir=*)
            option=${1%%=*} value=${1#*=}
            shift
            ;;
        --version | --base-url | --dir)
            [ $# -gt 1 ] || fail 64 "$1 needs a value"
            option=$1 value=$2
            shift 2
            ;;
        *) fail 64 "there is no option $1; $(usage | head -n 1)" ;;
        esac
        [ -n "$value" ] || fail 64 "$option needs a value"
        case $option in
        --version) version=${value#v} ;;
        --base-url) base=${value%/} ;;
        --dir) folder=$value ;;
        esac
    done
    case $version in *[!0-9A-Za-z.+-]*) fail 64 "\"$version\" is not a version, such as 0.2.0" ;; esac
    # Without a local server that the caller names, only encrypted connections.
    protocols='=https'
    case $base in
    https://*) ;;
    http://* | file://*) protocols='=https,http,file' ;;
    '')
        case $repository in
        */OWNER/*)
            fail 64 "this copy does not name the project's releases; give their folder: --base-url URL"
            ;;
        esac
        base=$repository/releases/download
        ;;
    *) fail 64 "--base-url is an address, such as https://example.com/roster" ;;
    esac
}

# Sets `folder` to the existing folder that the program goes to.
prepare_folder() {
    if [ -z "$folder" ]; then
        if [ "$(id -u)" = 0 ]; then
            folder=/usr/local/bin
        else
            folder=${HOME:?is not set; give the folder: --dir FOLDER}/.local/bin
        fi
    fi
    case $folder in /*) ;; *) folder=$PWD/$folder ;; esac
    mkdir -p "$folder" 2> /dev/null || fail 3 "cannot make the folder $folder; choose another one: --dir FOLDER"
    [ ! -d "$folder/roster" ] || fail 3 "$folder/roster is a folder; choose another place: --dir FOLDER"
    # The scratch folder is in the same file system, so that the program is moved in one step.
    scratch=$(mktemp -d "$folder/.roster-install.XXXXXXXXXX" 2> /dev/null) ||
        fail 3 "cannot write in $folder; choose a folder of your own: --dir FOLDER"
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 3' HUP INT TERM
}

# Sets `platform`; other systems have no archive.
find_platform() {
    system=$(uname -s) machine=$(uname -m)
    case $machine in
    amd64) machine=x86_64 ;;
    arm64) machine=aarch64 ;;
    esac
    [ "$system" = Linux ] || fail 3 "there is no program for $system; build it from source: scripts/release"
    platform=linux-$machine
    for tool in tar gzip sha256sum sed mktemp; do
        command -v "$tool" > /dev/null 2>&1 || fail 3 "$tool is not installed; install it and run this again"
    done
}

# Downloads the list of digests and the archive, and compares them.
download_archive() {
    if [ -n "$version" ]; then
        release=$base/v$version
    else
        case $base in
        */releases/download) release=${base%/download}/latest/download ;;
        *) release=$base/latest ;;
        esac
    fi
    download "$release/SHA256SUMS" "$scratch/SHA256SUMS" ||
        fail 3 "cannot download $release/SHA256SUMS; check the version and the connection. Nothing was installed"
    names=$(archives "$scratch/SHA256SUMS")
    if [ -n "$version" ]; then
        wanted=roster-$version-$platform.tar.gz
        names=$(printf '%s\n' "$names" | grep -Fx -- "$wanted") || names=''
    fi
    [ -n "$names" ] ||
        fail 3 "$release/SHA256SUMS has no digest for $platform${version:+ and version $version}. Nothing was installed"
    case $names in *"
"*) fail 3 "$release/SHA256SUMS names several archives for $platform; give the version: --version VERSION" ;; esac
    digest=$(sed -n "s/^\([0-9a-f]\{64\}\) [ *]$names\$/\1/p" "$scratch/SHA256SUMS")
    version=${names#roster-}
    version=${version%-"$platform".tar.gz}
    download "$release/$names" "$scratch/archive" ||
        fail 3 "cannot download $release/$names; try again. Nothing was installed"
    actual=$(digest_of "$scratch/archive") || fail 3 "cannot read the download of $release/$names. Nothing was installed"
    [ "$actual" = "$digest" ] ||
        fail 3 "$release/$names has the SHA-256 $actual and not $digest: it is damaged or was replaced. It was not" \
            "unpacked or executed, and nothing was installed; try again, and report it if this happens again"
}

install_program() {
    member=roster-$version-$platform/roster
    tar -xzf "$scratch/archive" -C "$scratch" "$member" 2> /dev/null ||
        fail 3 "the archive $names has no file $member. Nothing was installed"
    if [ ! -f "$scratch/$member" ] || [ -L "$scratch/$member" ]; then
        fail 3 "$member of the archive is not a file. Nothing was installed"
    fi
    chmod 755 "$scratch/$member"
    # Only a program that starts on this system replaces an older one.
    shown=$("$scratch/$member" --version 2> "$scratch/problem") ||
        fail 3 "roster $version does not start on this system, which needs glibc 2.36 or later:" \
            "$(head -n 1 "$scratch/problem"). Nothing was installed"
    mv -f "$scratch/$member" "$folder/roster" || fail 3 "cannot write $folder/roster. Nothing was installed"
}

main() {
    read_arguments "$@"
    find_platform
    prepare_folder
    download_archive
    install_program
    echo "installed roster $shown in $folder"
    found=$(command -v roster 2> /dev/null) || found=''
    case ":$PATH:" in
    *":$folder:"*)
        case $found in "$folder/roster" | '') ;; *) echo "note: the command roster is $found, which comes first in PATH" ;; esac
        ;;
    *) echo "$folder is not in PATH; add it: export PATH=\"$folder:\$PATH\"" ;;
    esac
}

# The last line calls everything, so that half of a script that is piped to sh does nothing.
main "$@"
