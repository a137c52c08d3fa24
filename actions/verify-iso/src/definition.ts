import { choice, defineAction, flag, integer, list, seconds, text } from '@golden-image/action-kit';
import { VENDORS } from '@golden-image/media';

export const definition = defineAction({
  name: 'verify-iso',
  title: 'Verify an installation medium',
  description:
    "Downloads a vendor's ISO or disk image and proves that it is authentic: signed checksum list, pinned keys, digest",
  branding: { icon: 'disc', color: 'blue' },
  inputs: {
    source: text({
      description: 'The medium: https or http URL, or the path of a file, which is verified where it lies',
      required: true,
    }),
    checksum: text({
      description:
        'Digest that the medium must have: `sha256:<hex>`, `sha512:<hex>`, `sha384:<hex>`, `b2:<hex>`',
    }),
    'checksum-file': text({
      description: "URL or path of the vendor's checksum list (SHA256SUMS, CHECKSUM, medium.iso.sha256)",
    }),
    signature: text({
      description:
        'URL or path of the detached signature over the list; empty when the list is clearsigned. Without a list: over the medium itself',
    }),
    vendor: choice(VENDORS, {
      description: `Fills in list and signature beside the medium and pins the vendor's signing keys: ${VENDORS.map((name) => `\`${name}\``).join(', ')}`,
    }),
    keyring: text({
      description:
        'Path of OpenPGP public keys, or the armored keys themselves; added to those known for the vendor',
    }),
    fingerprints: list({
      description: "Fingerprints of the keys that may sign, one a line; take the place of the vendor's",
    }),
    filename: text({
      description: "The medium's name in the list, where that of the download differs",
      pattern: /^[^/]+$/,
      form: 'a file name',
    }),
    mirrors: list({
      description:
        'Further addresses of the medium, or of folders that hold it (ending in a slash); lists and signatures never come from them',
    }),
    output: text({
      description: 'Folder for the downloaded medium and for `10-media.json`',
      default: 'medium',
    }),
    cache: flag({
      description: "Keep the verified medium in the runner's tool cache, by its digest",
      default: 'true',
    }),
    'expect-distribution': text({
      description: 'Fail when the medium is of another distribution (os-release ID or vendor name)',
    }),
    'expect-version': text({
      description: 'Fail when the medium is of another version; `13` covers `13.2.0`',
    }),
    'expect-architecture': text({
      description: 'Fail when the medium is for another architecture (`amd64`, `arm64`, `x86_64`, `aarch64`)',
    }),
    'strict-expiry': flag({
      description: 'Refuse a key that has expired by now, even where it signed before',
      default: 'false',
    }),
    'allow-unsigned': flag({
      description: 'Accept a checksum list that nobody signed',
      default: 'false',
    }),
    retries: integer({
      description: 'How often a download is tried again without getting any further',
      default: '5',
      max: 100,
    }),
    timeout: seconds({ description: 'Time without data before a try is given up', default: '60s' }),
    'install-tools': flag({
      description: 'Allow installing host tools; this action needs none',
      default: 'true',
    }),
  },
  outputs: {
    path: 'Path of the verified medium',
    sha256: 'Its SHA-256 in lower-case hex',
    size: 'Its size in bytes',
    'cache-hit': '`true` when it came from the cache',
    trust: '`signed`: a pinned key vouches for it; `digest`: only a digest that was given does',
    'signed-by': 'Fingerprint of the key that signed; empty when `trust` is `digest`',
    'volume-id': 'Volume id of an ISO',
    distribution:
      'os-release ID of the distribution that it installs, e.g. `debian`; empty when it does not say',
    version: 'Version of the distribution, e.g. `13.2.0`',
    architecture: 'Architecture, e.g. `amd64`',
    statement: 'Path of `10-media.json`, the in-toto statement about the medium',
  },
});
