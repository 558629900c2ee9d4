#!/usr/bin/env bash
# Makes a fresh checkout ready: system packages, .venv, Python packages. Quick when nothing is left to do.
#
#   .ci/setup.sh demo    what `make demo` needs
#   .ci/setup.sh test    that, and what the tests need
#
# PYTHON=/path/to/python3.12 chooses the interpreter for a new .venv. Where packages come from is pip's and apt's own
# configuration; nothing here says so.
set -euo pipefail
cd -P "$(dirname "${BASH_SOURCE[0]}")/.."

# The one list of Debian/Ubuntu packages; "package:program" counts as installed wherever the program exists, because
# asking for jackd2 on a machine with jackd1 would mean swapping somebody's working server.
DEMO_PACKAGES=(libportaudio2)
TEST_PACKAGES=(jackd2:jackd puredata-core:puredata liblo-tools:oscsend)
# What PySide6's wheels link to and do not bring, also where nothing is shown. libglib2.0-0 itself has another name in newer releases.
TEST_PACKAGES+=(libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-bin:gio)

STAMP=.venv/.setup-stamp     # written last: absent or different means there is work to do
UNFINISHED=.venv/.unfinished # present while pip writes: found at the start, an earlier attempt was cut short

say() { printf 'setup: %s\n' "$*" >&2; }

die() {
    say "$@"
    exit 1
}

missing_packages() {
    local entry package program
    for entry in "$@"; do
        package=${entry%%:*} program=${entry#*:}
        [[ $entry == *:* ]] && command -v "$program" >/dev/null && continue
        dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q '^install ok installed' ||
            printf '%s\n' "$package"
    done
}

apt_install() {
    local as_root=()
    if [[ $(id -u) != 0 ]]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        as_root=(sudo -n)
    fi
    # noninteractive: jackd2 asks whether to grant real-time priority and would wait for ever. --no-remove: never at
    # the cost of a package that is already here. The lists are fetched only if the install fails without.
    local apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=120)
    local install=("${as_root[@]}" "${apt[@]}" install --yes --no-remove --no-install-recommends "$@")
    say "installing system packages: $*"
    "${install[@]}" </dev/null >/dev/null 2>&1 && return
    "${as_root[@]}" "${apt[@]}" update </dev/null >/dev/null 2>&1 || true
    "${install[@]}" </dev/null >/dev/null
}

system_packages() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        # Not Debian. The wheels of sounddevice bring PortAudio on macOS and Windows; elsewhere it is the user's.
        [[ $(uname -s) != Linux ]] || ldconfig -p 2>/dev/null | grep -q libportaudio ||
            say "no dpkg here: for live audio install PortAudio 19 and JACK with this system's package manager; going on"
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || apt_install "${missing[@]}" ||
        say "may not or cannot install system packages; for live audio run: sudo apt-get install ${missing[*]} (going on without)"
}

find_python() {
    local candidate
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    return 1
}

create_venv() {
    local python package
    python=$(find_python) ||
        die "no Python >= 3.11 on the PATH; on Debian 12, Ubuntu 24.04 and later: sudo apt-get install python3 python3-venv"
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then # Debian splits these off
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        apt_install "$package" || die "$python cannot make virtual environments; run: sudo apt-get install $package"
    fi
    "$python" -m venv --clear .venv
}

# True if the modules can be found; what was deleted by hand still counts as installed with pip.
has_modules() {
    .venv/bin/python -I -c '
import importlib.util, sys
sys.exit(sys.version_info < (3, 11) or any(importlib.util.find_spec(name) is None for name in sys.argv[1:]))' \
        "$@" 2>/dev/null
}

# Why .venv has to be made anew, or nothing. Its scripts name their interpreter by absolute path, so that a moved
# checkout shows in the first lines of any of them.
venv_defect() {
    if [[ ! -d .venv ]]; then
        echo "there is none yet"
    elif [[ -e $UNFINISHED ]]; then
        echo "an earlier set-up was cut short"
    elif ! has_modules pip; then
        echo "its Python does not run or is too old, or it has no pip"
    elif ! grep -qF "$PWD/.venv/bin/" .venv/bin/pip; then
        echo "the checkout was moved"
    elif [[ -f $STAMP ]] && ! has_modules $(modules_of "$(cut -d' ' -f1 "$STAMP")"); then
        echo "packages are missing from it"
    fi
}

# What must be importable once a mode is set up.
modules_of() {
    echo rtsep numba sounddevice onnxruntime
    [[ $1 == demo ]] || echo pytest ruff pyright torch demucs openunmix neutone_sdk nn_tilde
}

# Peers whose metadata would have pip change torch or NumPy; they run with what is here. torchaudio's compiled half is built
# for CUDA and does not load beside a CPU build of torch; nothing needs it, and without the files torchaudio does without.
PEERS=(torchaudio==2.11.0 neutone-sdk==1.5.2 nn-tilde==1.6.0 cached-conv==2.5.0)
peer_packages() {
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps "${PEERS[@]}" </dev/null || return
    .venv/bin/python -c 'import torchaudio' 2>/dev/null || rm -f .venv/lib/python3*/site-packages/torchaudio/lib/*.so
}

# What is set up for the tests will do for the demo, which needs no torch.
ready() {
    [[ -f $STAMP && ($(<"$STAMP") == "$mode $wanted" || $(<"$STAMP") == "test $wanted") && -z $(venv_defect) ]]
}

python_packages() {
    local defect isolation=() status=0 package=.
    # Never take away what the tests were given.
    [[ $mode == demo && ! (-f $STAMP && $(<"$STAMP") == test*) ]] || { mode=test && package='.[dev]'; }
    defect=$(venv_defect)
    if [[ -n $defect ]]; then
        say "making .venv ($defect)"
        create_venv
    fi
    # With the build backend already here (it is in the dev extra) pip need not fetch it into a fresh environment, and
    # a changed pyproject.toml can be followed offline.
    ! .venv/bin/python -I -c 'import hatchling.build' 2>/dev/null || isolation=(--no-build-isolation)
    say "installing Python packages into .venv"
    rm -f "$STAMP"
    touch "$UNFINISHED"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
        "${isolation[@]}" -c constraints.txt -e "$package" </dev/null || status=$?
    [[ $mode == demo || $status != 0 ]] || peer_packages || status=$?
    # 1 is pip's own refusal, after which nothing is half written; anything else may be a death in the middle.
    ((status > 1)) || rm -f "$UNFINISHED"
    ((status == 0)) || die "pip could not install the Python packages (see above); run the same command again once that is mended"
    printf '%s\n' "$mode $wanted" >"$STAMP"
}

mode=${1:-test}
case $mode in
demo) system_packages "${DEMO_PACKAGES[@]}" ;;
test) system_packages "${DEMO_PACKAGES[@]}" "${TEST_PACKAGES[@]}" ;;
*) die "unknown argument '$mode': demo or test" ;;
esac

# Two makes at once must not write one .venv: the second waits, then finds the work done.
exec 9<.ci/setup.sh
! command -v flock >/dev/null || flock 9
wanted=$(cat pyproject.toml constraints.txt .ci/setup.sh | cksum)
ready || python_packages
