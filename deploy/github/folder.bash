# Sourced by check and review: the folder of the registry.

# Prints ROSTER_FOLDER without slashes at its end; nothing for the top. Returns 1 when it is not a path below the top.
registry_folder() {
    local folder=$1 segment segments
    while [[ $folder == ?*/ ]]; do folder=${folder%/}; done
    if [ -z "$folder" ] || [ "$folder" = . ]; then return 0; fi
    [[ $folder != -* && $folder != /* && $folder != *//* && $folder != *[[:cntrl:]]* && $folder != *\\* ]] || return 1
    IFS=/ read -r -a segments <<< "$folder"
    for segment in "${segments[@]}"; do
        case ${segment,,} in . | .. | .git) return 1 ;; esac
    done
    printf '%s' "$folder"
}

# Returns 1 when a folder on the way, or the folder itself, is a symbolic link: it could lead to another registry.
follows_no_link() {
    local top=$1 part=$2
    while [ "$part" != . ]; do
        [ ! -L "$top/$part" ] || return 1
        part=$(dirname -- "$part")
    done
}
