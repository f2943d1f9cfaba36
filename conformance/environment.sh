# The Python environment of the gates: `environment REQUIREMENTS FOLDER` makes and fills it, if need be, and puts it in
# front of PATH.
environment() {
    local requirements=$1 venv=$2
    mkdir -p "$venv"
    venv=$(cd "$venv" && pwd)
    if ! cmp -s "$requirements" "$venv/installed.txt"; then
        python3 -m venv "$venv" || { echo "cannot make a Python environment in $venv" >&2; exit 2; }
        "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$requirements" ||
            { echo "cannot install what $requirements lists" >&2; exit 2; }
        cp "$requirements" "$venv/installed.txt"
    fi
    export PATH=$venv/bin:$PATH NO_PROXY=127.0.0.1
}
