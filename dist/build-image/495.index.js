export const id = 495;
export const ids = [495];
export const modules = {

/***/ 495:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readKeyring: () => (/* binding */ readKeyring)
});

// UNUSED EXPORTS: fingerprintOf, nameOf, normaliseFingerprint

// EXTERNAL MODULE: ./node_modules/openpgp/dist/node/openpgp.mjs
var openpgp = __webpack_require__(3074);
;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-packets.js
/** Tags of RFC 9580 section 5 that begin a transferable key. */
const PUBLIC_KEY = 6;
const SECRET_KEY = 5;
/**
 * Cuts a binary keyring into its keys, so that one that cannot be read does not hide the others.
 *
 * @returns the keys' bytes, and what is wrong with the bytes that belong to none
 */
function splitKeys(bytes) {
    const starts = [];
    let offset = 0;
    let rest;
    while (offset < bytes.length) {
        const packet = readPacket(bytes, offset);
        if (!packet) {
            rest = `no packet at byte ${offset}`;
            break;
        }
        if (packet.tag === PUBLIC_KEY || packet.tag === SECRET_KEY) {
            starts.push(offset);
        }
        offset = packet.end;
    }
    const keys = starts.map((start, index) => bytes.subarray(start, starts[index + 1] ?? offset));
    return { keys, rest: rest ?? (keys.length === 0 ? 'no key in it' : undefined) };
}
/** One packet's header (RFC 9580 section 4.2); undefined where there is none or it does not end. */
function readPacket(bytes, offset) {
    const first = bytes[offset] ?? 0;
    if ((first & 0x80) === 0) {
        return undefined;
    }
    const newFormat = (first & 0x40) !== 0;
    const tag = newFormat ? first & 0x3f : (first >> 2) & 0x0f;
    const body = newFormat ? newLength(bytes, offset + 1) : oldLength(bytes, offset + 1, first & 0x03);
    const end = body ? body.start + body.length : Number.NaN;
    return end <= bytes.length ? { tag, end } : undefined;
}
/** Partial lengths (224 to 254) belong to data packets only, never to keys. */
function newLength(bytes, at) {
    const first = bytes[at] ?? 0;
    if (first < 192) {
        return { start: at + 1, length: first };
    }
    if (first < 224) {
        return { start: at + 2, length: ((first - 192) << 8) + (bytes[at + 1] ?? 0) + 192 };
    }
    return first === 255 ? { start: at + 5, length: bigEndian(bytes, at + 1, 4) } : undefined;
}
function oldLength(bytes, at, type) {
    const width = [1, 2, 4][type];
    return width === undefined ? undefined : { start: at + width, length: bigEndian(bytes, at, width) };
}
function bigEndian(bytes, at, width) {
    let value = 0;
    for (let index = 0; index < width; index += 1) {
        value = value * 256 + (bytes[at + index] ?? 0);
    }
    return value;
}

;// CONCATENATED MODULE: ./build/packages/media/src/openpgp-keys.js



const ARMOR = /-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g;
/**
 * Reads every public key of some files or texts, armored or binary, several in each. Vendors publish files where one
 * key is of a kind that this reader does not know: such a key is skipped, the others are used.
 */
async function readKeyring(sources) {
    const keys = [];
    const skipped = [];
    for (const source of sources) {
        for (const block of await keyBlocks(source, skipped)) {
            try {
                // A secret key that somebody put here serves by its public half.
                keys.push((await (0,openpgp/* readKey */.YZ)({ binaryKey: block })).toPublic());
            }
            catch (error) {
                skipped.push(`A key was skipped: ${message(error)}`);
            }
        }
    }
    return { keys, skipped };
}
async function keyBlocks(source, skipped) {
    const text = Buffer.from(source).toString('latin1');
    const armored = text.match(ARMOR);
    if (!armored) {
        return split(source, skipped);
    }
    const blocks = [];
    for (const block of armored) {
        try {
            const { data } = await (0,openpgp/* unarmor */.HB)(block);
            blocks.push(...split(data, skipped));
        }
        catch (error) {
            skipped.push(`An armored block was skipped: ${message(error)}`);
        }
    }
    return blocks;
}
function split(bytes, skipped) {
    const { keys, rest } = splitKeys(bytes);
    if (rest) {
        skipped.push(`Bytes that are no OpenPGP key were skipped: ${rest}`);
    }
    return keys;
}
/** Upper-case hex, as people compare it. */
function fingerprintOf(key) {
    return key.getFingerprint().toUpperCase();
}
/** The first user id, or the fingerprint where there is none. */
function nameOf(key) {
    return key.getUserIDs()[0] ?? fingerprintOf(key);
}
/**
 * Brings a fingerprint to upper-case hex without spaces or `0x`: 40 digits, or 64 for keys of version 5 and 6.
 *
 * @throws UserError `invalid-fingerprint`; short key ids are refused, others can be made to match them
 */
function normaliseFingerprint(text) {
    const hex = text.replace(/^0x/i, '').replace(/[\s:]/g, '').toUpperCase();
    if (!/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(hex)) {
        throw new UserError(`${JSON.stringify(text.slice(0, 80))} is not a fingerprint`, {
            code: 'invalid-fingerprint',
            fix: 'Write the whole fingerprint, 40 or 64 hex digits, as `gpg --show-keys` prints it.',
        });
    }
    return hex;
}
function message(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ })

};
