#!/usr/bin/env bash
# For a step of a workflow: writes the public halves of the signing keys to GITHUB_OUTPUT (`public-key`), and,
# where the secrets are not set, keys for this one run (`signing-key`, `openpgp-key`). For trying only: a real
# release has its keys in secrets, a KMS, or none at all (keyless).
#
# In:  SIGNING_KEY, OPENPGP_KEY (may be empty), SIGNING_PASSPHRASE (for an encrypted SIGNING_KEY)
set -euo pipefail
umask 077
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/signing-keys-XXXXXX")
trap 'rm -rf "$work"' EXIT

# Writes a value of several lines to the step's outputs; the delimiter cannot occur in base64 or PEM.
output() {
  local delimiter
  delimiter="end_$(openssl rand -hex 16)"
  printf '%s<<%s\n%s\n%s\n' "$1" "$delimiter" "$2" "$delimiter" >> "$GITHUB_OUTPUT"
}

mask() {
  local line
  while IFS= read -r line; do
    if [ -n "$line" ]; then
      printf '::add-mask::%s\n' "$line"
    fi
  done <<< "$1"
}

if [ -n "${SIGNING_KEY:-}" ]; then
  printf '%s\n' "$SIGNING_KEY" > "$work/signing.pem"
else
  echo '::notice::No signing-key secret: signing with a key made for this run.'
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/signing.pem"
  key=$(cat "$work/signing.pem")
  mask "$key"
  output signing-key "$key"
fi
SIGNING_PASSPHRASE="${SIGNING_PASSPHRASE:-}" \
  openssl pkey -in "$work/signing.pem" -passin env:SIGNING_PASSPHRASE -pubout -out "$work/signing.pub"
public=$(cat "$work/signing.pub")

# The agent's socket lies in it, and a socket's path has at most 107 characters: a runner's folder can be too deep.
home=$(mktemp -d /tmp/gnupg-XXXXXX)
gpg_here() {
  gpg --homedir "$home" --batch --quiet --no-tty "$@"
}
trap 'gpgconf --homedir "$home" --kill all; rm -rf "$work" "$home"' EXIT
if [ -n "${OPENPGP_KEY:-}" ]; then
  printf '%s\n' "$OPENPGP_KEY" | gpg_here --import
else
  echo '::notice::No openpgp-key secret: signing with an OpenPGP key made for this run.'
  gpg_here --passphrase '' --quick-generate-key 'golden-image-actions (this run only)' rsa3072 sign 1d
  key=$(gpg_here --armor --export-secret-keys)
  mask "$key"
  output openpgp-key "$key"
fi
output public-key "$public
$(gpg_here --armor --export)"
